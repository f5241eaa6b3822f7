import { IconActivityHeartbeat, IconCircleCheck, IconHelpCircle, IconTool } from '@tabler/icons-react';
import type { RepairView } from '../api/types.ts';
import { useWords } from '../words/words.tsx';
import styles from './repair.module.css';

const looks = {
  watching: { tone: 'under', Icon: IconActivityHeartbeat },
  fixed: { tone: 'good', Icon: IconCircleCheck },
  'not-fixed': { tone: 'bad', Icon: IconTool },
  'too-early': { tone: 'unsure', Icon: IconHelpCircle },
} as const;

type RepairCardProps = {
  repair: RepairView;
  /** One line, and a tap for the signs. */
  brief?: boolean;
};

/** Whether a repair worked, as the machine's own data shows: each sign with how long it has stayed away. */
export function RepairCard({ repair, brief = false }: RepairCardProps) {
  const { words, pick } = useWords();
  const { tone, Icon } = looks[repair.state];
  const name = words.repair[repair.state];
  const head = (
    <>
      <b>{name}</b>
      <span className={styles.small}>{pick(repair.procedureTitle)}</span>
    </>
  );
  return (
    <section className={styles.verdict} data-tone={tone} role="status" aria-label={`${words.repair.title} ${name}`}>
      <Icon size={34} aria-hidden />
      {brief ? (
        <details className={styles.lineText}>
          <summary>
            <span className={styles.lineText}>{head}</span>
            <Bar share={Math.min(...repair.symptoms.map((sign) => shareOf(sign, repair)))} />
          </summary>
          <Signs repair={repair} />
        </details>
      ) : (
        <div className={styles.lineText}>
          {head}
          <Signs repair={repair} />
        </div>
      )}
    </section>
  );
}

type Sign = RepairView['symptoms'][number];

/** How much of the time it has to stay away for it has stayed away. */
const shareOf = ({ away }: Sign, { needs }: RepairView) => Math.min(1, away / needs);

function Signs({ repair }: { repair: RepairView }) {
  const { words, pick } = useWords();
  const time = useSpan();
  const says = ({ there, away }: Sign) =>
    there > 0 && away === 0
      ? words.repair.there
      : away > 0
        ? words.repair.away(time(Math.min(away, repair.needs)), time(repair.needs))
        : words.repair.notJudged;
  return (
    <>
      <ul className={styles.signs}>
        {repair.symptoms.map((sign) => (
          <li key={sign.ref}>
            <span>{pick(sign.title)}</span>
            <span className={styles.small}>{says(sign)}</span>
            <Bar share={shareOf(sign, repair)} />
          </li>
        ))}
      </ul>
      {repair.personSays && <span className={styles.small}>{words.repair.youSaid[repair.personSays]}</span>}
    </>
  );
}

const Bar = ({ share }: { share: number }) => (
  <span className={styles.bar} aria-hidden="true">
    <span style={{ inlineSize: `${share * 100}%` }} />
  </span>
);

/** A span as a glance takes it: 40 s, 2 min. */
function useSpan() {
  const { words, number } = useWords();
  return (ms: number) =>
    ms < 90_000 ? words.repair.seconds(number(Math.round(ms / 1_000))) : words.repair.minutes(number(Math.round(ms / 60_000)));
}

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

/** Whether a repair worked, as the machine's own data shows: each sign with how long it has stayed away. */
export function RepairCard({ repair }: { repair: RepairView }) {
  const { words, pick } = useWords();
  const time = useSpan();
  const { tone, Icon } = looks[repair.state];
  return (
    <section className={styles.verdict} data-tone={tone} role="status" aria-label={`${words.repair.title} ${words.repair[repair.state]}`}>
      <Icon size={34} aria-hidden />
      <div className={styles.lineText}>
        <b>{words.repair[repair.state]}</b>
        <span className={styles.small}>{pick(repair.procedureTitle)}</span>
        <ul className={styles.signs}>
          {repair.symptoms.map((sign) => {
            const there = sign.there > 0 && sign.away === 0;
            const share = Math.min(1, sign.away / repair.needs);
            return (
              <li key={sign.ref}>
                <span>{pick(sign.title)}</span>
                <span className={styles.small}>
                  {there
                    ? words.repair.there
                    : sign.away > 0
                      ? words.repair.away(time(Math.min(sign.away, repair.needs)), time(repair.needs))
                      : words.repair.notJudged}
                </span>
                <span className={styles.bar} aria-hidden="true">
                  <span style={{ inlineSize: `${share * 100}%` }} />
                </span>
              </li>
            );
          })}
        </ul>
        {repair.personSays && <span className={styles.small}>{words.repair.youSaid[repair.personSays]}</span>}
      </div>
    </section>
  );
}

/** A span as a glance takes it: 40 s, 2 min. */
function useSpan() {
  const { words, number } = useWords();
  return (ms: number) =>
    ms < 90_000 ? words.repair.seconds(number(Math.round(ms / 1_000))) : words.repair.minutes(number(Math.round(ms / 60_000)));
}

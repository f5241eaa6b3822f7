import type { Fault, ThingView } from '../api/types.ts';
import { FaultCard } from '../faults/fault-card.tsx';
import { inOrder, type Verdict, verdictOf } from '../faults/verdict.ts';
import { VerdictCard } from '../faults/verdict-card.tsx';
import { useSite } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import styles from './overview.module.css';
import { ThingCard } from './thing-card.tsx';

type OverviewProps = {
  chosen: ThingView | undefined;
  /** What stands above what the machine itself shows. */
  emergency: Verdict | undefined;
  now: number;
  onChoose: (thing: string) => void;
};

/** What matters about the machines here: may one go on, what may be wrong, and which machines there are. */
export function Overview({ chosen, emergency, now, onChoose }: OverviewProps) {
  const { words } = useWords();
  const { things, faults } = useSite();
  const of = (thing: string | undefined): Fault[] => faults.filter((fault) => fault.thing === thing);
  const verdict = emergency ?? verdictOf(chosen, of(chosen?.id), now);
  const rest = inOrder(of(chosen?.id)).filter((fault) => fault !== verdict.fault);
  return (
    <div className={styles.overview}>
      {things && <VerdictCard verdict={verdict} thing={chosen?.title} />}
      {rest.length > 0 && (
        <section aria-label={words.faults}>
          <h2 className={styles.title}>{words.faults}</h2>
          <div className={styles.list}>
            {rest.map((fault) => (
              <FaultCard key={fault.fault} fault={fault} />
            ))}
          </div>
        </section>
      )}
      <section aria-label={words.things} hidden={!things}>
        <h2 className={styles.title}>{words.things}</h2>
        {things?.length === 0 && <p className={styles.none}>{words.noThings}</p>}
        <ul className={styles.list}>
          {things?.map((thing) => (
            <ThingCard key={thing.id} thing={thing} faults={of(thing.id)} now={now} chosen={thing.id === chosen?.id} onChoose={onChoose} />
          ))}
        </ul>
      </section>
    </div>
  );
}

import { IconActivityHeartbeat, IconCheck, IconHelp, IconX } from '@tabler/icons-react';
import type { CaseView } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';
import { Section } from './section.tsx';

const icons = { watching: IconActivityHeartbeat, fixed: IconCheck, 'not-fixed': IconX, 'too-early': IconHelp };
const outcomes = { watching: undefined, fixed: 'done', 'not-fixed': 'failed', 'too-early': undefined } as const;

/** Repairs of this machine, with the verdict of its own data and what the person says beside it. */
export function RepairsSection({ repairs }: { repairs: CaseView['repairs'] }) {
  const { w, pick, locale } = useWords();
  const now = useNow();
  if (repairs.length === 0) return null;
  return (
    <Section title={w.case.repairs}>
      <ol className={css.steps}>
        {repairs.slice(0, 10).map((repair) => {
          const Icon = icons[repair.state];
          return (
            <li key={repair.repair} data-outcome={outcomes[repair.state]}>
              <Icon size={14} aria-hidden />
              <span>
                {pick(repair.procedureTitle)}
                <span className={css.aside}> {pick(repair.faultTitle)}</span>
              </span>
              <span className={css.aside}>
                {[
                  w.case.repairStates[repair.state],
                  repair.personSays && w.case.personSays[repair.personSays],
                  sayWhen(repair.decidedAt ?? repair.finishedAt, now, locale),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

import { IconCheck, IconClock, IconX } from '@tabler/icons-react';
import type { CaseView } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { sayValue, sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';
import { Section } from './section.tsx';

type State = CaseView['commands'][number]['report']['state'];
const good = new Set<State>(['done', 'confirmed']);
const waits = new Set<State>(['proposed', 'consented', 'running', 'reading-back']);

/** What the agent did to the machine: with whose consent, and what the machine then showed. */
export function CommandsSection({ commands }: { commands: CaseView['commands'] }) {
  const { w, pick, locale } = useWords();
  const now = useNow();
  if (commands.length === 0) return null;
  return (
    <Section title={w.case.commands}>
      <ol className={css.steps}>
        {commands.map(({ report, consent }) => {
          const { state, readBack } = report;
          const Icon = good.has(state) ? IconCheck : waits.has(state) ? IconClock : IconX;
          return (
            <li key={report.command} data-outcome={good.has(state) ? 'done' : waits.has(state) ? undefined : 'failed'}>
              <Icon size={14} aria-hidden />
              <span className={css.said}>
                {pick(report.title)}
                <small>
                  {[
                    w.case.commandStates[state],
                    readBack?.value !== undefined && `${pick(readBack.title)} ${sayValue(readBack.value, readBack.unit, locale)}`,
                    report.why && pick(report.why),
                    report.detail,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </span>
              <span className={css.aside}>
                {consent
                  ? w.case.agreed(consent.person ?? w.case.someone, sayWhen(consent.at, now, locale))
                  : sayWhen(report.changedAt, now, locale)}
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

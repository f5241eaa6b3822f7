import { IconCheck, IconPlayerSkipForward, IconX } from '@tabler/icons-react';
import type { CaseView, Handoff } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';
import { Nothing, Section } from './section.tsx';

const icons = { done: IconCheck, skipped: IconPlayerSkipForward, failed: IconX };

/** What has been tried already, so that nobody is asked to do it again. */
export function StepsSection({ steps, rates }: { steps: Handoff['steps']; rates: CaseView['rates'] }) {
  const { w, pick, locale } = useWords();
  const now = useNow();
  return (
    <Section
      title={w.case.steps}
      aside={rates
        .filter(({ procedure }) => steps.some((step) => step.procedure === procedure))
        .map(({ procedure, fixed, notFixed }) => (
          <span key={procedure} className={css.aside} title={procedure}>
            {w.case.rate(fixed, fixed + notFixed)}
          </span>
        ))}
    >
      {steps.length === 0 && <Nothing>{w.case.noSteps}</Nothing>}
      <ol className={css.steps}>
        {steps.map((step) => {
          const Icon = icons[step.outcome];
          return (
            <li key={`${step.procedure} ${step.step} ${step.at}`} data-outcome={step.outcome}>
              <Icon size={14} aria-hidden />
              <span>{pick(step.text)}</span>
              <span className={css.aside}>
                {step.text.en.includes('?') && step.outcome !== 'skipped' ? w.case.answered[step.outcome] : w.case.outcomes[step.outcome]} ·{' '}
                {sayWhen(step.at, now, locale)}
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

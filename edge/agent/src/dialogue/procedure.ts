import type { Procedure } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import type { GuidedStep } from './respond-types.ts';

export type StepOutcome = 'done' | 'skipped' | 'failed';
export type Progress = { id: string; step: number };

/** Where a procedure goes after a step: on to the next (also after a failed one, which may not need the others), or to its end. */
export function afterStep(procedure: Procedure, progress: Progress): Progress | 'finished' {
  return progress.step + 1 < procedure.steps.length ? { ...progress, step: progress.step + 1 } : 'finished';
}

/** A step as it is shown and said. */
export function guide(procedure: Procedure, { id, step }: Progress, locale: Locale): GuidedStep {
  const at = Math.min(Math.max(step, 0), procedure.steps.length - 1);
  const { text, safety, id: stepId } = procedure.steps[at]!;
  return {
    procedure: id,
    title: procedure.title[locale],
    step: stepId,
    number: at + 1,
    of: procedure.steps.length,
    text: text[locale],
    ...(safety ? { safety: safety[locale] } : {}),
  };
}

import type { Locale } from '@wayside/protocol';
import type { Answer } from '../../api/types.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { TalkedAbout } from '../respond-types.ts';

/** A step with the picture that technicians chose for it, before the one its pack came with: they know what is not understood. */
export async function showStep<A extends Pick<Answer, 'step'>>(
  answer: A,
  thing: TalkedAbout | undefined,
  locale: Locale,
  knowledge: Pick<Knowledge, 'stepPicture'>,
): Promise<A> {
  const { step } = answer;
  if (!step || !thing) return answer;
  const chosen = await knowledge.stepPicture({
    family: thing.family,
    procedure: step.procedure,
    step: step.step,
    locale,
    machine: thing,
  });
  if (!chosen) return answer;
  return { ...answer, step: { ...step, picture: { url: `v1/pictures/${chosen.hash}`, alt: chosen.alt } } };
}

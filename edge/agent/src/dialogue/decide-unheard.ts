import type { CommandReport, FaultReport } from '@wayside/contract';
import type { BestQuestion } from '../diagnosis/question.ts';
import type { Progress } from '../repair/progress.ts';
import type { Move } from './move.ts';
import type { Foreign } from './other-language.ts';
import type { Situation } from './situation.ts';

/** What the conversation still waits for after a sentence that was not understood: it is put again, not dropped. */
export type Waits =
  | { for: 'answer'; observation: string }
  | { for: 'consent'; command: CommandReport }
  | { for: 'step'; progress: Progress };

export type UnheardMove =
  /** `foreign`: said in a language we do not speak; `wordless`: there was no word in it. */
  | { kind: 'reject'; waits?: Waits; foreign?: Foreign; wordless?: boolean /** What waits was asked about. */; asked?: boolean }
  /** Not understood, but the machine has something to tell that was not told yet. */
  | { kind: 'explain-fault'; fault: FaultReport; others: FaultReport[]; unheard: true };

/**
 * Nobody who is asked something, or in the middle of a repair, loses their place by one sentence. Who has not been told yet what is wrong
 * with the machine is told: most who come with words of their own come because of it.
 */
export function unheard(situation: Situation, worst: FaultReport | undefined): UnheardMove {
  const waits = waitsFor(situation);
  if (waits) return { kind: 'reject', waits };
  if (!worst || situation.state.told.includes(worst.fault)) return { kind: 'reject' };
  return { kind: 'explain-fault', fault: worst, others: situation.faults.filter((one) => one !== worst), unheard: true };
}

/** The question that is put once more. */
export const stillAsked = (move: Move): BestQuestion | undefined =>
  move.kind === 'reject' && move.waits?.for === 'answer' ? { observation: move.waits.observation, gain: 0 } : undefined;

function waitsFor({ state, thing, pending, progress }: Situation): Waits | undefined {
  const { pendingQuestion } = state;
  if (pendingQuestion && pendingQuestion.thing === thing?.id) return { for: 'answer', observation: pendingQuestion.observation };
  if (pending) return { for: 'consent', command: pending };
  return state.procedure && progress && progress.thing === thing?.id ? { for: 'step', progress } : undefined;
}

import type { CommandReport, FaultReport } from '@wayside/contract';
import type { BestQuestion } from '../../diagnosis/question.ts';
import type { Progress } from '../../repair/progress.ts';
import type { Foreign } from '../understand/other-language.ts';
import type { Move } from './move.ts';
import type { Situation } from './situation.ts';

/** What the conversation still waits for after a sentence that was not understood: it is put again, not dropped. */
export type Waits =
  | { for: 'answer'; observation: string }
  | { for: 'consent'; command: CommandReport }
  | { for: 'step'; progress: Progress };

/** What was understood of it: what waits was asked about, why it was asked, whether it must be, it was only heeded, it was of something else altogether, or it was said twice. */
export type Asked = 'effect' | 'asks-why' | 'refuse' | 'heeds' | 'elsewhere' | 'said-before';

export type UnheardMove =
  /** `foreign`: said in a language we do not speak; `wordless`: there was no word in it. */
  | { kind: 'reject'; waits?: Waits; foreign?: Foreign; wordless?: boolean; asked?: Asked }
  /** Not understood, but the machine has something to tell that was not told yet. */
  | { kind: 'explain-fault'; fault: FaultReport; others: FaultReport[]; unheard: true };

/**
 * Nobody who is asked something, or in the middle of a repair, loses their place by one sentence. Who has not been told yet what is wrong
 * with the machine is told: most who come with words of their own come because of it.
 */
export function unheard(situation: Situation, worst: FaultReport | undefined, asked?: Asked): UnheardMove {
  const waits = waitsFor(situation);
  if (waits) return { kind: 'reject', waits, ...(asked ? { asked } : {}) };
  if (!worst || situation.state.told.includes(worst.fault)) return { kind: 'reject', ...(asked ? { asked } : {}) };
  return { kind: 'explain-fault', fault: worst, others: situation.faults.filter((one) => one !== worst), unheard: true };
}

/** What is said beside a question that waits for its answer, and does not answer it. */
export const asides: ReadonlySet<Move['kind']> = new Set<Move['kind']>([
  'safe-answer',
  'safe-unclear',
  'read-signal',
  'read-past',
  'component',
  'judge',
  'look-back',
  'known',
  'explain-dtc',
  'may',
  'may-unknown',
  'term',
  'simpler',
  'takes',
  'passages',
]);

/** The question that is put once more: who asks or tells something else in between is still asked. */
export function stillAsked(move: Move, { state, thing }: Situation): BestQuestion | undefined {
  if (move.kind === 'reject' && move.waits?.for === 'answer') return { observation: move.waits.observation, gain: 0 };
  const aside =
    asides.has(move.kind) ||
    (move.kind === 'small-talk' &&
      ['identity', 'cost', 'how-long', 'place', 'ring', 'remind', 'parts', 'privacy', 'language'].includes(move.talk));
  const urgent = 'fault' in move && move.fault?.safety === 'stop';
  const { pendingQuestion } = state;
  return aside && !urgent && pendingQuestion && pendingQuestion.thing === thing?.id
    ? { observation: pendingQuestion.observation, gain: 0 }
    : undefined;
}

export function waitsFor({ state, thing, pending, progress }: Situation): Waits | undefined {
  const { pendingQuestion } = state;
  if (pendingQuestion && pendingQuestion.thing === thing?.id) return { for: 'answer', observation: pendingQuestion.observation };
  if (pending) return { for: 'consent', command: pending };
  return state.procedure && progress && progress.thing === thing?.id ? { for: 'step', progress } : undefined;
}

import { fitsNow } from '../../diagnosis/fits-now.ts';
import { type BestQuestion, nextQuestion } from '../../diagnosis/question.ts';
import type { Told, Watch } from '../../diagnosis/watch.ts';
import { mayAsk } from './decide.ts';
import { type Test, testFor, want } from './decide-command.ts';
import { stillAsked } from './decide-unheard.ts';
import { toBlame } from './may-come-from.ts';
import type { Move } from './move.ts';
import type { Situation } from './situation.ts';

/** What is asked beside the answer: what was asked and is still open, else what tells most; as a test where the machine must act first. */
export function askNext(
  situation: Situation,
  move: Move,
  told: readonly Told[],
  { watch, more = false }: { watch: Watch; more?: boolean | undefined },
): { question?: BestQuestion; test?: Test } {
  const asked =
    stillAsked(move, situation) ?? (!more && mayAsk(move, situation.state) ? bestQuestion(situation, move, told, watch) : undefined);
  const test = asked && testFor(situation, asked);
  return test ? { test } : asked ? { question: asked } : {};
}

/** What is best asked next, of all that was neither answered nor asked before. */
function bestQuestion(situation: Situation, move: Move, told: readonly Told[], watch: Watch): BestQuestion | undefined {
  const { thing, pack, diagnosis, state, now } = situation;
  const answered = new Map([
    ...(thing ? watch.answers(thing.id) : []),
    ...told.map((one) => [one.observation, one.answer] as const),
    ...state.asked.map((one) => [one, 'unsure'] as const),
  ]);
  return nextQuestion(diagnosis, pack?.faults ?? {}, pack?.observations ?? {}, answered, {
    trouble: situation.faults.length === 0 && (move.kind === 'noted' || move.kind === 'suspect') ? toBlame(situation) : undefined,
    fits: (observation) => thing === undefined || fitsNow(observation, thing.latest),
    busy: thing !== undefined && watch.busy(thing.id, now),
    canAct: (action) => want(situation, action, { kind: 'asked' }, false).kind === 'propose',
  });
}

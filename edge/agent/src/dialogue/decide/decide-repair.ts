import type { FaultReport, RepairReport } from '@wayside/contract';
import type { Procedure } from '@wayside/packs';
import type { Localized } from '@wayside/protocol';
import type { Progress } from '../../repair/progress.ts';
import type { Finished } from '../../repair/repairs.ts';
import { rankOf } from './graveness.ts';
import { mayComeFrom } from './may-come-from.ts';
import type { Move } from './move.ts';
import { afterStep, asks, backStep, beginProcedure, placeOf, type StepOutcome } from './procedure.ts';
import type { Situation } from './situation.ts';

/** What a turn comes to that is about mending it by hand. */
export type RepairMove =
  | { kind: 'step'; progress: Progress; how: 'begin' | 'next' | 'again' | 'back' | 'resume' | 'asked'; after?: StepOutcome }
  | { kind: 'finished'; after: StepOutcome; finished: Finished }
  /** The procedure itself says that a person takes over here. */
  | { kind: 'step-to-person'; because: Localized; after: StepOutcome; progress: Progress }
  | { kind: 'no-procedure'; fault: FaultReport }
  /** Told that it is mended while the machine itself shows that it is not: its codes still stand, or it shows these faults. */
  | { kind: 'not-gone'; faults: readonly FaultReport[] }
  /** Asked whether a repair worked, or told that it did or did not. */
  | { kind: 'repair-state'; repair: RepairReport; says?: NonNullable<RepairReport['personSays']> };

/** The procedure this conversation is in the middle of. */
export const running = ({ state, progress, pack, thing }: Situation) => {
  const here = state.procedure && progress && progress.thing === thing?.id && progress.procedure === state.procedure.id;
  const procedure = here ? pack?.procedures[progress.procedure] : undefined;
  return procedure && progress && { procedure, progress };
};

/** Does the step one is at put a question? Then a yes answers it, and sets nothing moving. */
export function atQuestion(situation: Situation): boolean {
  const inIt = running(situation);
  return inIt !== undefined && asks(inIt.procedure.steps[placeOf(inIt.procedure, inIt.progress.step)]!);
}

/** What to do next: the next step, the one one is at, the first one of the procedure for the gravest fault. */
export function howto(situation: Situation, outcome: StepOutcome | 'back' | undefined, orElse: (situation: Situation) => Move): Move {
  const { pack, faults, thing, progress, now, session } = situation;
  const inIt = running(situation);
  if (inIt) {
    const { procedure } = inIt;
    if (outcome === undefined) return { kind: 'step', progress: inIt.progress, how: 'again' };
    if (outcome === 'back') return { kind: 'step', progress: backStep(inIt.progress, now), how: 'back' };
    const next = afterStep(procedure, inIt.progress, outcome, now);
    if (next === 'person')
      return {
        kind: 'step-to-person',
        after: outcome,
        progress: inIt.progress,
        because: callsForPerson(procedure, inIt.progress),
      };
    if (next !== 'end') return { kind: 'step', progress: next, how: 'next', after: outcome };
    const ended = { ...inIt.progress, done: inIt.progress.done || outcome === 'done' };
    return {
      kind: 'finished',
      after: outcome,
      finished: { progress: ended, session, ...(outcome === 'failed' ? { personSays: 'not-fixed' } : {}) },
    };
  }
  if (outcome === 'failed')
    return situation.watched[0] ? { kind: 'repair-state', repair: situation.watched[0], says: 'not-fixed' } : orElse(situation);
  // What was begun in another conversation, or put off, goes on where it was.
  if (progress && pack?.procedures[progress.procedure]) return { kind: 'step', progress, how: 'resume' };
  const fault = [...faults].sort((a, b) => rankOf(b) - rankOf(a)).find((one) => one.procedure && pack?.procedures[one.procedure]);
  const procedure = fault?.procedure === undefined ? undefined : pack?.procedures[fault.procedure];
  if (thing && fault?.procedure && procedure) {
    const begun = beginProcedure(fault.procedure, procedure, { thing: thing.id, person: situation.person, fault, now });
    return { kind: 'step', progress: begun, how: 'begin' };
  }
  return faults[0] ? { kind: 'no-procedure', fault: faults[0] } : (beginLikeliest(situation) ?? orElse(situation));
}

/** While nothing is sure, the steps for what the signs that were told of come from likeliest: they show whether it is that. */
function beginLikeliest({ pack, diagnosis, thing, person, now }: Situation): RepairMove | undefined {
  const { leads } = mayComeFrom({ diagnosis, pack });
  const id = leads === undefined ? undefined : pack?.faults[leads]?.procedure;
  const procedure = id === undefined ? undefined : pack?.procedures[id];
  if (!thing || !leads || !id || !procedure) return undefined;
  return {
    kind: 'step',
    progress: beginProcedure(id, procedure, { thing: thing.id, person, fault: { fault: leads, evidence: [] }, now }),
    how: 'begin',
  };
}

/** How things are, asked while a repair is watched or just decided, means whether it worked. */
export function repairAsked({ watched, decided, faults }: Situation): RepairMove | undefined {
  const repair = watched[0] ?? (faults.length === 0 ? decided : undefined);
  return repair && { kind: 'repair-state', repair };
}

/** Whether it is mended, asked in the middle of it: what still shows, and the step that is left to do. */
export function stepAsked(situation: Situation): RepairMove | undefined {
  const inIt = running(situation);
  return inIt && { kind: 'step', progress: inIt.progress, how: 'asked' };
}

/** The person says that it is mended, or is not. Their word ends the steps and is kept; the verdict is the machine's. */
export function mended(situation: Situation, answer: string | undefined, orElse: (situation: Situation) => Move): Move {
  const inIt = running(situation);
  if (inIt && answer === 'yes')
    return {
      kind: 'finished',
      after: 'done',
      finished: { progress: { ...inIt.progress, done: true }, session: situation.session, personSays: 'fixed' },
    };
  const repair = situation.watched[0];
  if (!repair) return answer === 'yes' ? (notGone(situation) ?? { kind: 'small-talk', talk: 'thanks' }) : orElse(situation);
  const says =
    repair.state === 'watching' && answer !== undefined ? (answer === 'yes' ? ('fixed' as const) : ('not-fixed' as const)) : undefined;
  return { kind: 'repair-state', repair, ...(says ? { says } : {}) };
}

/** What the machine itself still shows; what rests on a person's word alone is theirs to take back. */
function notGone({ dtcs, faults }: Situation): RepairMove | undefined {
  const coded = dtcs.some(({ state }) => state !== 'cleared');
  const shown = faults.filter(({ evidence }) => evidence.some((one) => one.for && one.kind !== 'observation'));
  return coded || shown.length > 0 ? { kind: 'not-gone', faults: shown } : undefined;
}

/** Why a person takes over: the step one is at says so. */
export function callsForPerson(procedure: Procedure, progress: Progress): Localized {
  const { title } = procedure;
  const { text } = procedure.steps[placeOf(procedure, progress.step)]!;
  return {
    en: `In “${title.en}” this step calls for a person: ${text.en}`,
    zh: `“${title.zh}”的这一步需要专业人员处理：${text.zh}`,
  };
}

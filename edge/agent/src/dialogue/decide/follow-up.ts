import type { Pack } from '@wayside/packs';
import type { Progress } from '../../repair/progress.ts';
import type { Responded } from '../respond-types.ts';
import type { Move } from './move.ts';
import { placeOf, type StepOutcome } from './procedure.ts';

/** What the move does beyond words: to a command, to a repair. */
export function followUp(
  move: Move,
  before: Progress | undefined,
  pack: Pack | undefined,
): Pick<Responded, 'stepTried' | 'command' | 'repair'> {
  switch (move.kind) {
    case 'step':
      return { repair: { progress: move.progress }, ...(move.after ? tried(move.after, before, pack) : {}) };
    case 'finished':
      return { repair: { finished: move.finished }, ...tried(move.after, before, pack) };
    case 'step-to-person':
      return { repair: { dropped: move.progress }, ...tried(move.after, before, pack) };
    case 'repair-state':
      return move.says ? { repair: { says: { repair: move.repair.repair, word: move.says } } } : {};
    case 'propose':
    case 'refuse':
      return { command: { kind: 'keep', command: move.command } };
    case 'run':
      return { command: { kind: 'keep', command: move.command, consent: 'asked' } };
    case 'agree':
      return { command: { kind: 'consent', command: move.command.command } };
    case 'withhold':
      return { command: { kind: 'cancel', command: move.command.command } };
    default:
      return {};
  }
}

function tried(outcome: StepOutcome, before: Progress | undefined, pack: Pack | undefined): Pick<Responded, 'stepTried'> {
  const procedure = before && pack?.procedures[before.procedure];
  const step = procedure?.steps[placeOf(procedure, before?.step ?? '')];
  return step && before ? { stepTried: { thing: before.thing, procedure: before.procedure, step: step.id, outcome } } : {};
}

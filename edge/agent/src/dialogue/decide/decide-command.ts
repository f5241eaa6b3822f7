import type { CommandOrigin, CommandReport } from '@wayside/contract';
import type { Localized, Value } from '@wayside/protocol';
import type { Command } from '../../commands/command.ts';
import { propose } from '../../commands/propose.ts';
import { argumentsOf } from '../../commands/vet.ts';
import type { BestQuestion } from '../../diagnosis/question.ts';
import type { TalkedAbout } from '../respond-types.ts';
import { placeOf } from './procedure.ts';
import type { Situation } from './situation.ts';

/** What a turn comes to that is about moving the machine. */
export type CommandMove =
  /** Said with its effect; nothing happens before a yes. `again`: an earlier proposal had run out. */
  | { kind: 'propose'; command: Command; again: boolean; by?: number }
  /** The person asked for it in so many words, and it is harmless: it is done. `by`: so much more or less than it was. */
  | { kind: 'run'; command: Command; by?: number }
  | { kind: 'agree'; command: CommandReport }
  /** Just this is being done already; it is not done twice. */
  | { kind: 'under-way'; command: CommandReport }
  | { kind: 'withhold'; command: CommandReport }
  /** It is real, and may not or cannot be done now. */
  | { kind: 'refuse'; command: Command }
  /** It is no command of this machine, or its arguments do not fit. */
  | { kind: 'no-command'; why: Localized | undefined };

/** An act that makes an observation possible, proposed beside an answer; the question follows when it was carried out. */
export type Test = Extract<CommandMove, { kind: 'propose' }> & { observation: string };

type Call = { name: string; args: Readonly<Record<string, Value>> };

/** What was asked for in words. Only ids that the packs' own sentences yield come this far. */
export function commandAsked(situation: Situation, slots: Record<string, string>): CommandMove | { kind: 'no-thing' } {
  const { thing, understanding } = situation;
  if (!thing) return { kind: 'no-thing' };
  const last = situation.state.lastCommand;
  if (slots.again !== undefined && last?.thing === thing.id) return want(situation, last, originOf(situation, last), false);
  const name = slots.action ?? '';
  const action = Object.hasOwn(thing.actions, name) ? thing.actions[name] : undefined;
  // What only another machine does has no name that a person knows here.
  if (slots.action !== undefined && !action) return { kind: 'no-command', why: undefined };
  const by = slots.by === undefined ? undefined : Number(slots.by) * (Number(slots.steps ?? 1) || 1);
  const call = { name, args: { ...argumentsOf(action, slots), ...(by === undefined ? {} : changedBy(situation, thing, name, by)) } };
  // A sentence that was only nearly one of ours may mean the opposite: then it is asked back.
  const explicit = understanding.kind === 'intent' && understanding.confidence === 1;
  return withBy(want(situation, call, originOf(situation, call), explicit), by);
}

/**
 * "A bit more": the last command of this machine once more, from what it asked for. Undefined where none was given, or it set no number.
 * @param way `more` as it was, `less` the other way, `up` and `down` as they say
 */
export function aBitMore(situation: Situation, way: string): CommandMove | undefined {
  const { thing, state, understanding } = situation;
  const last = state.lastCommand;
  if (!thing || last?.thing !== thing.id) return undefined;
  const before = last.by ?? 1;
  const by = way === 'more' ? before : way === 'less' ? -before : way === 'up' ? Math.abs(before) : -Math.abs(before);
  const changed = changedBy(situation, thing, last.name, by);
  if (Object.keys(changed).length === 0) return undefined;
  const call = { name: last.name, args: { ...last.args, ...changed } };
  const explicit = understanding.kind === 'intent' && understanding.confidence === 1;
  return withBy(want(situation, call, originOf(situation, call), explicit), by);
}

/** A number said alone is of what was just spoken of, or of nothing. */
const amendedWithin = 3;

/** "No, make it 20": what was proposed or done last, with another number. Undefined where nothing was, lately, or it sets none or several. */
export function amended(situation: Situation, value: number): CommandMove | undefined {
  const { state, thing, understanding } = situation;
  const { pendingCommand, lastCommand, turns } = state;
  const last = pendingCommand ?? (lastCommand && turns - lastCommand.turn < amendedWithin ? lastCommand : undefined);
  if (!thing || last?.thing !== thing.id || !Number.isFinite(value)) return undefined;
  const [number, ...others] = Object.keys(last.args).filter((name) => typeof last.args[name] === 'number');
  if (number === undefined || others.length > 0) return undefined;
  const call = { name: last.name, args: { ...last.args, [number]: value } };
  const explicit = understanding.kind === 'intent' && understanding.confidence === 1;
  return want(situation, call, originOf(situation, call), explicit);
}

/** "A little warmer": what the action sets, as it was asked for last or else as the machine shows it, and so much more or less, as far as the action goes. */
function changedBy({ state, underWay }: Situation, thing: TalkedAbout, name: string, by: number): Record<string, Value> {
  const { expect, args } = thing.actions[name] ?? {};
  const reading = expect && thing.latest(expect.signal);
  const argument = expect && 'isArg' in expect ? expect.isArg : undefined;
  if (typeof argument !== 'string') return {};
  const last = state.lastCommand?.thing === thing.id && state.lastCommand.name === name ? state.lastCommand : undefined;
  // What the machine measured before it was told does not know of that yet.
  const unseen = last && (!reading || reading.observedAt <= (last.at ?? 0) || (underWay?.thing === thing.id && underWay.action === name));
  const from = unseen ? last.args[argument] : reading?.value;
  if (typeof from !== 'number') return {};
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = args?.[argument] ?? {};
  // As fine as a tenth of the step: 21.5 °C, but 2,880 rpm and no 2,877.
  const grain = 10 ** (Math.floor(Math.log10(Math.abs(by))) - 1);
  return { [argument]: Math.min(max, Math.max(min, Number((Math.round((from + by) / grain) * grain).toFixed(3)))) };
}

const withBy = (move: CommandMove, by: number | undefined): CommandMove =>
  by !== undefined && (move.kind === 'run' || move.kind === 'propose') ? { ...move, by } : move;

/** The same once more: only where it was the last thing that was talked of may "once more" mean that. */
export function onceMore(situation: Situation): CommandMove | undefined {
  const { lastCommand, turns } = situation.state;
  if (!lastCommand || lastCommand.turn < turns || lastCommand.thing !== situation.thing?.id) return undefined;
  return want(situation, lastCommand, originOf(situation, lastCommand), false);
}

/** The step at hand has this action, and the person wants it done. */
export function stepAction(situation: Situation): CommandMove | undefined {
  const action = actionAtHand(situation);
  const { progress } = situation;
  if (!action || !progress) return undefined;
  return want(situation, action, { kind: 'step', procedure: progress.procedure, step: progress.step }, true);
}

/**
 * A proposal as a move, or why there is none: the one way a conversation comes to a command.
 * @param explicit the person asked for just this in so many words: then R0 and R1 are done at once; R2 always needs a yes after its effect was told
 */
export function want(situation: Situation, call: Call, origin: CommandOrigin, explicit: boolean, again = false): CommandMove {
  const { thing, session, now, underWay } = situation;
  if (!thing) return { kind: 'no-command', why: undefined };
  if (underWay && underWay.thing === thing.id && sameCall(call, { name: underWay.action, args: underWay.args }))
    return { kind: 'under-way', command: underWay };
  const proposed = propose({ session, thing: thing.id, ...call, origin }, thing, now, situation.whyNot);
  if (!proposed.ok) return { kind: 'no-command', why: call.name === '' ? undefined : proposed.refusal.why };
  const { command } = proposed;
  if (command.state === 'refused') return { kind: 'refuse', command };
  const harmless = command.risk === 'R0' || command.risk === 'R1';
  return explicit && harmless ? { kind: 'run', command } : { kind: 'propose', command, again };
}

/** A yes or a no to a proposal, whether or not it has run out meanwhile. */
export function proposalAnswered(situation: Situation, yes: boolean): CommandMove | undefined {
  const { pending: waiting, state, thing, now, progress } = situation;
  // Who went on to another step, or from a wish of their own to a repair, let it pass: a yes there answers that step.
  const wentOn =
    waiting?.origin.kind === 'step' ? progress?.step !== waiting.origin.step : waiting?.origin.kind === 'asked' && state.procedure;
  const passed = !state.pendingCommand && wentOn;
  const pending = passed ? undefined : waiting;
  // What disturbs is done upon a yes to the sentence that says what it does: where something else was said since, that is said again, and of another machine nothing is done.
  const lostSight = pending && yes && pending.risk === 'R2' && !state.pendingCommand && pending.origin.kind !== 'technician';
  if (lostSight)
    return pending.thing === thing?.id ? want(situation, { name: pending.action, args: pending.args }, pending.origin, false) : undefined;
  // One that has just run out is no longer agreed to, even where it is not yet taken away.
  if (pending && now < pending.expiresAt) return { kind: yes ? 'agree' : 'withhold', command: pending };
  const { pendingCommand } = state;
  if (!yes || !pendingCommand || pendingCommand.thing !== thing?.id) return undefined;
  const { origin, name, args } = pendingCommand;
  return want(situation, { name, args }, origin, false, true);
}

/** The test that the next best question needs, as a proposal, or undefined when it is none that can be made now. */
export function testFor(situation: Situation, { observation, action }: BestQuestion): Test | undefined {
  if (!action) return undefined;
  const move = want(situation, action, { kind: 'question', observation }, false);
  return move.kind === 'propose' ? { ...move, observation } : undefined;
}

/** Takes back what was done last. */
export function takeBack(situation: Situation): CommandMove | undefined {
  const { undoable, thing } = situation;
  if (!undoable?.undo || undoable.thing !== thing?.id) return undefined;
  return want(situation, undoable.undo, { kind: 'undo', of: undoable.command }, true);
}

/** What is on its way can be taken back only once the machine has said that it is done. */
export function stillDoing({ underWay, thing }: Situation): CommandMove | undefined {
  return underWay && underWay.thing === thing?.id ? { kind: 'under-way', command: underWay } : undefined;
}

function actionAtHand({ state, progress, pack, thing }: Situation): Call | undefined {
  if (!state.procedure || !progress || progress.thing !== thing?.id) return undefined;
  const procedure = pack?.procedures[progress.procedure];
  return procedure?.steps[placeOf(procedure, progress.step)]?.action;
}

function originOf(situation: Situation, call: Call): CommandOrigin {
  const { progress } = situation;
  const action = actionAtHand(situation);
  return action && sameCall(action, call) && progress
    ? { kind: 'step', procedure: progress.procedure, step: progress.step }
    : { kind: 'asked' };
}

const sameCall = (one: Call, other: Call) => one.name === other.name && JSON.stringify(one.args) === JSON.stringify(other.args);

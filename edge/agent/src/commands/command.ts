import type { CommandReport, CommandState } from '@wayside/contract';
import type { Expected, Localized, Value } from '@wayside/protocol';

/** A command on its way, with what is needed to judge it. Everything but `expect` and `before` is what people see. */
export type Command = CommandReport & {
  expect?: Expected;
  /** What the signal that must show the effect read before it was carried out. */
  before?: Value;
  /** When the thing itself saw that: what it saw no later tells nothing of the effect. */
  beforeAt?: number;
  /** What the pack says takes it back. */
  inverse?: CommandReport['undo'];
};

/** All that can happen to a command. Nothing else moves it. Times are epoch ms. */
export type CommandEvent =
  | { kind: 'consent'; at: number }
  | { kind: 'cancel'; at: number }
  /** Refused by this edge in the moment it was to be carried out. */
  | { kind: 'blocked'; at: number; why: Localized }
  | { kind: 'sent'; at: number; before?: Value; beforeAt?: number }
  /** Kept back in the last moment, after it was noted as sent. */
  | { kind: 'withheld'; at: number; why: Localized }
  | { kind: 'outcome'; at: number; state: 'done' | 'refused' | 'failed'; detail?: string }
  /** The signal that must show the effect was read. */
  | { kind: 'read'; at: number; value: Value }
  /** The same was asked for anew, otherwise: what the signal reads from here on tells of that. */
  | { kind: 'overtaken'; at: number }
  /** The time it had in this state has run out. */
  | { kind: 'late'; at: number }
  /** This edge was started anew. */
  | { kind: 'restart'; at: number };

const waiting = new Set<CommandState>(['proposed', 'consented', 'running', 'reading-back']);

/** Is there still something to come? */
export const isOpen = (command: Pick<CommandReport, 'state'>): boolean => waiting.has(command.state);

/** Did it work, as far as anybody can tell? */
export const worked = (command: Pick<CommandReport, 'state'>): boolean => command.state === 'done' || command.state === 'confirmed';

/**
 * The next state of a command, or the same object when the event means nothing in this state: the only way a command moves.
 * Consent comes before execution, execution happens once, and nothing is sent again.
 */
export function advance(command: Command, event: CommandEvent): Command {
  const to = (state: CommandState, more: Partial<Command> = {}): Command => ({
    ...command,
    ...more,
    state,
    changedAt: Math.floor(event.at),
  });
  switch (`${command.state} ${event.kind}` as `${CommandState} ${CommandEvent['kind']}`) {
    case 'proposed consent':
      return to('consented');
    case 'proposed cancel':
    case 'consented cancel':
      return to('cancelled');
    case 'proposed late':
    case 'proposed restart':
    // Agreed to and not carried out in time: the moment the person meant has passed.
    case 'consented late':
    case 'consented restart':
      return to('expired');
    case 'consented blocked':
    case 'running withheld':
      return to('refused', { why: (event as { why: Localized }).why });
    case 'consented sent': {
      const { before, beforeAt } = event as Extract<CommandEvent, { kind: 'sent' }>;
      const known = { ...(before === undefined ? {} : { before }), ...(beforeAt === undefined ? {} : { beforeAt }) };
      return to('running', { executedAt: Math.floor(event.at), ...known });
    }
    case 'running outcome':
    // The device answers after all; better late than unknown.
    case 'no-answer outcome':
      return answered(command, event as Extract<CommandEvent, { kind: 'outcome' }>, to);
    case 'running late':
    case 'running restart':
      return command.readBack?.met ? withUndo(to('confirmed')) : to('no-answer');
    case 'running read':
    case 'reading-back read':
    case 'no-answer read': {
      const { value, at } = event as Extract<CommandEvent, { kind: 'read' }>;
      if (!command.readBack || !command.expect) return command;
      const readBack = { ...command.readBack, value, at: Math.floor(at), met: meets(command.expect, command.args, value) };
      const seen = readBack.met && command.state !== 'running';
      return seen ? withUndo(to('confirmed', { readBack })) : { ...command, readBack };
    }
    case 'reading-back overtaken':
      return to('done');
    case 'reading-back late':
      return to('not-seen');
    default:
      return command;
  }
}

type To = (state: CommandState, more?: Partial<Command>) => Command;

function answered(command: Command, { state, detail }: Extract<CommandEvent, { kind: 'outcome' }>, to: To): Command {
  const said = detail === undefined ? {} : { detail };
  if (state === 'refused') return to('declined', said);
  if (state === 'failed') return to('failed', said);
  // What read so before cannot show that anything was done: the machine's word is all there is.
  const nothingToSee = command.expect && command.before !== undefined && meets(command.expect, command.args, command.before);
  if (!command.readBack || (nothingToSee && !command.readBack.met)) return withUndo(to('done', said));
  return withUndo(to(command.readBack.met ? 'confirmed' : 'reading-back', said));
}

/** What takes it back: what the pack says, else the same action with what the signal read before. */
function withUndo(command: Command): Command {
  const { inverse, expect, before, args, action } = command;
  if (inverse) return { ...command, undo: inverse };
  if (expect?.isArg === undefined || before === undefined || before === args[expect.isArg]) return command;
  return { ...command, undo: { name: action, args: { ...args, [expect.isArg]: before } } };
}

/** Does the signal read as it must after this command? */
export function meets({ above, below, is, isArg, tolerance }: Expected, args: Record<string, Value>, value: Value): boolean {
  if (above !== undefined) return typeof value === 'number' && value > above;
  if (below !== undefined) return typeof value === 'number' && value < below;
  const wanted = isArg === undefined ? is : args[isArg];
  if (typeof wanted === 'number' && typeof value === 'number') return Math.abs(wanted - value) <= tolerance;
  return wanted !== undefined && value === wanted;
}

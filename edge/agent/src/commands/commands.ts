import type { CommandReport, CommandState, ConsentReport } from '@wayside/contract';
import {
  type Localized,
  type Outcome,
  parseSpan,
  type Risk,
  type Sample,
  WaysideError,
  type Command as WireCommand,
} from '@wayside/protocol';
import { failpoint } from '@wayside/sqlite';
import { consentLastsMs, giveConsent } from '../consent/consent.ts';
import { createInOrder } from '../in-order.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import { answersWithinMs, createCarryingOut, type Move } from './carry-out.ts';
import { advance, type Command, isOpen } from './command.ts';
import { keepCommand, openCommands, reportOf } from './keep.ts';
import { createLeases } from './lease.ts';
import { type Ask, type Commanded, propose, type WhyNot } from './propose.ts';

/** More at once come from no person. */
const mostOpen = 200;

export type Commands = {
  /** Takes up, after a restart, what was under way: nothing of it is sent again. */
  load(): Promise<void>;
  /** Draws up and keeps a proposal. @throws WaysideError `not-found` for an action or thing there is not, `invalid` for arguments that do not fit */
  propose(ask: Ask, whyNot: WhyNot): Promise<CommandReport>;
  /** Keeps a proposal that was drawn up elsewhere, in the caller's transaction; call `admit` once that is committed. */
  keep(tx: Db, command: Command): Promise<void>;
  admit(command: Command): void;
  /**
   * Somebody agrees: the command is carried out at once, or refused with words. Resolves when the consent is stored.
   * @throws WaysideError `not-found`, `conflict` when there is nothing to agree to any more, `forbidden` when it is not theirs to agree to
   */
  consent(command: string, by: { session: string; person?: string; how: ConsentReport['how'] }): Promise<CommandReport>;
  /** @throws WaysideError `not-found`, `conflict` when it is already on its way */
  cancel(command: string, session: string): Promise<CommandReport>;
  /** A device's answer. */
  outcome(thing: string, message: Outcome): void;
  /** Fresh samples of a thing, in case one of them shows an effect. */
  samples(thing: string, samples: readonly Sample[]): void;
  /** Lets times run out; call about once a second. */
  tick(): void;
  /** Is a command of this thing under way? */
  isBusy(thing: string): boolean;
  /** What waits for consent in this conversation. */
  pending(session: string): CommandReport | undefined;
  /** What is being carried out for this conversation, or read back. */
  underWay(session: string): CommandReport | undefined;
  /** Resolves when everything that was begun is kept. */
  idle(): Promise<void>;
};

/**
 * Carries commands out: proposed → agreed to → leased → interlocked → sent once → answered → read back, each kept before the next. A command is never
 * queued and never sent twice.
 * @param monotonic ms that only grow, so that a clock set back does not lengthen a consent
 * @param onChange told after a change is stored, with the state before it; undefined for a proposal that is new
 */
export function createCommands(parts: {
  db: Db;
  log: Log;
  now: () => number;
  monotonic: () => number;
  /** Why this person may not agree to a command of this risk: looked at in the moment of the consent, however it came about. */
  whyNot(person: string | undefined, risk: Risk): Localized | undefined;
  thing(id: string): Omit<Commanded, 'busy'> | undefined;
  /** Hands it to the device, at most once; rejects when it cannot. */
  send(thing: string, command: WireCommand): Promise<void>;
  onChange(command: CommandReport, before: CommandState | undefined): void;
}): Commands {
  const { db, log, now, monotonic, send, onChange } = parts;
  const open = new Map<string, Command>();
  /** When the time of a command in its present state runs out, on the monotonic clock. */
  const deadlines = new Map<string, number>();
  const leases = createLeases(monotonic);
  const inOrder = createInOrder();
  const atWork = new Set<Promise<unknown>>();

  const isBusy = (thing: string, but?: string) =>
    open.size >= mostOpen ||
    [...open.values()].some((one) => one.thing === thing && one.command !== but && ['consented', 'running'].includes(one.state));
  const thingOf = (id: string, but?: string): Commanded | undefined => {
    const found = parts.thing(id);
    return found && { ...found, busy: isBusy(id, but) };
  };

  /** What is read back, and can no longer be once this is done: the signal then shows this. */
  const overtakenBy = ({ command, thing, action }: Command) =>
    [...open.values()].filter(
      (one) => one.command !== command && one.thing === thing && one.action === action && one.state === 'reading-back',
    );

  const ofSession = (session: string, is: (state: Command['state']) => boolean) => {
    const found = [...open.values()].findLast((one) => one.session === session && is(one.state));
    return found && reportOf(found);
  };

  function forget(id: string): void {
    open.delete(id);
    leases.drop(id);
    deadlines.delete(id);
  }

  function hold(command: Command): void {
    if (!isOpen(command) && command.state !== 'no-answer') {
      forget(command.command);
      return;
    }
    const before = open.get(command.command);
    open.set(command.command, command);
    if (before?.state === command.state) return;
    const lasts = command.state === 'running' ? answersWithinMs : command.state === 'reading-back' ? readsWithin(command) : consentLastsMs;
    deadlines.set(command.command, monotonic() + lasts);
  }

  const move: Move = (id, event, also) => {
    const work = inOrder(id, async () => {
      const command = open.get(id);
      if (!command) return undefined;
      const moved = advance(command, event);
      if (moved === command) return command;
      if (moved.state !== command.state || also) {
        await db.transaction().execute(async (tx) => {
          await also?.(tx, moved);
          await keepCommand(tx, moved, now());
        });
      }
      if (event.kind === 'outcome') failpoint('edge.command.answered');
      if (moved.state === 'confirmed') failpoint('edge.command.verified');
      hold(moved);
      if (moved.state !== command.state) onChange(reportOf(moved), command.state);
      if (moved.state === 'running' && command.state === 'consented')
        for (const other of overtakenBy(moved)) aside(other.command, move(other.command, { kind: 'overtaken', at: now() }));
      return moved;
    });
    return busyWith(work);
  };

  function busyWith<T>(work: Promise<T>): Promise<T> {
    const quiet = work.catch(() => {});
    atWork.add(quiet);
    void quiet.then(() => atWork.delete(quiet));
    return work;
  }
  const aside = (id: string, work: Promise<unknown>) =>
    void work.catch((err) => log.error({ err, command: id }, 'a command could not be kept'));

  const carryOut = createCarryingOut({
    open: (id) => open.get(id),
    overtaken: (by) => overtakenBy(by).at(-1),
    thing: thingOf,
    leases,
    move,
    send,
    log,
    now,
  });

  /** The command of this conversation that still waits for something. @throws WaysideError `not-found`, `conflict` when it has come to its end */
  async function mine(id: string, session: string): Promise<Command> {
    const command = open.get(id);
    if (command?.session === session) return command;
    const known = await db.selectFrom('command').select('id').where('id', '=', id).where('session', '=', session).executeTakeFirst();
    throw known ? new WaysideError('conflict', settled) : new WaysideError('not-found', 'There is no such proposal in this conversation.');
  }

  const commands: Commands = {
    async load() {
      for (const command of await openCommands(db)) {
        open.set(command.command, command);
        hold(command);
        await move(command.command, { kind: 'restart', at: now() });
        const still = open.get(command.command);
        if (still?.state === 'reading-back') deadlines.set(command.command, monotonic() + readsWithin(still));
      }
    },
    async propose(ask, whyNot) {
      const thing = thingOf(ask.thing);
      if (!thing) throw new WaysideError('not-found', `No thing ${ask.thing} has spoken here.`);
      const proposed = propose(ask, thing, now(), whyNot);
      if (!proposed.ok) throw new WaysideError(proposed.refusal.code === 'unknown' ? 'not-found' : 'invalid', proposed.refusal.why.en);
      await db.transaction().execute((tx) => commands.keep(tx, proposed.command));
      commands.admit(proposed.command);
      return reportOf(proposed.command);
    },
    keep: (tx, command) => keepCommand(tx, command, now()),
    admit(command) {
      // One question at a time: what was proposed before in this conversation is no longer meant.
      for (const other of open.values()) {
        if (other.session === command.session && other.state === 'proposed')
          aside(other.command, move(other.command, { kind: 'cancel', at: now() }));
      }
      hold(command);
      onChange(reportOf(command), undefined);
    },
    async consent(id, { session, person, how }) {
      const command = await mine(id, session);
      const notTheirs = parts.whyNot(person, command.risk);
      if (notTheirs) throw new WaysideError('forbidden', notTheirs.en);
      let given = false;
      const late = (deadlines.get(id) ?? 0) < monotonic() || now() >= command.expiresAt;
      const moved = late
        ? await move(id, { kind: 'late', at: now() })
        : await move(id, { kind: 'consent', at: now() }, async (tx, agreed) => {
            await giveConsent(tx, agreed, { session, ...(person ? { person } : {}), how }, now());
            given = true;
          });
      if (!given || moved?.state !== 'consented') throw new WaysideError('conflict', settled);
      failpoint('edge.command.agreed');
      leases.grant(moved);
      aside(id, busyWith(carryOut(id)));
      return reportOf(moved);
    },
    async cancel(id, session) {
      await mine(id, session);
      const moved = await move(id, { kind: 'cancel', at: now() });
      if (moved?.state !== 'cancelled') throw new WaysideError('conflict', 'It is already on its way and cannot be called back.');
      return reportOf(moved);
    },
    outcome(thing, { id, state, detail }) {
      const command = open.get(id);
      if (command?.thing !== thing) return log.info({ thing, command: id, state }, 'an outcome of a command that nobody waits for');
      aside(id, move(id, { kind: 'outcome', at: now(), state, ...(detail === undefined ? {} : { detail }) }));
    },
    samples(thing, samples) {
      if (open.size === 0) return;
      for (const command of open.values()) {
        const { expect, executedAt, beforeAt = 0, state } = command;
        if (command.thing !== thing || !expect || executedAt === undefined || !readable.has(state)) continue;
        // What was on its way when the command went out still tells of before.
        const shown = samples.findLast(
          (s) => s.signal === expect.signal && s.quality === 'good' && s.receivedAt > executedAt && s.observedAt > beforeAt,
        );
        if (shown) aside(command.command, move(command.command, { kind: 'read', at: shown.receivedAt, value: shown.value }));
      }
    },
    tick() {
      const at = monotonic();
      for (const [id, deadline] of deadlines) {
        if (at < deadline) continue;
        // A slow device may still have told what became of it; now it is past caring.
        if (open.get(id)?.state === 'no-answer') forget(id);
        else aside(id, move(id, { kind: 'late', at: now() }));
      }
    },
    isBusy: (thing) => isBusy(thing),
    pending: (session) => ofSession(session, (state) => state === 'proposed'),
    underWay: (session) => ofSession(session, (state) => atIt.has(state)),
    async idle() {
      while (atWork.size > 0) await Promise.all(atWork);
    },
  };
  return commands;
}

/** Agreed to, and not at its end yet. */
const atIt = new Set<string>(['consented', 'running', 'reading-back']);
const readable = new Set<string>(['running', 'reading-back', 'no-answer']);

const settled = 'There is nothing to decide any more: it was answered, or a minute has passed. Ask again.';
const readsWithin = ({ expect }: Command): number => parseSpan(expect?.within ?? '10s') as number;

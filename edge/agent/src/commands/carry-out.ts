import type { Command as WireCommand } from '@wayside/protocol';
import { failpoint } from '@wayside/sqlite';
import { useConsent } from '../consent/consent.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';
import type { Command, CommandEvent } from './command.ts';
import type { Reading } from './interlock.ts';
import type { Leases } from './lease.ts';
import { type Commanded, seenBy, unable } from './propose.ts';
import { vet } from './vet.ts';

/** A device has so long to answer; then nobody knows what became of the command. */
export const answersWithinMs = 10_000;

/** Moves a command by one event: stored first, then told. Gives the command as it then stands, undefined when it is not open. */
export type Move = (id: string, event: CommandEvent, also?: (tx: Db, moved: Command) => Promise<void>) => Promise<Command | undefined>;

/**
 * From the consent to the device: leased, interlocked, its consent used up, stored as sent, looked at once more, sent once. Each is kept before the next.
 * @param parts `thing`: one as it is now, busy only with other commands than `but`; `send`: hands it to the device, at most once, and rejects when it cannot
 */
export function createCarryingOut({
  open,
  overtaken,
  thing,
  leases,
  move,
  send,
  log,
  now,
}: {
  open(id: string): Command | undefined;
  /** What the thing said it has done of the same kind, and its readings do not show yet. */
  overtaken(command: Command): Command | undefined;
  thing(id: string, but?: string): Commanded | undefined;
  leases: Pick<Leases, 'take'>;
  move: Move;
  send(thing: string, command: WireCommand): Promise<void>;
  log: Log;
  now: () => number;
}): (id: string) => Promise<void> {
  /** What the signal that must show the effect reads now, or will have read once it shows what was done just before. */
  function readsBefore(command: Command): Pick<Reading, 'value' | 'observedAt'> | undefined {
    const { expect } = command;
    const reading = expect && thing(command.thing)?.latest(expect.signal);
    const value = expect?.isArg === undefined ? undefined : overtaken(command)?.args[expect.isArg];
    return reading && value !== undefined ? { value, observedAt: reading.observedAt } : reading;
  }

  return async (id) => {
    const command = open(id);
    if (command?.state !== 'consented') return;
    const lease = leases.take(command);
    if (lease === undefined) return void (await move(id, { kind: 'late', at: now() }));
    failpoint('edge.command.leased');
    const look = () => {
      const here = thing(command.thing, id);
      const action = here && vet(here.actions, command.action, command.args);
      if (!action?.ok) return { why: gone, seen: [] };
      return { why: unable(action.action, here as Commanded, now()), seen: seenBy(action.action.interlocks, here as Commanded, now()) };
    };
    const report = (tx: Db, { why, seen }: ReturnType<typeof look>) =>
      enqueue(tx, 'lease', { command: id, session: command.session, lease, held: why === undefined, seen, at: Math.floor(now()) }, now());
    const first = look();
    const { why } = first;
    if (why) return void (await move(id, { kind: 'blocked', at: now(), why }, async (tx) => void (await report(tx, first))));
    const before = readsBefore(command);
    let used = false;
    // Stored as sent before it is sent: after a crash in between nobody knows, and that is what is then said.
    const sent = await move(
      id,
      { kind: 'sent', at: now(), ...(before ? { before: before.value, beforeAt: before.observedAt } : {}) },
      async (tx) => {
        used = await useConsent(tx, command, now());
        if (!used) throw new ConsentGone();
        await report(tx, first);
      },
    ).catch((error: unknown) => {
      if (!(error instanceof ConsentGone)) throw error;
      return move(id, { kind: 'late', at: now() });
    });
    // Of two who come here at once only the one that used the consent goes on.
    if (!used || sent?.state !== 'running') return;
    failpoint('edge.command.stored');
    // The machine may have begun to move while that was written.
    const last = look();
    if (last.why) return void (await move(id, { kind: 'withheld', at: now(), why: last.why }, async (tx) => void (await report(tx, last))));
    await send(command.thing, { id, name: command.action, args: command.args, expires: Math.floor(now()) + answersWithinMs, lease }).catch(
      (err) => {
        log.warn({ err: String(err), command: id }, 'a command did not reach the broker');
        return move(id, { kind: 'outcome', at: now(), state: 'failed', detail: 'the broker did not take it' });
      },
    );
    failpoint('edge.command.sent');
  };
}

class ConsentGone extends Error {}

const gone = { en: 'This machine no longer offers that.', zh: '这台设备已不再提供这项操作。' };

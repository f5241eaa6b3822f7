import { type CommandReport, commandReport } from '@wayside/contract';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';
import type { Command } from './command.ts';

/** What people see of a command. */
export const reportOf = (command: Command): CommandReport => commandReport.parse(command);

/** Keeps a command as it stands now, and its record for the hub, in the caller's transaction. */
export async function keepCommand(tx: Db, command: Command, now: number): Promise<void> {
  const row = { state: command.state, body: JSON.stringify(command) };
  await tx
    .insertInto('command')
    .values({ id: command.command, session: command.session, thing: command.thing, at: command.proposedAt, ...row })
    .onConflict((c) => c.column('id').doUpdateSet(row))
    .execute();
  await enqueue(tx, 'command', reportOf(command), now);
}

/** The commands of a conversation, oldest first; the newest fifty. */
export async function commandsOf(db: Db, session: string): Promise<CommandReport[]> {
  const rows = await db.selectFrom('command').select('body').where('session', '=', session).orderBy('at', 'desc').limit(50).execute();
  return rows.reverse().map(({ body }) => reportOf(JSON.parse(body) as Command));
}

/** So long one may say "undo" and be understood. */
const undoableMs = 10 * 60_000;

/** Carried out, as the device says, whether or not its readings show that yet. */
const carriedOut = new Set<CommandReport['state']>(['done', 'confirmed', 'reading-back', 'not-seen']);

/** The command of a conversation that was done last, if it can be taken back and is not long past. */
export async function lastUndoable(db: Db, session: string, now: number): Promise<CommandReport | undefined> {
  const last = (await commandsOf(db, session)).findLast(({ state }) => carriedOut.has(state));
  return last?.undo && now - last.changedAt < undoableMs ? last : undefined;
}

/** The commands that still waited for something when this edge stopped. */
export async function openCommands(db: Db): Promise<Command[]> {
  const rows = await db
    .selectFrom('command')
    .select('body')
    .where('state', 'in', ['proposed', 'consented', 'running', 'reading-back'])
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Command);
}

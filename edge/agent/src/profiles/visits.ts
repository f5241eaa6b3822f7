import { sql } from 'kysely';
import { type Erasing, eraseRecorded } from '../record/erase.ts';
import type { Db } from '../store/schema.ts';

/** Without a word for so long, a guest has gone. */
export const guestStaysMs = 30 * 60_000;

const asked: Erasing = { reason: 'the person asked for it, or was a guest' };

/**
 * Erases the conversations of these sessions: every word of them, or every one until `before`. What was done to a machine, and that a person was asked
 * for, stays as the record of it, without the words. In the caller's transaction; call `overwrite` after it.
 */
export async function eraseSessions(tx: Db, sessions: readonly string[], now: number, erasing = asked): Promise<void> {
  if (sessions.length === 0) return;
  const before = erasing.before ?? Number.MAX_SAFE_INTEGER;
  await eraseRecorded(tx, sessions, erasing, now);
  await tx.deleteFrom('turn').where('session', 'in', sessions).where('at', '<', before).execute();
  await tx.deleteFrom('stepTried').where('session', 'in', sessions).where('at', '<', before).execute();
  await tx.updateTable('observation').set({ session: null }).where('session', 'in', sessions).where('at', '<', before).execute();
  await tx.updateTable('handoff').set({ capsule: '{}' }).where('session', 'in', sessions).where('at', '<', before).execute();
  await tx.updateTable('consent').set({ person: null }).where('session', 'in', sessions).where('at', '<', before).execute();
  if (erasing.before === undefined) await tx.deleteFrom('session').where('id', 'in', sessions).execute();
}

/** The store zeroes what it deletes; with this, nothing of it is left in the write-ahead log either (sqlite.org/wal.html §3). */
export async function overwrite(db: Db): Promise<void> {
  await sql.raw('pragma wal_checkpoint(truncate)').execute(db);
}

export async function sessionsOf(db: Db, person: string): Promise<string[]> {
  return (await db.selectFrom('session').select('id').where('person', '=', person).execute()).map(({ id }) => id);
}

/** When the first of these conversations began, ms; undefined when there are none. */
export async function firstBegan(db: Db, sessions: readonly string[]): Promise<number | undefined> {
  if (sessions.length === 0) return undefined;
  const row = await db
    .selectFrom('session')
    .select((e) => e.fn.min('startedAt').as('began'))
    .where('id', 'in', sessions)
    .executeTakeFirst();
  return row?.began ?? undefined;
}

/** Those of their conversations that no technician was given. */
export async function unasked(db: Db, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom('session')
    .select('id')
    .where('person', '=', person)
    .where('id', 'not in', (e) => e.selectFrom('handoff').select('session'))
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Guests whose visit is over: nobody spoke for half an hour, and none of them waits for a technician.
 * @returns their ids
 */
export async function guestsGone(db: Db, now: number): Promise<string[]> {
  const rows = await db
    .selectFrom('session')
    .leftJoin('turn', 'turn.session', 'session.id')
    .leftJoin('handoff', (join) => join.onRef('handoff.session', '=', 'session.id').on('handoff.state', '!=', 'resolved'))
    .select('session.person')
    .select((e) => [e.fn.max('turn.at').as('said'), e.fn.max('session.startedAt').as('began'), e.fn.count('handoff.case').as('waits')])
    // Every id that begins with g_, and no other.
    .where('session.person', '>=', 'g_')
    .where('session.person', '<', 'g`')
    .groupBy('session.person')
    .execute();
  return rows
    .filter(({ said, began, waits }) => Number(waits) === 0 && Math.max(Number(said ?? 0), Number(began)) < now - guestStaysMs)
    .flatMap(({ person }) => person ?? []);
}

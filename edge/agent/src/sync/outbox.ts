import type { PersonReport, UpKind, UpRecord, upBodies } from '@wayside/contract';
import { newId } from '@wayside/protocol';
import type { Bulk } from '@wayside/sqlite';
import { sql } from 'kysely';
import type { z } from 'zod';
import { note } from '../record/note.ts';
import type { Db } from '../store/schema.ts';

type Body<K extends UpKind> = z.infer<(typeof upBodies)[K]>;

/**
 * Records that something happened, and puts it for the hub beside the change it tells of: call it with the transaction that makes the
 * change, so that all are stored or none. The sequence number is the row's, taken inside that transaction.
 * @returns the record's id
 */
export async function enqueue<K extends UpKind>(db: Db, kind: K, body: Body<K>, now: number): Promise<string> {
  const act = async (tx: Db): Promise<string> => {
    const id = newId('r', now);
    const session = 'session' in body && typeof body.session === 'string' ? body.session : undefined;
    const salt = await note(tx, id, kind, body, now, session);
    await insert(tx, id, kind, body, now, salt);
    return id;
  };
  return db.isTransaction ? act(db) : db.transaction().execute(act);
}

/** Records what happened and is to stay here: of it the hub gets the commitment alone. */
export async function recordHere<K extends UpKind>(tx: Db, kind: K, body: Body<K> & { session: string }, now: number): Promise<void> {
  await note(tx, newId('r', now), kind, body, now, body.session);
}

/** Puts for the hub what is no happening of its own: seals, and signatures as a witness. */
export const queue = <K extends 'seal' | 'cosignature'>(tx: Db, kind: K, body: Body<K>, now: number): Promise<void> =>
  insert(tx, newId('r', now), kind, body, now, null);

async function insert(tx: Db, id: string, kind: string, body: unknown, now: number, salt: string | null): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({ id, kind, at: Math.floor(now), body: JSON.stringify(body), salt })
    .execute();
}

/**
 * Takes back what still waits of these conversations, in the caller's transaction. Each record becomes the word that it is gone: no number
 * may be missing from the stream.
 */
export async function takeBack(tx: Db, sessions: readonly string[], kinds: readonly UpKind[], instead: PersonReport): Promise<void> {
  if (sessions.length === 0) return;
  await tx
    .updateTable('outbox')
    .set({ kind: 'person', body: JSON.stringify(instead), salt: null })
    .where('kind', 'in', kinds)
    .where(sql<string>`json_extract(body, '$.session')`, 'in', sessions)
    .execute();
}

/** As `enqueue`, as a statement to be run with the change it tells of. */
export function enqueueing<K extends UpKind>(kind: K, body: z.infer<(typeof upBodies)[K]>, now: number): Bulk {
  return {
    sql: 'insert into outbox (id, kind, at, body) values (?, ?, ?, ?)',
    rows: [[newId('r', now), kind, Math.floor(now), JSON.stringify(body)]],
  };
}

/** The next records the hub has not acknowledged, in order. */
export async function waiting(db: Db, limit: number): Promise<UpRecord[]> {
  const rows = await db.selectFrom('outbox').selectAll().orderBy('seq').limit(limit).execute();
  return rows.map(({ salt, ...row }) => ({ ...row, body: JSON.parse(row.body) as unknown, ...(salt === null ? {} : { salt }) }));
}

/** How many records wait for the hub. */
export async function countWaiting(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The hub has stored everything up to `seq`; it need not wait here any longer. */
export async function acknowledged(db: Db, seq: number): Promise<void> {
  await db.deleteFrom('outbox').where('seq', '<=', seq).execute();
}

/** The highest number a record of this epoch was ever given. */
export async function lastNumber(db: Db): Promise<number> {
  const { rows } = await sql<{ seq: number }>`select seq from sqlite_sequence where name = 'outbox'`.execute(db);
  return rows[0]?.seq ?? 0;
}

/**
 * What still waits is numbered anew, from one, in a new epoch: for a hub that never heard of us, or one that has heard more from us than we know.
 * @returns the new epoch
 */
export async function renumber(tx: Db, now: number): Promise<string> {
  const epoch = newId('ep', now);
  await tx.updateTable('meta').set({ value: epoch }).where('key', '=', 'epoch').execute();
  const rows = await tx.selectFrom('outbox').select(['id', 'kind', 'at', 'body', 'salt']).orderBy('seq').execute();
  await tx.deleteFrom('outbox').execute();
  await sql`delete from sqlite_sequence where name = 'outbox'`.execute(tx);
  for (const row of rows) await tx.insertInto('outbox').values(row).execute();
  return epoch;
}

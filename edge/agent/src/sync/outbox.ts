import type { PersonReport, UpKind, UpRecord, upBodies } from '@wayside/contract';
import { newId } from '@wayside/protocol';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Db } from '../store/schema.ts';

/**
 * Puts a record for the hub beside the change it tells of: call it with the transaction that makes the change, so that
 * both are stored or neither. The sequence number is the row's, taken inside that transaction.
 */
export async function enqueue<K extends UpKind>(tx: Db, kind: K, body: z.infer<(typeof upBodies)[K]>, now: number): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({ id: newId('r', now), kind, at: Math.floor(now), body: JSON.stringify(body) })
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
    .set({ kind: 'person', body: JSON.stringify(instead) })
    .where('kind', 'in', kinds)
    .where(sql<string>`json_extract(body, '$.session')`, 'in', sessions)
    .execute();
}

/** The next records the hub has not acknowledged, in order. */
export async function waiting(db: Db, limit: number): Promise<UpRecord[]> {
  const rows = await db.selectFrom('outbox').selectAll().orderBy('seq').limit(limit).execute();
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as unknown }));
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

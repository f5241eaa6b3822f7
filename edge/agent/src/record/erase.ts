import { sql } from 'kysely';
import type { Db } from '../store/schema.ts';
import { enqueue, scrub } from '../sync/outbox.ts';

/** One erasure entry names at most so many. */
const perEntry = 5_000;
/** What was done to a machine is no person's; what an erasure or an export said is needed to read the record, and holds nothing of them. */
const stays = ['command', 'outcome', 'erase', 'export'];

/** Why something recorded goes. `age`: because its time is over; then with `before` only what was recorded until then (epoch ms). */
export type Erasing = { reason: string; why?: 'age'; before?: number };

/**
 * Erases what was recorded of these conversations, in the caller's transaction: bodies and salts go, the entries stay and commit to what nobody
 * can know any more. An entry says what was erased and why, so that a hole is never silent.
 */
export async function eraseRecorded(tx: Db, sessions: readonly string[], erasing: Erasing, now: number): Promise<void> {
  for (const session of sessions) {
    const rows = await bodies(tx)
      .where('session', '=', session)
      .$if(erasing.before !== undefined, (q) => q.where('at', '<', erasing.before as number))
      .execute();
    await erase(
      tx,
      rows.map(({ n }) => n),
      { session, ...erasing },
      now,
    );
  }
}

/** Erases what was recorded of a person outside conversations: their name, what they let be shared, and that their voice was known. */
export async function eraseRecordedOf(tx: Db, person: string, reason: string, now: number): Promise<void> {
  const rows = await bodies(tx)
    .where('kind', 'in', ['person', 'agreement'])
    .where(sql<string>`json_extract("recordBody".body, '$.person')`, '=', person)
    .execute();
  await erase(
    tx,
    rows.map(({ n }) => n),
    { reason },
    now,
  );
}

const bodies = (tx: Db) =>
  tx
    .selectFrom('recordEntry')
    .innerJoin('recordBody', 'recordBody.n', 'recordEntry.n')
    .select('recordEntry.n')
    .where('kind', 'not in', stays)
    .orderBy('recordEntry.n');

async function erase(tx: Db, places: number[], said: Erasing & { session?: string }, now: number): Promise<void> {
  for (let i = 0; i < places.length; i += perEntry) {
    const erased = places.slice(i, i + perEntry);
    const ids = await tx.selectFrom('recordEntry').select('id').where('n', 'in', erased).execute();
    await scrub(
      tx,
      ids.map(({ id }) => id),
      now,
    );
    await tx.deleteFrom('recordBody').where('n', 'in', erased).execute();
    await enqueue(tx, 'erase', { ...said, erased, at: Math.floor(now) }, now);
  }
}

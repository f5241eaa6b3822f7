import { type Ages, whetherToForget } from '@wayside/contract';
import { sql } from 'kysely';
import type { Log } from '../log.ts';
import type { Erasing } from '../record/erase.ts';
import type { Db } from '../store/schema.ts';
import { readCheckpoint, writeCheckpoint } from '../sync/checkpoint.ts';
import { takeBack } from '../sync/outbox.ts';
import { eraseSessions, overwrite } from './visits.ts';

/** How long what was said is kept, ms: where nobody else was asked for, and where a technician was. */
export type Limits = { talkMs: number; caseMs: number };
type Due = { session: string; before: number; whole: boolean };

/** So many conversations go in one transaction: nobody who speaks meanwhile waits long. */
const atOnce = 20;
/** No conversation is older than this program: a clock that shows less had not been set yet. */
const program = Date.UTC(2026, 0, 1);

/**
 * Forgets conversations whose time is over, as an erasure does: bodies and salts go, the entries stay, one more says what went and that it was by age. Of one
 * that goes on, what is too old goes. One in which a technician is still asked for stays whole.
 */
export function createAging(parts: { db: Db; limits: Limits; log: Log; now: () => number; onRecord(): void }) {
  const { db, limits, log, now, onRecord } = parts;

  async function forget(tx: Db, { session, before, whole }: Due): Promise<void> {
    const erasing: Erasing = { reason: 'it was older than conversations are kept here', why: 'age', ...(whole ? {} : { before }) };
    await eraseSessions(tx, [session], now(), erasing);
    // What no hub has taken yet is too old as well.
    await takeBack(tx, [session], ['session', 'turn', 'handoff', 'raise'], { at: Math.floor(now()) }, erasing.before);
  }
  async function forgetSome(): Promise<number> {
    return db.transaction().execute(async (tx) => {
      const due = await dueByAge(tx, now(), limits, atOnce);
      for (const one of due) await forget(tx, one);
      return due.length;
    });
  }
  async function forgetAll(): Promise<void> {
    let count = 0;
    for (let some = await forgetSome(); some > 0; some = await forgetSome()) count += some;
    const { numDeletedRows } = await db
      .deleteFrom('elsewhere')
      .where('at', '<', Math.floor(now() - limits.talkMs))
      .executeTakeFirst();
    if (count === 0 && numDeletedRows === 0n) return;
    await overwrite(db);
    onRecord();
    log.info({ conversations: count, ofOtherPlaces: Number(numDeletedRows) }, 'conversations whose time was over are forgotten');
  }

  return {
    /** Call about once an hour; it does something once a day. What was interrupted goes on with the next call. */
    async tick(): Promise<void> {
      const kept: Ages = { ranAt: await readCheckpoint(db, 'aged'), doubtAt: await readCheckpoint(db, 'aged-doubt') };
      const { run, ranAt, doubtAt } = whetherToForget(kept, Math.floor(now()));
      if (run) await forgetAll();
      if (ranAt !== kept.ranAt) await writeCheckpoint(db, 'aged', ranAt);
      if (doubtAt !== kept.doubtAt) await writeCheckpoint(db, 'aged-doubt', doubtAt);
    },
  };
}

/**
 * Conversations in which something was said longer ago than its kind is kept, the oldest first. What was said while the clock was not set is as old as the next
 * that was said after it.
 */
async function dueByAge(db: Db, now: number, { talkMs, caseMs }: Limits, most: number): Promise<Due[]> {
  const [talk, handed] = [Math.floor(now - talkMs), Math.floor(now - caseMs)];
  const { rows } = await sql<{ session: string; last: number; before: number }>`
    with told as (
      select id, startedAt, (select min(at) from turn where session = s.id and at >= ${program}) as first,
        (select max(at) from turn where session = s.id) as last, (select max(at) from handoff where session = s.id) as asked, (select max(position) from turn where session = s.id) as place,
        case when exists (select 1 from handoff where session = s.id) then ${handed} else ${talk} end as before
      from session s where startedAt < ${Math.max(talk, handed)} and not exists (select 1 from handoff where session = s.id and state <> 'resolved')),
    aged as (
      select id, startedAt, before, asked, case when coalesce(last, startedAt) >= ${program} then coalesce(last, startedAt)
        else coalesce((select at from turn where position > coalesce(place, 0) and at >= ${program} order by position limit 1), ${now}) end as last,
        coalesce(first, case when startedAt >= ${program} then startedAt end) as first
      from told)
    select id as session, last, before from aged where last < before or (first < before and coalesce(asked, 0) < before) order by startedAt limit ${most}`.execute(
    db,
  );
  return rows.map(({ session, last, before }) => ({ session, before, whole: last < before }));
}

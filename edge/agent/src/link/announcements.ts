import type { Db } from '../store/schema.ts';

/** A site may keep so many; the oldest stay, since they belong to things that are there. */
const most = 5_000;

/** Keeps what a foreign device announced; an empty message takes it back. */
export async function keepAnnouncement(db: Db, topic: string, payload: string): Promise<void> {
  if (payload === '') {
    await db.deleteFrom('announcement').where('topic', '=', topic).execute();
    return;
  }
  const known = await db.selectFrom('announcement').select('payload').where('topic', '=', topic).executeTakeFirst();
  if (known?.payload === payload) return;
  const { count } = await db
    .selectFrom('announcement')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (!known && count >= most) return;
  await db
    .insertInto('announcement')
    .values({ topic, payload })
    .onConflict((c) => c.column('topic').doUpdateSet({ payload }))
    .execute();
}

/** What was announced before the restart, in no particular order. */
export const announcements = (db: Db) => db.selectFrom('announcement').selectAll().execute();

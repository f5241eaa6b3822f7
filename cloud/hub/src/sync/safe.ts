import { sql } from 'kysely';
import type { Db } from '../store/schema.ts';

/** How far each edge's stream had come at one moment. */
export type Reached = { edge: string; epoch: string; durableThrough: number }[];

/** What a copy of this store that is made from now on will hold at the least. */
export const reached = (db: Db): Promise<Reached> => db.selectFrom('upStream').select(['edge', 'epoch', 'durableThrough']).execute();

/** A copy that holds all of this is on another disk: edges may forget it. */
export async function markSafe(db: Db, streams: Reached): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const { edge, epoch, durableThrough } of streams)
      await tx
        .updateTable('upStream')
        .set({ safeThrough: durableThrough })
        .where('edge', '=', edge)
        .where('epoch', '=', epoch)
        .where('safeThrough', '<', durableThrough)
        .execute();
  });
}

/**
 * Where no copies are made, an edge keeps what it told for a time and then forgets it: whoever finds this disk lost within that time has the
 * fleet fill it again. Looked for is the first record that is newer, which is the next one as a rule: to look through what came in this time would hold
 * up everybody, the longer the more there is of it.
 * @param before what came earlier than this, epoch ms
 */
export async function trustOlder(db: Db, before: number): Promise<void> {
  await sql`update "upStream" set "safeThrough" = coalesce((select r.seq - 1 from "upRecord" r where r.edge = "upStream".edge and r.epoch = "upStream".epoch
    and r.seq > "upStream"."safeThrough" and r.seq <= "upStream"."durableThrough" and r."receivedAt" > ${Math.floor(before)} order by r.seq limit 1),
    "durableThrough") where "safeThrough" < "durableThrough"`.execute(db);
}

import type { UpRecord } from '@wayside/contract';
import type { Db } from '../store/schema.ts';
import { overtook, toldThrough, urgentAfter } from './outbox.ts';

/** The numbers of records the hub already has although others before them are still on their way. */
export async function overtaken(db: Db): Promise<number[]> {
  const rows = await db.selectFrom('checkpoint').select('value').where('name', 'like', `${overtook}%`).execute();
  return rows.map(({ value }) => value);
}

/** What is to overtake a long line: what somebody waits for and the hub does not have yet. @param beyond the last number that goes in its turn now */
export async function nextAhead(db: Db, beyond: number, limit: number): Promise<UpRecord[]> {
  const there = new Set(await overtaken(db));
  return (await urgentAfter(db, beyond, limit + there.size)).filter(({ seq }) => !there.has(seq)).slice(0, limit);
}

/** The hub has these. Those the stream has reached need not be remembered. */
export async function keepOvertaken(db: Db, numbers: readonly number[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const value of numbers)
      await tx
        .insertInto('checkpoint')
        .values({ name: `${overtook}${value}`, value })
        .onConflict((c) => c.doNothing())
        .execute();
    await tx
      .deleteFrom('checkpoint')
      .where('name', 'like', `${overtook}%`)
      .where('value', '<=', await toldThrough(tx))
      .execute();
  });
}

import type { UpRecord } from '@wayside/contract';
import { later } from '@wayside/sqlite';
import type { Db } from '../store/schema.ts';
import { overtook, urgentAfter } from './outbox.ts';

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

/** The hub has these. Those the stream has reached, which is at `through`, need not be remembered. */
export async function keepOvertaken(tx: Db, numbers: readonly number[], through: number): Promise<void> {
  for (const value of numbers) {
    const row = tx.insertInto('checkpoint').values({ name: `${overtook}${value}`, value });
    await later(
      tx,
      row.onConflict((c) => c.doNothing()),
    );
  }
  await later(tx, tx.deleteFrom('checkpoint').where('name', 'like', `${overtook}%`).where('value', '<=', through));
}

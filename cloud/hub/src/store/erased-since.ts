import type { Change } from './change.ts';
import type { Db } from './schema.ts';

const name = 'erased-since-copy';

/** Copies of this store that were made before now hold what was just erased, in the caller's transaction. */
export async function copiesHoldErased({ tx, now }: Pick<Change, 'tx' | 'now'>): Promise<void> {
  const values = { valueJson: String(Math.floor(now)), by: 'hub', updatedAt: Math.floor(now) };
  await tx
    .insertInto('setting')
    .values({ name, ...values })
    .onConflict((c) => c.column('name').doUpdateSet(values))
    .execute();
}

/** When something was last erased that copies may still hold, ms; undefined when they hold nothing of the kind. */
export async function erasedSinceCopy(db: Db): Promise<number | undefined> {
  const row = await db.selectFrom('setting').select('valueJson').where('name', '=', name).executeTakeFirst();
  return row && Number(row.valueJson);
}

/** The copies that held what was erased until then are gone. */
export async function copiesAreClean(db: Db, until: number): Promise<void> {
  await db.deleteFrom('setting').where('name', '=', name).where('valueJson', '=', String(until)).execute();
}

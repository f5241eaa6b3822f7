import type { Db } from '../store/schema.ts';

/** A named place in a stream, kept in the same store as what it counts. */
export async function readCheckpoint(db: Db, name: string): Promise<number> {
  return (await db.selectFrom('checkpoint').select('value').where('name', '=', name).executeTakeFirst())?.value ?? 0;
}

export async function writeCheckpoint(tx: Db, name: string, value: number): Promise<void> {
  await tx
    .insertInto('checkpoint')
    .values({ name, value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute();
}

import type { Tip } from '@wayside/record';
import { z } from 'zod';
import type { Db } from '../store/schema.ts';

const place = z.int().nonnegative();
/** Where the record has come to, and with which key this life of it began. */
const kept = z.object({
  edge: z.string(),
  epoch: z.int().min(1),
  key: z.int().min(1),
  seals: place,
  link: z.string(),
  last: place,
  head: z.string(),
  /** The number of the first key, and the last entry before it: above 1 and 0 only when a key was lost. */
  begins: z.object({ key: z.int().min(1), after: place }),
  /** When the key in use was made. */
  keyAt: z.number(),
});
export type KeptTip = Tip & z.infer<typeof kept>;

const name = 'recordTip';

export async function readTip(db: Db): Promise<KeptTip | undefined> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', name).executeTakeFirst();
  return row && kept.parse(JSON.parse(row.value));
}

export async function writeTip(tx: Db, tip: KeptTip): Promise<void> {
  const value = JSON.stringify(tip);
  await tx
    .insertInto('meta')
    .values({ key: name, value })
    .onConflict((c) => c.column('key').doUpdateSet({ value }))
    .execute();
}

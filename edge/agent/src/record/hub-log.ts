import { z } from 'zod';
import type { Db } from '../store/schema.ts';

/** The hub's log as this edge last signed for it: the key it is pinned to, size and root, the checkpoint, and our signature. */
const hubLog = z.object({
  vkey: z.string(),
  size: z.int().nonnegative(),
  root: z.string(),
  checkpoint: z.string(),
  cosignature: z.string(),
});
export type HubLog = z.infer<typeof hubLog>;

const name = 'hubLog';

export async function readHubLog(db: Db): Promise<HubLog | undefined> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', name).executeTakeFirst();
  return row && hubLog.parse(JSON.parse(row.value));
}

export async function writeHubLog(tx: Db, log: HubLog): Promise<void> {
  const value = JSON.stringify(log);
  await tx
    .insertInto('meta')
    .values({ key: name, value })
    .onConflict((c) => c.column('key').doUpdateSet({ value }))
    .execute();
}

/** Another hub has another log: what the one before signed is of no use with it. */
export async function forgetHubLog(tx: Db): Promise<void> {
  await tx.deleteFrom('meta').where('key', '=', name).execute();
  await tx.updateTable('recordSeal').set({ receipt: null, witnesses: 0 }).execute();
}

import { type Restoration, restoration } from '@wayside/record';
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

/** What this edge knew of a log that is no more, and the word with which it ended: kept as evidence. */
const ended = z.array(z.object({ log: hubLog, said: restoration }));
type EndedLog = z.infer<typeof ended>[number];

const name = 'hubLog';
const endedName = 'hubLogsEnded';
const mostEnded = 16;

export async function readHubLog(db: Db): Promise<HubLog | undefined> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', name).executeTakeFirst();
  return row && hubLog.parse(JSON.parse(row.value));
}

export const writeHubLog = (tx: Db, log: HubLog): Promise<void> => write(tx, name, log);

export async function readEndedLogs(db: Db): Promise<EndedLog[]> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', endedName).executeTakeFirst();
  return row ? ended.parse(JSON.parse(row.value)) : [];
}

/** The log this edge knew has ended; of the one after it nothing was seen yet. */
export async function endHubLog(tx: Db, log: HubLog, said: Restoration): Promise<void> {
  await write(tx, endedName, [...(await readEndedLogs(tx)), { log, said }].slice(-mostEnded));
  await writeHubLog(tx, { vkey: said.hub, size: 0, root: '', checkpoint: '', cosignature: '' });
}

async function write(tx: Db, key: string, what: unknown): Promise<void> {
  const value = JSON.stringify(what);
  await tx
    .insertInto('meta')
    .values({ key, value })
    .onConflict((c) => c.column('key').doUpdateSet({ value }))
    .execute();
}

/** Another hub has another log: what the one before signed is of no use with it. */
export async function forgetHubLog(tx: Db): Promise<void> {
  await tx.deleteFrom('meta').where('key', 'in', [name, endedName]).execute();
  await tx.updateTable('recordSeal').set({ receipt: null, witnesses: 0 }).execute();
}

import { rename, rm } from 'node:fs/promises';
import { WaysideError } from '@wayside/protocol';
import { DiskError, type Salvaged } from '@wayside/sqlite';
import { sql } from 'kysely';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { articleOf } from '../knowledge/take-in.ts';
import type { Log } from '../log.ts';
import { mendRecord } from '../record/mend.ts';
import { type Identity, readIdentity } from '../store/identity.ts';
import { type EdgeStore, named, openBare, openEdgeStore, orClosed } from '../store/open.ts';
import type { Db } from '../store/schema.ts';
import { isItsFault, setAside, setLogAside, sizeOf } from '../store/set-aside.ts';
import { writeCheckpoint } from '../sync/checkpoint.ts';
import { enqueue, renumber } from '../sync/outbox.ts';

/** A larger store is looked through when service has begun: whoever waits for help does not wait for that. */
export const inspectedUpTo = 256 * 2 ** 20;
/** What a damaged store still tells is taken over for so long; service must go on within ten seconds. */
const salvageMs = 6_000;

/**
 * Opens the edge's store. One that will not open or is damaged is set aside under its name and the time; what can still be read of it comes over
 * into a new one, in a new epoch, the record says what happened, and service goes on.
 * @param known why it is not to be used any more, found while it was in use: then it is not tried again
 * @param onDamage told when it is found damaged later, while it is in use
 * @throws WaysideError when the file is not to blame (`conflict`, `storage-full`, `unavailable`)
 */
export async function openOrRescue(
  file: string,
  identityFile: string,
  log: Log,
  now: () => number,
  onDamage?: (error: Error) => void,
  known?: string,
): Promise<EdgeStore> {
  const who = await readIdentity(identityFile);
  await finish(file, now());
  let inUse = false;
  const whenInUse = (error: Error) => inUse && onDamage?.(error);
  const found = known === undefined ? await open(file, now, who, whenInUse) : { damage: known };
  if ('store' in found) {
    inUse = true;
    return found.store;
  }
  await makeAnew(file, who, found.damage, now);
  const aside = await setAside(file, now());
  await rename(mendingOf(file), file);
  const store = await openEdgeStore(file, now, who, whenInUse);
  inUse = true;
  log.error(
    { err: found.damage, file, aside },
    'the store was damaged: it is set aside, what could be read of it came over, and the edge goes on in a new epoch',
  );
  return store;
}

async function open(
  file: string,
  now: () => number,
  who: Identity | undefined,
  onDamage: (error: Error) => void,
): Promise<{ store: EdgeStore } | { damage: string }> {
  // Once or twice a disk may answer with an error and be well again: that is no reason to leave a store.
  for (let left = 3; ; left--) {
    const found = await openOnce(file, now, who, onDamage);
    if (!('damage' in found) || !found.diskError || left === 0) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function openOnce(
  file: string,
  now: () => number,
  who: Identity | undefined,
  onDamage: (error: Error) => void,
): Promise<{ store: EdgeStore } | { damage: string; diskError?: boolean }> {
  const size = await sizeOf(file);
  let store: EdgeStore | undefined;
  try {
    store = await openEdgeStore(file, now, who, onDamage);
    const damage = size > 0 && size <= inspectedUpTo ? await store.inspect() : undefined;
    if (damage === undefined) return { store };
    await store.close();
    return { damage };
  } catch (error) {
    await store?.close().catch(() => {});
    if (size === 0 || !isItsFault(error)) throw error;
    return { damage: (error as Error).message, diskError: error instanceof DiskError };
  }
}

/** Where a new store is made beside the damaged one. Only when it is whole does it take its place, so a rescue may end at any moment. */
const mendingOf = (file: string): string => `${file}.mending`;

/** A rescue that ended when the old store was aside and the new one not yet in its place. */
async function finish(file: string, now: number): Promise<void> {
  if ((await sizeOf(file)) > 0 || (await sizeOf(mendingOf(file))) === 0) return;
  // The log of the old one may not be taken for that of the new one.
  await setLogAside(file, now);
  await rename(mendingOf(file), file);
}

/** Makes the store that comes in the place of the damaged one, with what can be read of that. */
async function makeAnew(file: string, who: Identity | undefined, damage: string, now: () => number): Promise<void> {
  const mending = mendingOf(file);
  for (const left of [mending, `${mending}-wal`]) await rm(left, { force: true });
  const made = await orClosed(await openBare(mending), async (bare) => {
    const salvaged = await bare.salvage(file, salvageMs);
    const store = await named(bare, now, who);
    await store.db.transaction().execute(async (tx) => {
      if (who?.hubToken !== undefined)
        await tx
          .insertInto('meta')
          .values({ key: 'hubToken', value: who.hubToken })
          .onConflict((c) => c.doNothing())
          .execute();
      await reshelve(tx);
      // What the hub has told is looked through again: some of it may be what was lost.
      await writeCheckpoint(tx, 'down', 0);
      const goesOn = await mendRecord(tx);
      const detail = `${damage.slice(0, 200)}; read: ${toldOf(salvaged)}${goesOn ? '' : '; the record begins anew'}`;
      await enqueue(tx, 'gap', { of: 'records', reason: 'damage', detail: detail.slice(0, 500), at: Math.floor(now()) }, now());
      await renumber(tx, now());
    });
    // Closing would do it too, but says nothing when it cannot: then what came over lies in the log, which is not what takes the place.
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(store.db);
    if (rows[0]?.busy !== 0) throw new WaysideError('unavailable', `The new store ${mending} could not be finished.`);
    return store;
  });
  await made.close();
}

const toldOf = (salvaged: readonly Salvaged[]): string => {
  const broken = salvaged.filter(({ whole }) => !whole).map(({ table, rows }) => `${table} in part (${rows})`);
  if (salvaged.length === 0) return 'nothing';
  return broken.length === 0 ? 'all tables' : `all tables but ${broken.join(', ')}`;
};

/** The index of the articles is no table that comes over: it is made again from what does. */
async function reshelve(tx: Db): Promise<void> {
  const rows = await tx.selectFrom('article').selectAll().where('origin', '!=', 'pack').execute();
  await tx.deleteFrom('article').execute();
  const shelf = createKnowledge(tx);
  for (const row of rows) await shelf.put(articleOf(row), 'hub');
}

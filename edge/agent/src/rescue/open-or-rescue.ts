import type { Salvaged } from '@wayside/sqlite';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { articleOf } from '../knowledge/take-in.ts';
import type { Log } from '../log.ts';
import { mendRecord } from '../record/mend.ts';
import { type Identity, readIdentity } from '../store/identity.ts';
import { type EdgeStore, named, openBare, openEdgeStore } from '../store/open.ts';
import type { Db } from '../store/schema.ts';
import { isItsFault, setAside, sizeOf } from '../store/set-aside.ts';
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
  let inUse = false;
  const whenInUse = (error: Error) => inUse && onDamage?.(error);
  const found = known === undefined ? await open(file, now, who, whenInUse) : { damage: known };
  if ('store' in found) {
    inUse = true;
    return found.store;
  }
  const aside = await setAside(file, now());
  // What is read from the damaged file may be damaged: that is no news, and no reason to end.
  const store = await beginAnew(file, aside, who, found.damage, now, whenInUse);
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
    return { damage: (error as Error).message };
  }
}

async function beginAnew(
  file: string,
  aside: string,
  who: Identity | undefined,
  damage: string,
  now: () => number,
  onDamage: (error: Error) => void,
): Promise<EdgeStore> {
  const bare = await openBare(file, onDamage);
  // Not a database at all: then nothing comes over.
  const salvaged = await bare.salvage(aside, salvageMs).catch((): Salvaged[] => []);
  const store = await named(bare, now, who);
  const epoch = await store.db.transaction().execute(async (tx) => {
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
    return renumber(tx, now());
  });
  return { ...store, epoch };
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

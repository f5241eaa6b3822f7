import { rename } from 'node:fs/promises';
import { DiskError } from '@wayside/sqlite';
import type { Log } from '../log.ts';
import { type Identity, readIdentity } from '../store/identity.ts';
import { type EdgeStore, openEdgeStore } from '../store/open.ts';
import { isItsFault, setAside, setLogAside, sizeOf } from '../store/set-aside.ts';
import { makeAnew, mendingOf } from './make-anew.ts';

/** A larger store is looked through when service has begun: whoever waits for help does not wait for that. */
export const inspectedUpTo = 256 * 2 ** 20;
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
  // Once or twice a disk may answer with an error and be well again: that is no reason to leave a store. SQLite calls damage what could not be read, too.
  let seen = 0;
  for (let left = 3; ; left--) {
    const found = await openOnce(file, now, who, onDamage);
    if (!('damage' in found) || left === 0 || (!found.diskError && ++seen === 2)) return found;
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

/** A rescue that ended when the old store was aside and the new one not yet in its place. */
async function finish(file: string, now: number): Promise<void> {
  if ((await sizeOf(file)) > 0 || (await sizeOf(mendingOf(file))) === 0) return;
  // The log of the old one may not be taken for that of the new one.
  await setLogAside(file, now);
  await rename(mendingOf(file), file);
}

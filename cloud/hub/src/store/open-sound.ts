import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { WaysideError } from '@wayside/protocol';
import { Damaged, DiskError, openStore, type Store } from '@wayside/sqlite';
import { sql } from 'kysely';
import { migrationsIn } from './migrations.ts';
import type { Schema } from './schema.ts';

/** A larger file would keep edges and technicians waiting while it is looked through. */
const inspectedUpTo = 256 * 2 ** 20;
const tries = 4;
const pauseMs = 200;

/**
 * Opens a hub's file, and looks through it before anything is built on it. A disk that does not give a page for a moment is asked again.
 * @param copies the folder where whole copies of it lie, if there is one
 * @param onBroken told when a page cannot be read while it is in use
 * @throws WaysideError `internal` with the way back when it is damaged; as `openStore` does
 */
export async function openSound(file: string, copies: string | undefined, onBroken?: (error: Error) => void): Promise<Store<Schema>> {
  for (let left = tries; ; left--) {
    const found = await openOnce(file, onBroken);
    if ('store' in found) return found.store;
    if (left > 1) {
      await sleep(pauseMs);
      continue;
    }
    if (found.error instanceof DiskError) throw found.error;
    throw new WaysideError(
      'internal',
      `The hub's store ${file} is damaged (${found.error.message}). Move it aside and put ${
        copies === undefined ? 'a copy of it' : `the newest copy in ${copies}`
      } in its place, with the log-key beside it; without one, start with an empty store and let the edges in by codes. They send what it lacks.`,
      { cause: found.error },
    );
  }
}

async function openOnce(file: string, onBroken?: (error: Error) => void): Promise<{ store: Store<Schema> } | { error: Error }> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  let inUse = false;
  let store: Store<Schema> | undefined;
  try {
    store = await openStore<Schema>(file, migrationsIn('sqlite'), (error) => inUse && onBroken?.(error));
    // What was erased, or lay open and is closed now, is overwritten (sqlite.org/pragma.html#pragma_secure_delete).
    await sql.raw('pragma secure_delete = on').execute(store.db);
    const damage = size > 0 && size <= inspectedUpTo ? await store.inspect() : undefined;
    if (damage !== undefined) throw new Damaged('internal', damage);
    inUse = true;
    return { store };
  } catch (error) {
    await store?.close().catch(() => {});
    if (size > 0 && (error instanceof Damaged || error instanceof DiskError)) return { error };
    throw error;
  }
}

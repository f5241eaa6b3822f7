import { newId } from '@wayside/protocol';
import { openStore, type Store } from '@wayside/sqlite';
import { sql } from 'kysely';
import type { Identity } from './identity.ts';
import { type EdgeSchema, migrations } from './schema.ts';

export type EdgeStore = Store<EdgeSchema> & {
  /** This edge's id, made once. */
  readonly edge: string;
  /** Changes whenever the store is new, so that the hub never takes a fresh sequence for an old one. */
  readonly epoch: string;
};

/** Opens the edge's durable memory, making it (with a new epoch, and a new edge id for who has none) when it is not there. */
export const openEdgeStore = async (
  file: string,
  now: () => number,
  who?: Identity,
  onDamage?: (error: Error) => void,
): Promise<EdgeStore> => orClosed(await openBare(file, onDamage), (store) => named(store, now, who));

/** What comes of a store just opened; when that fails it is closed again, or nobody could open it a second time. */
export async function orClosed<S extends Store<EdgeSchema>, T>(store: S, then: (store: S) => Promise<T>): Promise<T> {
  try {
    return await then(store);
  } catch (error) {
    await store.close().catch(() => {});
    throw error;
  }
}

/** The store before anything in it has a name. */
export async function openBare(file: string, onDamage?: (error: Error) => void): Promise<Store<EdgeSchema>> {
  return orClosed(await openStore<EdgeSchema>(file, migrations, onDamage), async (store) => {
    // What somebody has erased is overwritten, not only out of sight (sqlite.org/pragma.html#pragma_secure_delete).
    await sql.raw('pragma secure_delete = on').execute(store.db);
    return store;
  });
}

/** Whose store it is, and in which epoch its records are numbered. */
export async function named(store: Store<EdgeSchema>, now: () => number, who?: Identity): Promise<EdgeStore> {
  const once = async (key: string, value: string): Promise<string> => {
    await store.db
      .insertInto('meta')
      .values({ key, value })
      .onConflict((c) => c.doNothing())
      .execute();
    return (await store.db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirstOrThrow()).value;
  };
  const edge = await once('edge', who?.edge ?? newId('edge', now()));
  return { ...store, edge, epoch: await once('epoch', newId('ep', now())) };
}

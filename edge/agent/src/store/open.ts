import { newId } from '@wayside/protocol';
import { openStore, type Store } from '@wayside/sqlite';
import { sql } from 'kysely';
import { type EdgeSchema, migrations } from './schema.ts';

export type EdgeStore = Store<EdgeSchema> & {
  /** This edge's id, made once. */
  readonly edge: string;
  /** Changes whenever the store is new, so that the hub never takes a fresh sequence for an old one. */
  readonly epoch: string;
};

/** Opens the edge's durable memory, making it (with a new edge id and epoch) when it is not there. */
export async function openEdgeStore(file: string, now: () => number): Promise<EdgeStore> {
  const store = await openStore<EdgeSchema>(file, migrations);
  // What somebody has erased is overwritten, not only out of sight (sqlite.org/pragma.html#pragma_secure_delete).
  await sql.raw('pragma secure_delete = on').execute(store.db);
  const once = async (key: string, prefix: string): Promise<string> => {
    const value = newId(prefix, now());
    await store.db
      .insertInto('meta')
      .values({ key, value })
      .onConflict((c) => c.doNothing())
      .execute();
    return (await store.db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirstOrThrow()).value;
  };
  return { ...store, edge: await once('edge', 'edge'), epoch: await once('epoch', 'ep') };
}

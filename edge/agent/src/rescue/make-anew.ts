import { rm } from 'node:fs/promises';
import { WaysideError } from '@wayside/protocol';
import type { Salvaged, Store } from '@wayside/sqlite';
import { sql } from 'kysely';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { articleOf } from '../knowledge/take-in.ts';
import { mendRecord } from '../record/mend.ts';
import type { Identity } from '../store/identity.ts';
import { named, openBare, orClosed } from '../store/open.ts';
import type { Db, EdgeSchema } from '../store/schema.ts';
import { writeCheckpoint } from '../sync/checkpoint.ts';
import { enqueue, renumber } from '../sync/outbox.ts';

/** What a damaged store still tells is taken over for so long; service must go on within ten seconds. */
const salvageMs = 6_000;

/** Where a new store is made beside the damaged one. Only when it is whole does it take its place, so a rescue may end at any moment. */
export const mendingOf = (file: string): string => `${file}.mending`;

/** Makes the store that comes in the place of the damaged one, with what can be read of that. */
export async function makeAnew(file: string, who: Identity | undefined, damage: string, now: () => number): Promise<void> {
  const mending = mendingOf(file);
  for (const left of [mending, `${mending}-wal`]) await rm(left, { force: true });
  const made = await orClosed(await openBare(mending), async (bare) => {
    const salvaged = await salvaging(bare, file);
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

/** Whoever had the damaged store may be slow to let go of it. */
async function salvaging(into: Store<EdgeSchema>, file: string): Promise<Salvaged[]> {
  for (let left = 20; ; left--) {
    try {
      return await into.salvage(file, salvageMs);
    } catch (error) {
      if (!(error instanceof WaysideError && error.code === 'conflict') || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
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

import type { Store } from '@wayside/sqlite';
import { sql } from 'kysely';
import type { HistorySchema } from './history-file.ts';

const dropChunks = 'delete from chunk where series = ? and t1 < ?';

/** What is not there any more: chunks of telemetry, from the oldest point to the newest, epoch ms. */
export type Forgotten = { chunks: number; from: number; to: number };

/** How the history is held to its size and age. @param ids of all series there are */
export function createRing(store: Store<HistorySchema>, ids: () => Iterable<number>) {
  /** Pages that hold something, in bytes. */
  async function used(): Promise<number> {
    const { rows } = await sql<{ bytes: number }>`select (p.page_count - f.freelist_count) * s.page_size as bytes
      from pragma_page_count p, pragma_freelist_count f, pragma_page_size s`.execute(store.db);
    return Number(rows[0]?.bytes ?? 0);
  }

  // By series, since only they have an index: a second one by age would cost every insert.
  async function forget(before: number): Promise<Forgotten | undefined> {
    const { rows } = await sql<{
      chunks: number;
      from: number | null;
      to: number | null;
    }>`select count(*) as chunks, min(t0) as "from", max(t1) as "to"
      from series join chunk on chunk.series = series.id where t1 < ${before}`.execute(store.db);
    const { chunks = 0, from, to } = rows[0] ?? {};
    if (chunks === 0 || from == null || to == null) return undefined;
    await store.bulk([{ sql: dropChunks, rows: [...ids()].map((id) => [id, before]) }]);
    return { chunks, from, to };
  }

  async function keepWithin(most: number): Promise<Forgotten | undefined> {
    const { rows } = await sql<{ from: number | null; to: number | null }>`select min(t0) as "from", max(t1) as "to" from chunk`.execute(
      store.db,
    );
    const { from, to } = rows[0] ?? {};
    if (from == null || to == null) return undefined;
    let lost: Forgotten | undefined;
    // By time, a twentieth at a time: each of all series alike.
    for (let step = 1; step <= 20 && (await used()) > most; step++) {
      const gone = await forget(from + ((to - from + 1) * step) / 20);
      if (gone) lost = { chunks: (lost?.chunks ?? 0) + gone.chunks, from: Math.min(lost?.from ?? gone.from, gone.from), to: gone.to };
    }
    return lost;
  }

  return { prune: forget, size: used, keepWithin };
}

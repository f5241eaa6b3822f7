import type { Sample } from '@wayside/protocol';
import { openStore, type Store } from '@wayside/sqlite';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type Point, pack, unpack } from './chunk.ts';

/** Telemetry's own file: a bounded ring that may be thinned, so it lies apart from what must never be lost. */
type HistorySchema = {
  /** Newest messages as they came, until their points are packed. */
  journal: { seq: number; rows: string };
  chunk: { thing: string; signal: string; t0: number; t1: number; body: Uint8Array };
};

const migrations: Record<string, Migration> = {
  '001-first': {
    async up(db: Kysely<unknown>) {
      await sql`create table journal (seq integer primary key, rows text not null)`.execute(db);
      await sql`create table chunk (thing text not null, signal text not null, t0 integer not null, t1 integer not null, body blob not null,
        primary key (thing, signal, t0))`.execute(db);
      await sql`create index chunkByAge on chunk (t1)`.execute(db);
    },
  },
};

type Tail = { thing: string; signal: string; points: Point[]; since: number };
type JournalRow = [thing: string, signal: string, at: number, value: Point[1]];

/** A tail is packed at so many points, or when so many groups have been journalled since its oldest point. */
const pointsPerChunk = 60;
const journalLimit = 2_400;

export type History = {
  /** Resolves when the samples are on disk. Many callers share one commit. */
  write(samples: readonly Sample[]): Promise<void>;
  /** Points of one signal in [from, to], oldest first; the newest `limit` when there are more. */
  read(thing: string, signal: string, from: number, to: number, limit?: number): Promise<Point[]>;
  /** Forgets chunks that ended before `before`. Returns how many. */
  prune(before: number): Promise<number>;
  close(): Promise<void>;
};

/** Opens the telemetry history. What the journal still holds from before a crash is taken up again. */
export async function openHistory(file: string): Promise<History> {
  const store: Store<HistorySchema> = await openStore<HistorySchema>(file, migrations);
  const tails = new Map<string, Tail>();
  const waiting: { rows: JournalRow[]; resolve(): void; reject(error: unknown): void }[] = [];
  let pumping = false;
  let seq = 0;
  let packedThrough = 0;

  function remember(rows: readonly JournalRow[]): void {
    for (const [thing, signal, time, value] of rows) {
      const key = `${thing}\n${signal}`;
      let tail = tails.get(key);
      if (!tail) {
        tail = { thing, signal, points: [], since: seq };
        tails.set(key, tail);
      }
      if (tail.points.length === 0) tail.since = seq;
      tail.points.push([time, value]);
    }
  }

  /** Packs every tail that is long enough or whose journal entry has grown old, and drops what the journal no longer needs. */
  async function packTails(all: boolean): Promise<void> {
    const due = [...tails.values()].filter(
      (t) => t.points.length > 0 && (all || t.points.length >= pointsPerChunk || seq - t.since > journalLimit),
    );
    const taken = due.map((tail) => ({ tail, points: [...tail.points] }));
    const kept = [...tails.values()].filter((t) => t.points.length > 0 && !due.includes(t));
    const needed = Math.min(seq + 1, ...kept.map((t) => t.since));
    await store.db.transaction().execute(async (tx) => {
      for (const { tail, points } of taken) await writeChunk(tx, tail.thing, tail.signal, points);
      await tx.deleteFrom('journal').where('seq', '<', needed).execute();
    });
    // Only now, so that a reader finds each point in the chunk or in the tail, never in neither.
    for (const { tail, points } of taken) {
      tail.points.splice(0, points.length);
      tail.since = seq;
    }
    packedThrough = needed;
  }

  /** One commit for all that came together; while it is on its way to the disk the next group gathers. */
  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    while (waiting.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      const group = waiting.splice(0);
      const rows = group.flatMap((one) => one.rows);
      try {
        await store.db
          .insertInto('journal')
          .values({ seq: seq + 1, rows: JSON.stringify(rows) })
          .execute();
        seq++;
        remember(rows);
        for (const one of group) one.resolve();
        if (seq - packedThrough > 240) await packTails(false);
      } catch (error) {
        for (const one of group) one.reject(error);
      }
    }
    pumping = false;
  }

  for (;;) {
    const page = await store.db.selectFrom('journal').selectAll().where('seq', '>', seq).orderBy('seq').limit(500).execute();
    for (const row of page) {
      seq = row.seq;
      remember(JSON.parse(row.rows) as JournalRow[]);
    }
    if (page.length < 500) break;
  }
  await packTails(true);

  return {
    write: (samples) =>
      new Promise((resolve, reject) => {
        if (samples.length === 0) return resolve();
        waiting.push({ rows: samples.map((s): JournalRow => [s.thing, s.signal, s.observedAt, s.value]), resolve, reject });
        void pump();
      }),

    async read(thing, signal, from, to, limit = 20_000) {
      const rows = await store.db
        .selectFrom('chunk')
        .select(['t0', 'body'])
        .where('thing', '=', thing)
        .where('signal', '=', signal)
        .where('t1', '>=', from)
        .where('t0', '<=', to)
        .orderBy('t0', 'desc')
        .limit(Math.max(4, Math.ceil(limit / 10)))
        .execute();
      const points = rows.flatMap((row) => unpack(row.body));
      points.push(...(tails.get(`${thing}\n${signal}`)?.points ?? []));
      const inside = points.filter(([at]) => at >= from && at <= to).sort((a, b) => a[0] - b[0]);
      return inside.filter(([at, value], i) => at !== inside[i - 1]?.[0] || value !== inside[i - 1]?.[1]).slice(-limit);
    },

    async prune(before) {
      const { numDeletedRows } = await store.db.deleteFrom('chunk').where('t1', '<', before).executeTakeFirst();
      return Number(numDeletedRows);
    },

    async close() {
      while (pumping) await new Promise((resolve) => setImmediate(resolve));
      await packTails(true);
      await store.close();
    },
  };
}

async function writeChunk(tx: Kysely<HistorySchema>, thing: string, signal: string, points: Point[]): Promise<void> {
  const byTime = (a: Point, b: Point) => a[0] - b[0];
  points.sort(byTime);
  const t0 = points[0]![0];
  // Late points may start where a chunk already does: then the two become one.
  const old = await tx
    .selectFrom('chunk')
    .select('body')
    .where('thing', '=', thing)
    .where('signal', '=', signal)
    .where('t0', '=', t0)
    .executeTakeFirst();
  const merged = old ? [...unpack(old.body), ...points].sort(byTime) : points;
  await tx
    .replaceInto('chunk')
    .values({ thing, signal, t0, t1: merged.at(-1)![0], body: pack(merged) })
    .execute();
}

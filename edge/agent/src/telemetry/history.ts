import type { Sample } from '@wayside/protocol';
import { type Bulk, openStore, type Store } from '@wayside/sqlite';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { ByteWriter } from './bytes.ts';
import { type Point, pack, unpack } from './chunk.ts';
import { readEntries, writeEntry } from './journal.ts';
import { append, createCatalog, inOrder, type Series } from './series.ts';

/** Telemetry's own file: a bounded ring that may be thinned, so it lies apart from what must never be lost. */
type HistorySchema = {
  series: { id: number; thing: string; signal: string };
  /** Newest samples as they came, until their chunks are packed. */
  journal: { seq: number; body: Uint8Array };
  chunk: { series: number; t0: number; t1: number; body: Uint8Array };
};

const migrations: Record<string, Migration> = {
  '001-series': {
    async up(db: Kysely<unknown>) {
      await sql`create table series (id integer primary key, thing text not null, signal text not null, unique (thing, signal))`.execute(
        db,
      );
      await sql`create table journal (seq integer primary key, body blob not null)`.execute(db);
      await sql`create table chunk (series integer not null, t0 integer not null, t1 integer not null, body blob not null)`.execute(db);
      await sql`create index chunkOfSeries on chunk (series, t1)`.execute(db);
    },
  },
};

const insertSeries = 'insert into series (id, thing, signal) values (?, ?, ?)';
const insertJournal = 'insert into journal (seq, body) values (?, ?)';
const insertChunk = 'insert into chunk (series, t0, t1, body) values (?, ?, ?, ?)';
const dropChunks = 'delete from chunk where series = ? and t1 < ?';
const dropJournal = 'delete from journal where seq < ?';

/** A tail is packed at so many points, or when so many groups have been journalled since its oldest point. */
const pointsPerChunk = 60;
const journalLimit = 2_400;
/** Tails are looked through after so many groups. */
const packEvery = 240;
/** What comes within so many ms shares one commit: a disk is asked at most some two hundred times a second. */
const gatherMs = 4;
/** ...unless so many samples are there already. */
const worthACommit = 500;
/** A group is committed at so many samples even if more are waiting, so that no commit takes long. */
const samplesPerCommit = 20_000;

export type History = {
  /** Resolves when the samples are on disk. Many callers share one commit. */
  write(samples: readonly Sample[]): Promise<void>;
  /** Points of one signal in [from, to], oldest first; the newest `limit` when there are more. */
  read(thing: string, signal: string, from: number, to: number, limit?: number): Promise<Point[]>;
  /** Forgets chunks that ended before `before`. */
  prune(before: number): Promise<void>;
  close(): Promise<void>;
};

type Waiting = { samples: readonly Sample[]; resolve(): void; reject(error: unknown): void };

/** Opens the telemetry history. What the journal still holds from before a crash is taken up again. */
export async function openHistory(file: string): Promise<History> {
  const store: Store<HistorySchema> = await openStore<HistorySchema>(file, migrations);
  const catalog = createCatalog();
  let waiting: Waiting[] = [];
  let pumping = false;
  let seq = 0;
  let packedThrough = 0;

  /** One commit for all that came together; while it is on its way to the disk the next group gathers. */
  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    while (waiting.length > 0) {
      await new Promise((resolve) => (waitingSamples() < worthACommit ? setTimeout(resolve, gatherMs) : setImmediate(resolve)));
      const group = takeGroup();
      try {
        await journal(group);
        for (const one of group) one.resolve();
        if (seq - packedThrough > packEvery) await packTails(false);
      } catch (error) {
        for (const one of group) one.reject(error);
      }
    }
    pumping = false;
  }

  const waitingSamples = () => waiting.reduce((sum, { samples }) => sum + samples.length, 0);

  function takeGroup(): Waiting[] {
    let [taken, samples] = [0, 0];
    while (taken < waiting.length && samples < samplesPerCommit) samples += waiting[taken++]!.samples.length;
    const group = waiting.slice(0, taken);
    waiting = waiting.slice(taken);
    return group;
  }

  async function journal(group: readonly Waiting[]): Promise<void> {
    const out = new ByteWriter(4_096);
    const found: Series[] = [];
    const unknown = new Set<Series>();
    let before = 0;
    for (const { samples } of group)
      for (const { thing, signal, value, observedAt } of samples) {
        const series = catalog.of(thing, signal);
        found.push(series);
        if (!series.kept) unknown.add(series);
        const at = Math.floor(observedAt);
        writeEntry(out, { series: series.id, at, value }, before);
        before = at;
      }
    const bulk: Bulk[] = [{ sql: insertJournal, rows: [[seq + 1, out.take()]] }];
    if (unknown.size > 0) bulk.unshift({ sql: insertSeries, rows: [...unknown].map(({ id, thing, signal }) => [id, thing, signal]) });
    await store.bulk(bulk);
    seq++;
    for (const series of unknown) series.kept = true;
    let i = 0;
    for (const { samples } of group) for (const { observedAt, value } of samples) append(found[i++]!, Math.floor(observedAt), value, seq);
  }

  /** Packs every tail that is long enough or whose journal entry has grown old, and drops what the journal no longer needs. */
  async function packTails(all: boolean): Promise<void> {
    const due: { series: Series; count: number }[] = [];
    let needed = seq + 1;
    for (const series of catalog.all()) {
      const count = series.times.length;
      if (count === 0) continue;
      if (all || count >= pointsPerChunk || seq - series.since > journalLimit) due.push({ series, count });
      else needed = Math.min(needed, series.since);
    }
    const rows = due.map(({ series }) => {
      const { times, values } = inOrder(series);
      return [series.id, times[0]!, times.at(-1)!, pack(times, values)];
    });
    await store.bulk([
      { sql: insertChunk, rows },
      { sql: dropJournal, rows: [[needed]] },
    ]);
    // Only now, so that a reader finds each point in the chunk or in the tail, never in neither.
    for (const { series, count } of due) {
      series.times = series.times.slice(count);
      series.values = series.values.slice(count);
      series.since = seq;
    }
    packedThrough = needed;
  }

  for (const row of await store.db.selectFrom('series').selectAll().execute()) catalog.add(row);
  for (;;) {
    const page = await store.db.selectFrom('journal').selectAll().where('seq', '>', seq).orderBy('seq').limit(500).execute();
    for (const row of page) {
      seq = row.seq;
      readEntries(row.body, ({ series, at, value }) => {
        const known = catalog.byId(series);
        if (known) append(known, at, value, seq);
      });
    }
    if (page.length < 500) break;
  }
  await packTails(true);

  return {
    write: (samples) =>
      new Promise((resolve, reject) => {
        if (samples.length === 0) return resolve();
        waiting.push({ samples, resolve, reject });
        void pump();
      }),

    async read(thing, signal, from, to, limit = 20_000) {
      const series = catalog.find(thing, signal);
      if (!series) return [];
      const rows = await store.db
        .selectFrom('chunk')
        .select('body')
        .where('series', '=', series.id)
        .where('t1', '>=', from)
        .where('t0', '<=', to)
        .orderBy('t1', 'desc')
        .limit(Math.max(4, Math.ceil(limit / 10)))
        .execute();
      const points = rows.flatMap((row) => unpack(row.body));
      for (let i = 0; i < series.times.length; i++) points.push([series.times[i]!, series.values[i]!]);
      const inside = points.filter(([at]) => at >= from && at <= to).sort((a, b) => a[0] - b[0]);
      return inside.filter(([at, value], i) => at !== inside[i - 1]?.[0] || value !== inside[i - 1]?.[1]).slice(-limit);
    },

    // By series, since only they have an index: a second one by age would cost every insert.
    prune: (before) => store.bulk([{ sql: dropChunks, rows: [...catalog.all()].map(({ id }) => [id, before]) }]),

    async close() {
      while (pumping) await new Promise((resolve) => setImmediate(resolve));
      await packTails(true);
      await store.close();
    },
  };
}

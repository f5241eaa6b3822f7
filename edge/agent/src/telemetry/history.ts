import type { Sample } from '@wayside/protocol';
import { type Bulk, openStore, type Store } from '@wayside/sqlite';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { ByteWriter } from './bytes.ts';
import { type Point, pack, unpack } from './chunk.ts';
import { readEntries, writeEntry } from './journal.ts';
import { createCatalog, inOrder, type Series } from './series.ts';
import { createTails, type Place, pointsPerChunk } from './tails.ts';

/** Telemetry's own file: a bounded ring that may be thinned, so it lies apart from what must never be lost. */
type HistorySchema = {
  series: { id: number; thing: string; signal: string };
  /** Newest samples as they came, until their chunks are packed. */
  journal: { seq: number; body: Uint8Array };
  chunk: { series: number; t0: number; t1: number; nonce: number; body: Uint8Array };
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
  // Chunks of a series side by side: an hour of it lies on a few pages instead of one for each minute.
  '002-side-by-side': {
    async up(db: Kysely<unknown>) {
      await sql`alter table chunk rename to scattered`.execute(db);
      await sql`create table chunk (series integer not null, t0 integer not null, t1 integer not null, nonce integer not null, body blob not null,
        primary key (series, t1, nonce)) without rowid`.execute(db);
      await sql`insert into chunk select series, t0, t1, rowid, body from scattered order by series, t1`.execute(db);
      await sql`drop table scattered`.execute(db);
    },
  },
};

const insertSeries = 'insert into series (id, thing, signal) values (?, ?, ?)';
const insertJournal = 'insert into journal (seq, body) values (?, ?)';
/** Two chunks of a series may end at one moment, as when a device sent it twice; the nonce keeps both. */
const insertChunk = 'insert into chunk (series, t0, t1, nonce, body) values (?, ?, ?, random(), ?)';
const dropChunks = 'delete from chunk where series = ? and t1 < ?';
const dropJournal = 'delete from journal where seq < ?';

/** Tails are packed when so many are full, or after so many commits. */
const packAt = { full: 64, commits: 240 };
/** A commit packs at most so many, or twice what its own samples fill: no commit takes long, and packing keeps up. */
const tailsPerCommit = 64;
/** A tail is packed before it is full when the journal has grown by so many bytes since its oldest point; an entry counts for at least so many. */
const journalLimit = { bytes: 16 * 2 ** 20, entry: 512 };
/** What comes within so many ms shares one commit; while more is coming it waits twice as long again, up to the second figure. */
const gatherMs = { first: 4, longest: 32 };
/** ...unless so many samples are there already. */
const worthACommit = 500;
/** A group is committed at so many samples even if more are waiting: to write more of them down in one go would keep people waiting. */
const samplesPerCommit = 4_000;

export type History = {
  /** Resolves when the samples are on disk. Many callers share one commit, and one promise. */
  write(samples: readonly Sample[]): Promise<void>;
  /** Points of one signal in [from, to], oldest first; the newest `limit` when there are more. */
  read(thing: string, signal: string, from: number, to: number, limit?: number): Promise<Point[]>;
  /** Forgets chunks that ended before `before`. @returns what was forgotten; undefined when nothing was */
  prune(before: number): Promise<Forgotten | undefined>;
  /**
   * Holds the ring to its size: forgets the oldest chunks until at most `most` bytes are left. The pages they lay in are written anew, the file
   * does not shrink.
   */
  keepWithin(most: number): Promise<Forgotten | undefined>;
  /** How many bytes of history there are. */
  size(): Promise<number>;
  close(): Promise<void>;
};

/** What is not there any more: chunks of telemetry, from the oldest point to the newest, epoch ms. */
export type Forgotten = { chunks: number; from: number; to: number };

/** What is committed together. */
type Group = { messages: (readonly Sample[])[]; samples: number; stored: PromiseWithResolvers<void> };

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const done = Promise.resolve();
const none: ReadonlySet<Series> = new Set();

/** Opens the telemetry history. What the journal still holds from before a crash is taken up again. */
export async function openHistory(file: string): Promise<History> {
  const store: Store<HistorySchema> = await openStore<HistorySchema>(file, migrations);
  const catalog = createCatalog();
  const tails = createTails();
  const waiting: Group[] = [];
  let pumping = false;
  let place: Place = { seq: 0, bytes: 0 };
  let packedAt = 0;

  function write(samples: readonly Sample[]): Promise<void> {
    if (samples.length === 0) return done;
    let group = waiting.at(-1);
    if (!group || group.samples >= samplesPerCommit) {
      group = { messages: [], samples: 0, stored: Promise.withResolvers() };
      waiting.push(group);
    }
    group.messages.push(samples);
    group.samples += samples.length;
    void pump();
    return group.stored.promise;
  }

  /** One commit for all that came together; while it is on its way to the disk the next group gathers. */
  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    for (let group = waiting[0]; group; group = waiting[0]) {
      await gather(group);
      waiting.shift();
      await commit(group).then(group.stored.resolve, group.stored.reject);
    }
    pumping = false;
  }

  /** Waits for company as long as more is coming: a device that waits for its answer before it goes on is answered soon. */
  async function gather(group: Group): Promise<void> {
    for (let ms = gatherMs.first; ms <= gatherMs.longest && group.samples < worthACommit; ms *= 2) {
      const before = group.samples;
      await pause(ms);
      if (group.samples === before) return;
    }
  }

  async function commit(group: Group): Promise<void> {
    const { body, found } = entriesOf(group);
    const next = { seq: place.seq + 1, bytes: place.bytes + Math.max(body.length, journalLimit.entry) };
    const unknown = new Set(found.filter((series) => !series.kept));
    const bulk: Bulk[] = [{ sql: insertJournal, rows: [[next.seq, body]] }];
    if (unknown.size > 0) bulk.unshift({ sql: insertSeries, rows: [...unknown].map(({ id, thing, signal }) => [id, thing, signal]) });
    await packTails(dueWith(group), bulk, [body.buffer]);
    place = next;
    for (const series of unknown) series.kept = true;
    let i = 0;
    for (const samples of group.messages)
      for (const { observedAt, value } of samples) tails.append(found[i++]!, Math.floor(observedAt), value, place);
  }

  function dueWith({ samples }: Group): ReadonlySet<Series> {
    if (tails.full() < packAt.full && place.seq - packedAt < packAt.commits) return none;
    packedAt = place.seq;
    return tails.due(Math.max(tailsPerCommit, (2 * samples) / pointsPerChunk), place.bytes - journalLimit.bytes);
  }

  /** A group as the journal holds it, and the series of each of its samples. */
  function entriesOf({ messages }: Group): { body: Uint8Array<ArrayBuffer>; found: Series[] } {
    const out = new ByteWriter(4_096);
    const found: Series[] = [];
    let before = 0;
    for (const samples of messages)
      for (const { thing, signal, value, observedAt } of samples) {
        const series = catalog.of(thing, signal);
        found.push(series);
        const at = Math.floor(observedAt);
        writeEntry(out, { series: series.id, at, value }, before);
        before = at;
      }
    return { body: out.take(), found };
  }

  /** Tails as rows of chunks, whose bodies lie in one buffer: it goes to the store's thread as it is, where each by itself would be copied. */
  function chunksOf(due: ReadonlySet<Series>) {
    const out = new ByteWriter(128 * due.size);
    const packed = [...due].map((series) => {
      const { times, values } = inOrder(series);
      const from = out.written;
      pack(out, times, values);
      return { id: series.id, t0: times[0]!, t1: times.at(-1)!, from, to: out.written };
    });
    const bytes = out.take();
    return { rows: packed.map(({ id, t0, t1, from, to }) => [id, t0, t1, bytes.subarray(from, to)]), bytes: bytes.buffer };
  }

  /** Packs these tails and drops what the journal no longer needs, in one commit with `bulk`. */
  async function packTails(due: ReadonlySet<Series>, bulk: Bulk[] = [], given: ArrayBuffer[] = []): Promise<void> {
    if (due.size > 0) {
      const { rows, bytes } = chunksOf(due);
      bulk.push({ sql: insertChunk, rows }, { sql: dropJournal, rows: [[tails.neededBut(due) ?? place.seq + 1]] });
      given.push(bytes);
    }
    await store.bulk(bulk, given);
    // Only now, so that a reader finds each point in the chunk or in the tail, never in neither.
    for (const series of due) tails.clear(series);
  }

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
    await store.bulk([{ sql: dropChunks, rows: [...catalog.all()].map(({ id }) => [id, before]) }]);
    return { chunks, from, to };
  }

  for (const row of await store.db.selectFrom('series').selectAll().execute()) catalog.add(row);
  for (;;) {
    const page = await store.db.selectFrom('journal').selectAll().where('seq', '>', place.seq).orderBy('seq').limit(500).execute();
    for (const row of page) {
      place = { seq: row.seq, bytes: 0 };
      readEntries(row.body, ({ series, at, value }) => {
        const known = catalog.byId(series);
        if (known) tails.append(known, at, value, place);
      });
    }
    if (page.length < 500) break;
  }
  await packTails(new Set(tails.all()));

  return {
    write,

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
      const parts = rows.reverse().map((row) => unpack(row.body));
      parts.push(series.times.map((at, i) => [at, series.values[i]!]));
      return inTimeOrder(parts, from, to).slice(-limit);
    },

    prune: forget,

    size: used,

    async keepWithin(most) {
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
    },

    async close() {
      while (pumping) await new Promise((resolve) => setImmediate(resolve));
      await packTails(new Set(tails.all()));
      await store.close();
    },
  };
}

/** The points of all parts in [from, to], oldest first, each once. What comes in order, as nearly all does, is gone through once. */
function inTimeOrder(parts: readonly Point[][], from: number, to: number): Point[] {
  const points: Point[] = [];
  let ordered = true;
  let last: Point | undefined;
  for (const part of parts)
    for (const point of part) {
      const at = point[0];
      if (at < from || at > to || same(point, last)) continue;
      if (last && at < last[0]) ordered = false;
      points.push(point);
      last = point;
    }
  if (ordered) return points;
  points.sort((a, b) => a[0] - b[0]);
  return points.filter((point, i) => !same(point, points[i - 1]));
}

const same = (point: Point, other: Point | undefined) => other !== undefined && point[0] === other[0] && point[1] === other[1];

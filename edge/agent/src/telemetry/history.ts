import type { Sample, Value } from '@wayside/protocol';
import type { Bulk } from '@wayside/sqlite';
import { ByteReader, ByteWriter } from './bytes.ts';
import { countOf, pack, unpack } from './chunk.ts';
import { Columns, type Course } from './course.ts';
import { createGatherer, type Group } from './gather.ts';
import { openHistoryFile } from './history-file.ts';
import { readEntries, writeEntry } from './journal.ts';
import { createRing, type Forgotten } from './ring.ts';
import { createCatalog, inOrder, type Series } from './series.ts';
import { createTails, type Place, pointsPerChunk } from './tails.ts';

const insertSeries = 'insert into series (id, thing, signal) values (?, ?, ?)';
const insertJournal = 'insert into journal (seq, body) values (?, ?)';
/** Two chunks of a series may end at one moment, as when a device sent it twice; the nonce keeps both. */
const insertChunk = 'insert into chunk (series, t0, t1, nonce, body) values (?, ?, ?, random(), ?)';
const selectChunks = 'select body from chunk where series = ? and t1 >= ? and t0 <= ? order by t1 desc limit ?';
const dropJournal = 'delete from journal where seq < ?';

/** Tails are packed when so many are full, or after so many commits. */
const packAt = { full: 64, commits: 240 };
/** A commit packs at most so many, or twice what its own samples fill: no commit takes long, and packing keeps up. */
const tailsPerCommit = 64;
/** A tail is packed before it is full when the journal has grown by so many bytes since its oldest point; an entry counts for at least so many. */
const journalLimit = { bytes: 16 * 2 ** 20, entry: 512 };

/** A group as the journal will hold it, and of each of its samples what its tail will. */
type Entries = { out: ByteWriter; found: Series[]; times: number[]; values: Value[] };

export type History = {
  /** Resolves when the samples are on disk. Many callers share one commit, and one promise. */
  write(samples: readonly Sample[]): Promise<void>;
  /** Points of one signal in [from, to], oldest first; the newest `limit` when there are more. */
  read(thing: string, signal: string, from: number, to: number, limit?: number): Promise<Course>;
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

/** Of a signal that is not known. */
const nothing: Course = { length: 0, times: new Float64Array(0), values: new Float64Array(0) };
const none: ReadonlySet<Series> = new Set();

/** Opens the telemetry history. What the journal still holds from before a crash is taken up again. */
export async function openHistory(file: string): Promise<History> {
  const store = await openHistoryFile(file);
  const catalog = createCatalog();
  const tails = createTails();
  const gatherer = createGatherer<Entries>(() => ({ out: new ByteWriter(), found: [], times: [], values: [] }), enter, commit);
  const ring = createRing(store, catalog.ids);
  let place: Place = { seq: 0, bytes: 0 };
  let packedAt = 0;

  async function commit(group: Group<Entries>): Promise<void> {
    const { found, out, times, values } = group.body;
    const body = out.take();
    const next = { seq: place.seq + 1, bytes: place.bytes + Math.max(body.length, journalLimit.entry) };
    const unknown = new Set(found.filter((series) => !series.kept));
    const bulk: Bulk[] = [{ sql: insertJournal, rows: [[next.seq, body]] }];
    if (unknown.size > 0) bulk.unshift({ sql: insertSeries, rows: [...unknown].map(({ id, thing, signal }) => [id, thing, signal]) });
    await packTails(dueWith(group), bulk, [body.buffer]);
    place = next;
    for (const series of unknown) series.kept = true;
    for (let i = 0; i < found.length; i++) tails.append(found[i]!, times[i]!, values[i]!, place);
  }

  function dueWith({ samples }: Group<Entries>): ReadonlySet<Series> {
    if (tails.full() < packAt.full && place.seq - packedAt < packAt.commits) return none;
    packedAt = place.seq;
    return tails.due(Math.max(tailsPerCommit, (2 * samples) / pointsPerChunk), place.bytes - journalLimit.bytes);
  }

  /** Writes samples behind those of their group. */
  function enter(entries: Entries, samples: readonly Sample[]): void {
    const { out, found, times, values } = entries;
    for (const { thing, signal, value, observedAt } of samples) {
      const series = catalog.of(thing, signal);
      const at = Math.floor(observedAt);
      writeEntry(out, { series: series.id, at, value }, times.at(-1) ?? 0);
      found.push(series);
      times.push(at);
      values.push(value);
    }
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
    write: gatherer.write,
    ...ring,

    async read(thing, signal, from, to, limit = 20_000) {
      const series = catalog.find(thing, signal);
      if (!series) return nothing;
      const { bytes, ends } = await store.blobs(selectChunks, [series.id, from, to, Math.max(4, Math.ceil(limit / 10))]);
      const input = new ByteReader(bytes);
      // They come newest first.
      const each = (act: () => void) => {
        for (let i = ends.length - 1; i >= 0; i--) {
          input.goTo(i > 0 ? ends[i - 1]! : 0, ends[i]!);
          act();
        }
      };
      let most = series.times.length;
      each(() => {
        most += countOf(input);
      });
      const columns = new Columns(most);
      each(() => unpack(input, columns));
      for (let i = 0; i < series.times.length; i++) columns.add(series.times[i]!, series.values[i]!);
      return columns.course(from, to, limit);
    },

    async close() {
      while (gatherer.busy()) await new Promise((resolve) => setImmediate(resolve));
      await packTails(new Set(tails.all()));
      await store.close();
    },
  };
}

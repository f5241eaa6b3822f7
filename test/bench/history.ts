import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { packsRoot } from '@wayside/packs';
import type { Sample } from '@wayside/protocol';
import { readRecording } from '@wayside/simulators';
import { openStore } from '@wayside/sqlite';
import { sql } from 'kysely';
import { openHistory } from '../../edge/agent/src/telemetry/history.ts';
import { type Bench, quantile, type Row, some, timed } from './measure.ts';

const things = 50;
const perWrite = 1_000;
/** What a site has gathered before anything is measured, and how many of it are the last, which are measured. */
const full = 10_000_000;
const measuredShare = 0.05;
const reads = 2_000;
const hour = 3_600_000;
const file = 'history.db';
const begin = Date.parse('2026-11-22T00:00:00Z');

type Side = {
  put(group: Sample[]): Promise<unknown> /** Between filling and measuring. */;
  settle(): Promise<unknown>;
  read(thing: string, signal: string, from: number, to: number): Promise<{ length: number }>;
  close(): Promise<void>;
};
type Figures = { perSecond: number; microseconds: number; readP99Ms: number; bytesEach: number; liveBytesEach: number };

/** Real drives at one row a second, on 50 things, each a little further along: the drive that ships, or those of the data folder. */
async function* drives(files: readonly string[], wanted: number): AsyncGenerator<Sample[]> {
  const recordings = await Promise.all(files.map(readRecording));
  let group: Sample[] = [];
  let made = 0;
  for (let second = 0; ; second++) {
    for (let thing = 0; thing < things; thing++) {
      const { rows } = recordings[thing % recordings.length]!;
      // One for all samples of a message, as the edge has it.
      const name = `thing-${thing}`;
      for (const [signal, value] of Object.entries(rows[(second + 11 * thing) % rows.length]!)) {
        const observedAt = begin + 1_000 * second + thing;
        group.push({ thing: name, signal, value, observedAt, receivedAt: observedAt, quality: 'good' });
        if (group.length < perWrite) continue;
        yield group;
        made += group.length;
        group = [];
        if (made >= wanted) return;
      }
    }
  }
}

/**
 * Processor time of this thread, µs. Linux brings a thread's own account up to date only when it stops running or is asked for the whole process
 * (kernel/sched/cputime.c): asked for the thread alone, it would charge the making of the samples to the wait for the disk that follows.
 */
function threadMicroseconds(): number {
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

async function sizeOf(folder: string): Promise<number> {
  const sizes = await Promise.all((await readdir(folder)).map(async (file) => (await stat(join(folder, file))).size));
  return sizes.reduce((a, b) => a + b, 0);
}

/** Fills a store, then writes the rest with one durable commit for each group, and reads an hour of a signal here and there. */
async function measure(groups: AsyncIterable<Sample[]>, wanted: number, folder: string, store: Side): Promise<Figures> {
  let [filled, count, ms, cpu] = [0, 0, 0, 0];
  const names = new Map<string, { thing: string; signal: string }>();
  for await (const group of groups) {
    if (filled < wanted * (1 - measuredShare)) {
      await store.put(group);
      filled += group.length;
      continue;
    }
    if (count === 0) await store.settle();
    const before = threadMicroseconds();
    ms += (await timed(() => store.put(group))).ms;
    cpu += threadMicroseconds() - before;
    count += group.length;
    for (const { thing, signal } of group) names.set(thing + signal, { thing, signal });
  }
  const all = [...names.values()];
  const seconds = wanted / all.length;
  const took: number[] = [];
  for (let n = 0; n < some(reads, Math.min(1, wanted / full)); n++) {
    const { thing, signal } = all[(n * 7_919) % all.length]!;
    const from = begin + Math.floor(1_000 * ((n * 0.618_034) % 1) * Math.max(0, seconds - hour / 1_000));
    const { ms: each, got } = await timed(() => store.read(thing, signal, from, from + hour));
    if (got.length === 0) throw new Error('An hour of a signal is empty.');
    took.push(each);
  }
  await store.close();
  return {
    perSecond: (1_000 * count) / ms,
    microseconds: cpu / count,
    readP99Ms: quantile(took, 0.99),
    bytesEach: (await sizeOf(folder)) / (filled + count),
    liveBytesEach: (await livePages(folder)) / (filled + count),
  };
}

/** Bytes of the pages that hold something: a journal that was emptied leaves pages in the file for its next use. */
async function livePages(folder: string): Promise<number> {
  const database = new DatabaseSync(join(folder, file), { readOnly: true });
  const pragma = (name: string) => Number(Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0]);
  const bytes = (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  database.close();
  return bytes;
}

async function rowPerSample(folder: string): Promise<Side> {
  const store = await openStore(join(folder, file), {
    '001-first': {
      async up(db) {
        await sql`create table sample (thing text not null, signal text not null, at integer not null, value)`.execute(db);
      },
    },
  });
  return {
    put: (group) =>
      sql`insert into sample select value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(${JSON.stringify(
        group.map((s) => [s.thing, s.signal, s.observedAt, s.value]),
      )})`.execute(store.db),
    // The index is made when the table is full, which costs a fraction of growing it row by row.
    settle: () => sql`create index sampleBySignal on sample (thing, signal, at)`.execute(store.db),
    read: async (thing, signal, from, to) =>
      (
        await sql`select at, value from sample where thing = ${thing} and signal = ${signal} and at between ${from} and ${to} order by at`.execute(
          store.db,
        )
      ).rows,
    close: store.close,
  };
}

async function chunks(folder: string): Promise<Side> {
  const { write, read, close } = await openHistory(join(folder, file));
  return { put: write, settle: async () => {}, read, close };
}

/** Telemetry history: our chunks beside a row for each sample. */
export const history: Bench = {
  name: 'history',
  title: `Telemetry history: real drives of 50 things, one durable commit for 1,000 samples, ten million of them; the last ${full * measuredShare} are measured`,
  async run({ share, data, say }): Promise<Row[]> {
    const folder = data ? join(data, 'obd-drives/carobd') : join(packsRoot, 'vehicle/recordings');
    const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.csv')).map((file) => join(folder, file));
    if (files.length === 0) throw new Error(`There is no drive (.csv) in ${folder}.`);
    const wanted = some(full, share);
    const temporary = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
    const measured = async (name: string, open: (folder: string) => Promise<Side>) => {
      const place = join(temporary, name);
      return measure(drives(files, wanted), wanted, place, await open(place));
    };
    try {
      say('chunks');
      const ours = await measured('chunks', chunks);
      say('a row for each sample: some minutes');
      const theirs = await measured('rows', rowPerSample);
      const is = 'one row per sample, indexed';
      return [
        {
          metric: 'samplesPerSecond',
          says: 'Samples written durably',
          value: ours.perSecond,
          unit: '/s',
          peers: [{ is, value: theirs.perSecond, as: 'toRowPerSample', goal: { atLeast: 20 } }],
        },
        {
          metric: 'mainThreadMicroseconds',
          says: 'Processor time of a sample on the thread that talks to people, µs',
          value: ours.microseconds,
          unit: '',
          goal: { atMost: 0.5 },
          peers: [{ is, value: theirs.microseconds, as: 'mainThreadToRowPerSample' }],
        },
        {
          metric: 'hourReadP99Ms',
          says: 'An hour of one signal read, p99',
          value: ours.readP99Ms,
          unit: 'ms',
          goal: { atMost: 1 },
          peers: [{ is, value: theirs.readP99Ms, as: 'hourReadToRowPerSample' }],
        },
        {
          metric: 'bytesPerSample',
          says: 'Bytes that hold a sample',
          value: ours.liveBytesEach,
          unit: 'bytes',
          peers: [{ is, value: theirs.liveBytesEach, as: 'bytesToRowPerSample', goal: { atMost: 1 / 8 } }],
        },
        {
          metric: 'fileBytesPerSample',
          says: '· of the whole file, with the room its journal leaves',
          value: ours.bytesEach,
          unit: 'bytes',
          peers: [{ is, value: theirs.bytesEach, as: 'fileBytesToRowPerSample' }],
        },
      ];
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  },
};

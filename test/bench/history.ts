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
import { type Bench, type Row, some, timed } from './measure.ts';

const things = 50;
const perWrite = 1_000;
const file = 'history.db';

type Written = { perSecond: number; bytesEach: number; liveBytesEach: number };

/** Real drives at one row a second, on 50 things, each a little further along: the drive that ships, or those of the data folder. */
async function* drives(files: readonly string[], wanted: number): AsyncGenerator<Sample[]> {
  const recordings = await Promise.all(files.map(readRecording));
  const begin = Date.parse('2026-11-22T00:00:00Z');
  let group: Sample[] = [];
  let made = 0;
  for (let second = 0; ; second++) {
    for (let thing = 0; thing < things; thing++) {
      const { rows } = recordings[thing % recordings.length]!;
      for (const [signal, value] of Object.entries(rows[(second + 11 * thing) % rows.length]!)) {
        const observedAt = begin + 1_000 * second + thing;
        group.push({ thing: `thing-${thing}`, signal, value, observedAt, receivedAt: observedAt, quality: 'good' });
        if (group.length < perWrite) continue;
        yield group;
        made += group.length;
        group = [];
        if (made >= wanted) return;
      }
    }
  }
}

async function sizeOf(folder: string): Promise<number> {
  const sizes = await Promise.all((await readdir(folder)).map(async (file) => (await stat(join(folder, file))).size));
  return sizes.reduce((a, b) => a + b, 0);
}

/** Writes all groups, one durable commit each, and says how fast and how large. */
async function write(
  groups: AsyncIterable<Sample[]>,
  folder: string,
  store: { put(group: Sample[]): Promise<unknown>; close(): Promise<void> },
): Promise<Written> {
  let count = 0;
  let ms = 0;
  for await (const group of groups) {
    ms += (await timed(() => store.put(group))).ms;
    count += group.length;
  }
  ms += (await timed(() => store.close())).ms;
  return { perSecond: (1_000 * count) / ms, bytesEach: (await sizeOf(folder)) / count, liveBytesEach: (await livePages(folder)) / count };
}

/** Bytes of the pages that hold something: a journal that was emptied leaves pages in the file for its next use. */
async function livePages(folder: string): Promise<number> {
  const database = new DatabaseSync(join(folder, file), { readOnly: true });
  const pragma = (name: string) => Number(Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0]);
  const bytes = (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  database.close();
  return bytes;
}

async function rowPerSample(folder: string) {
  const store = await openStore(join(folder, file), {
    '001-first': {
      async up(db) {
        await sql`create table sample (thing text not null, signal text not null, at integer not null, value)`.execute(db);
        await sql`create index sampleBySignal on sample (thing, signal, at)`.execute(db);
      },
    },
  });
  return {
    put: (group: Sample[]) =>
      sql`insert into sample select value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(${JSON.stringify(
        group.map((s) => [s.thing, s.signal, s.observedAt, s.value]),
      )})`.execute(store.db),
    close: store.close,
  };
}

/** Telemetry history: our chunks beside a row for each sample. */
export const history: Bench = {
  name: 'history',
  title: 'Telemetry history: real drives of 50 things, one durable commit for 1,000 samples',
  async run({ share, data, say }): Promise<Row[]> {
    const folder = data ? join(data, 'obd-drives/carobd') : join(packsRoot, 'vehicle/recordings');
    const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.csv')).map((file) => join(folder, file));
    if (files.length === 0) throw new Error(`There is no drive (.csv) in ${folder}.`);
    const wanted = some(1_000_000, share);
    const temporary = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
    try {
      say('chunks');
      const kept = await openHistory(join(temporary, 'chunks', file));
      const chunks = await write(drives(files, wanted), join(temporary, 'chunks'), { put: kept.write, close: kept.close });
      say('a row for each sample');
      const rows = await write(drives(files, wanted), join(temporary, 'rows'), await rowPerSample(join(temporary, 'rows')));
      const is = 'one row per sample, indexed';
      return [
        {
          metric: 'samplesPerSecond',
          says: 'Samples written durably',
          value: chunks.perSecond,
          unit: '/s',
          peers: [{ is, value: rows.perSecond, as: 'toRowPerSample' }],
        },
        {
          metric: 'bytesPerSample',
          says: 'Bytes that hold a sample',
          value: chunks.liveBytesEach,
          unit: 'bytes',
          peers: [{ is, value: rows.liveBytesEach, as: 'bytesToRowPerSample' }],
        },
        {
          metric: 'fileBytesPerSample',
          says: '· of the whole file, with the room its journal leaves',
          value: chunks.bytesEach,
          unit: 'bytes',
          peers: [{ is, value: rows.bytesEach, as: 'fileBytesToRowPerSample' }],
        },
      ];
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  },
};

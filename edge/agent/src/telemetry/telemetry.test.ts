import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sample } from '@wayside/protocol';
import { openStore } from '@wayside/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from './bytes.ts';
import { countOf, pack, unpack } from './chunk.ts';
import { Columns, type Point, pointsOf } from './course.ts';
import { samplesOf } from './door.ts';
import { openHistory } from './history.ts';
import { historyMigrations } from './history-file.ts';
import { rowOf } from './row.ts';

const now = Date.parse('2026-11-22T10:00:00Z');

describe('the door', () => {
  const model = { speed: { title: 'Speed', type: 'number', unit: 'km/h', min: 0, max: 250 } } as const;
  const qualityOf = (at: number | string | undefined, value: number | string) =>
    samplesOf('car', rowOf({ ...(at === undefined ? {} : { at }), signals: { speed: value } }), now, model)[0];

  it('stamps what has no time with ours', () => expect(qualityOf(undefined, 1)).toMatchObject({ observedAt: now, quality: 'good' }));
  it('believes a device whose buffer is a day old', () =>
    expect(qualityOf(now - 86_400_000, 1)).toMatchObject({ observedAt: now - 86_400_000, quality: 'good' }));
  it.each(['1970-01-02T00:00:00Z', '2090-01-01T00:00:00Z'])('keeps a sample from %s, under our own clock', (at) =>
    expect(qualityOf(at, 1)).toMatchObject({ observedAt: now, quality: 'suspect-time' }),
  );
  it('marks what the model does not allow', () => {
    expect(qualityOf(undefined, 300)?.quality).toBe('out-of-range');
    expect(qualityOf(undefined, 'fast')?.quality).toBe('wrong-type');
    expect(samplesOf('car', rowOf({ signals: { boost: 1 } }), now, model)[0]?.quality).toBe('undeclared');
  });
});

function packed(points: readonly Point[]): Uint8Array {
  const out = new ByteWriter();
  pack(
    out,
    points.map(([at]) => at),
    points.map(([, value]) => value),
  );
  return out.take();
}

function unpacked(bytes: Uint8Array): Point[] {
  const columns = new Columns(countOf(new ByteReader(bytes)));
  unpack(new ByteReader(bytes), columns);
  return pointsOf(columns.course(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 1_000));
}

describe('a chunk', () => {
  const kinds: Record<string, (i: number) => Point[1]> = {
    'one decimal': (i) => Math.round(Math.sin(i) * 1000) / 10,
    'all decimals': (i) => Math.sin(i) * 1e-7,
    'huge and tiny': (i) => (i % 2 ? 1e300 : 5e-324),
    'minus zero': () => -0,
    'true and false': (i) => i % 3 === 0,
    words: (i) => `state ${i} ü 冷却`,
  };
  it.each(Object.entries(kinds))('gives back %s exactly', (_, value) => {
    const points = Array.from({ length: 200 }, (_, i): Point => [now + i * 997, value(i)]);
    expect(unpacked(packed(points))).toEqual(points);
  });

  it('takes about two and a half bytes for a sample of ordinary telemetry', () => {
    const points = Array.from({ length: 60 }, (_, i): Point => [now + i * 1000, Math.round(900 + 8 * Math.sin(i / 5)) / 10]);
    expect(packed(points).length / 60).toBeLessThan(3.5);
  });

  it('never does worse than throw a RangeError or SyntaxError on damaged bytes', () => {
    for (let i = 0; i < 5_000; i++) {
      const bytes = crypto.getRandomValues(new Uint8Array(1 + (i % 40)));
      try {
        unpacked(bytes);
      } catch (error) {
        expect(['RangeError', 'SyntaxError', 'TypeError']).toContain((error as Error).name);
      }
    }
  });
});

describe('the history', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-history-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const sample = (i: number, signal = 'speed'): Sample => ({
    thing: 'car',
    signal,
    value: i / 10,
    observedAt: now + i * 1000,
    receivedAt: now,
    quality: 'good',
  });

  /** Ten messages at a time: what each alone waits for its commit would add up to many seconds. */
  const byTens = async (count: number, write: (i: number) => Promise<void>) => {
    for (let i = 0; i < count; i += 10) await Promise.all(Array.from({ length: 10 }, (_, next) => write(i + next)));
  };

  it('gives back all that was acknowledged, across chunks, tails and a restart', async () => {
    const file = join(folder, 'h.db');
    let history = await openHistory(file);
    await byTens(700, (i) => history.write([sample(i), ...(i % 50 === 0 ? [sample(i, 'slow')] : [])]));
    const all = Array.from({ length: 700 }, (_, i) => [now + i * 1000, i / 10]);
    expect(pointsOf(await history.read('car', 'speed', 0, Number.MAX_SAFE_INTEGER))).toEqual(all);
    await history.close();
    history = await openHistory(file);
    expect(pointsOf(await history.read('car', 'speed', 0, Number.MAX_SAFE_INTEGER))).toEqual(all);
    expect(pointsOf(await history.read('car', 'slow', now + 50_000, now + 100_000))).toEqual([
      [now + 50_000, 5],
      [now + 100_000, 10],
    ]);
    await history.close();
  });

  it('takes over a file in which chunks lay scattered', async () => {
    const file = join(folder, 'h.db');
    const store = await openStore(file, { '001-series': historyMigrations['001-series']! });
    const body = packed([
      [now, 1],
      [now + 1_000, 2],
    ]);
    await store.bulk([
      { sql: "insert into series (id, thing, signal) values (7, 'car', 'speed')", rows: [[]] },
      { sql: 'insert into chunk (series, t0, t1, body) values (7, ?, ?, ?)', rows: [[now, now + 1_000, body]] },
    ]);
    await store.close();
    const history = await openHistory(file);
    await history.write([sample(2)]);
    expect(pointsOf(await history.read('car', 'speed', 0, Number.MAX_SAFE_INTEGER))).toEqual([
      [now, 1],
      [now + 1_000, 2],
      [now + 2_000, 0.2],
    ]);
    await history.close();
  });

  it('keeps both of two chunks that end at the same moment', async () => {
    const history = await openHistory(join(folder, 'h.db'));
    for (let pass = 0; pass < 2; pass++)
      for (let i = 0; i < 60; i++) await history.write(Array.from({ length: 70 }, (_, s) => ({ ...sample(i, `s${s}`), value: pass })));
    expect(pointsOf(await history.read('car', 's0', 0, Number.MAX_SAFE_INTEGER))).toHaveLength(120);
    await history.close();
  });

  it('keeps samples that come late and out of order', async () => {
    const history = await openHistory(join(folder, 'h.db'));
    const order = Array.from({ length: 300 }, (_, i) => (i * 7) % 300);
    for (const i of order) await history.write([sample(i)]);
    expect([...(await history.read('car', 'speed', 0, Number.MAX_SAFE_INTEGER)).values]).toEqual(
      Array.from({ length: 300 }, (_, i) => i / 10),
    );
    await history.close();
  });

  it('gives numbers and words of one signal, the newest of many, and of what is not known nothing', async () => {
    const history = await openHistory(join(folder, 'h.db'));
    const values = Array.from({ length: 150 }, (_, i) => (i % 40 === 39 ? 'off' : i));
    // Chunks of numbers alone come before one with a word in it, and after.
    for (const [i, value] of values.entries())
      await history.write([{ ...sample(i), value }, ...Array.from({ length: 64 }, (_, s) => sample(i, `s${s}`))]);
    const read = await history.read('car', 'speed', 0, Number.MAX_SAFE_INTEGER);
    expect([...read.values]).toEqual(values);
    expect([...(await history.read('car', 's1', now + 10_000, Number.MAX_SAFE_INTEGER, 3)).times]).toEqual(
      [147, 148, 149].map((i) => now + i * 1000),
    );
    expect(pointsOf(await history.read('car', 'unheard', 0, now))).toEqual([]);
    await history.close();
  });

  it('forgets what is older than its keeping time, and only that', async () => {
    const history = await openHistory(join(folder, 'h.db'));
    await byTens(500, (i) => history.write([sample(i)]));
    await history.prune(now + 250_000);
    const left = pointsOf(await history.read('car', 'speed', 0, Number.MAX_SAFE_INTEGER));
    expect(left.at(-1)).toEqual([now + 499_000, 49.9]);
    expect(left.filter(([at]) => at >= now + 250_000)).toHaveLength(250);
    await history.close();
  });
});

import { mkdtemp, open as openFile, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { createBallast } from '../store/ballast.ts';
import { keepIdentity, readIdentity } from '../store/identity.ts';
import { openEdgeStore } from '../store/open.ts';
import { setAside } from '../store/set-aside.ts';
import { enqueue, lastNumber, waiting } from '../sync/outbox.ts';
import { type History, openHistory } from '../telemetry/history.ts';
import { createForgetAside } from './forget-aside.ts';
import { createRoomKeeper } from './hold-room.ts';
import { lookThrough } from './look-through.ts';
import { openOrRescue } from './open-or-rescue.ts';

const log = createLog('silent', 'edge');
const now = () => 1_700_000_000_000;
let folder: string;
let file: string;
let identity: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-rescue-'));
  [file, identity] = [join(folder, 'edge.db'), join(folder, 'identity.json')];
});
afterEach(() => rm(folder, { recursive: true }));
const open = () => openOrRescue(file, identity, log, now);
const aside = () => ({ forgetAside: createForgetAside([file, join(folder, 'history.db')], log, now), asideMs: 14 * 86_400_000 });
const seen = { case: 'c', reply: 'r', at: 1 };

describe('a store that will not open', () => {
  it.each([
    ['is something else', () => writeFile(file, 'this is not a database, and it is long enough to look like one '.repeat(400))],
    ['was cut off', () => truncate(file, 5_000)],
    ['is zeros', async () => writeFile(file, Buffer.alloc((await stat(file)).size))],
  ])('because it %s is set aside; the edge keeps its name and its hub and goes on in a new epoch that says so', async (_, spoil) => {
    const before = await open();
    await keepIdentity(identity, { edge: before.edge, hubToken: 'wse_token' });
    await enqueue(before.db, 'seen', seen, now());
    await before.close();
    await spoil();
    const begun = performance.now();
    const after = await open();
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(after.edge).toBe(before.edge);
    expect(after.epoch).not.toBe(before.epoch);
    expect((await after.db.selectFrom('meta').select('value').where('key', '=', 'hubToken').executeTakeFirst())?.value).toBe('wse_token');
    const records = await waiting(after.db, 10);
    expect(records.at(-1)).toMatchObject({ kind: 'gap', body: { of: 'records', reason: 'damage' } });
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, i) => i + 1));
    await after.close();
    expect((await readdir(folder)).some((name) => name.startsWith('edge.db.damaged-'))).toBe(true);
  });

  it('or was found damaged in use is set aside though it would open, and what it holds comes over', async () => {
    const before = await open();
    await enqueue(before.db, 'seen', seen, now());
    await before.close();
    const after = await openOrRescue(file, identity, log, now, undefined, 'database disk image is malformed');
    expect(after.epoch).not.toBe(before.epoch);
    expect((await waiting(after.db, 10)).map(({ kind }) => kind)).toEqual(['seen', 'gap']);
    await after.close();
    expect((await readdir(folder)).some((name) => name.startsWith('edge.db.damaged-'))).toBe(true);
  });

  it('or is found damaged by the look through a large one that comes after the start', async () => {
    const store = await open();
    await store.db
      .insertInto('outbox')
      .values(Array.from({ length: 500 }, (_, i) => ({ id: `r${i}`, kind: 'seen', at: i, body: 'x'.repeat(2_000), salt: null })))
      .execute();
    await store.close();
    const sound = await open();
    const found: string[] = [];
    await lookThrough(sound, log, ({ message }) => found.push(message), 0);
    expect(found).toEqual([]);
    await sound.close();
    const handle = await openFile(file, 'r+');
    await handle.write(Buffer.alloc(4_096, 0xa5), 0, 4_096, 4_096 * 150);
    await handle.close();
    const damaged = await openEdgeStore(file, now);
    await lookThrough(damaged, log, ({ message }) => found.push(message), 0);
    expect(found).toHaveLength(1);
    await damaged.close();
  });

  it('is salvaged when whoever had it lets go of it', async () => {
    const before = await open();
    await enqueue(before.db, 'seen', seen, now());
    setTimeout(() => void before.close(), 700);
    const after = await openOrRescue(file, identity, log, now, undefined, 'database disk image is malformed');
    expect((await waiting(after.db, 10)).map(({ kind }) => kind)).toEqual(['seen', 'gap']);
    await after.close();
  });

  it('because another process has it is refused in clear words, and nothing is set aside', async () => {
    const first = await open();
    await expect(open()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('Another process is using') });
    expect((await readdir(folder)).filter((name) => name.includes('damaged'))).toEqual([]);
    await first.close();
  });

  it('keeps numbers without a hole: what is rolled back takes none', async () => {
    const store = await open();
    for (let i = 0; i < 20; i++) {
      const act = store.db.transaction().execute(async (tx) => {
        await enqueue(tx, 'seen', seen, now());
        if (i % 3 === 0) throw new Error('undone');
      });
      await act.catch(() => {});
    }
    const numbers = (await waiting(store.db, 100)).map(({ seq }) => seq);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => i + 1));
    expect(await lastNumber(store.db)).toBe(numbers.length);
    await store.close();
  });
});

describe('a damaged store that was set aside', () => {
  const day = 86_400_000;
  const left = async () => (await readdir(folder)).filter((name) => name.includes('.damaged-')).sort();
  /** One of each store, set aside so many days ago. */
  const setAsideBefore = async (days: number) => {
    for (const one of [file, join(folder, 'history.db')]) {
      for (const part of ['', '-wal']) await writeFile(`${one}${part}`, 'a quokka');
      await setAside(one, now() - days * day);
    }
  };

  it('is kept for as long as was declared, then goes with its log, and the record says so', async () => {
    await setAsideBefore(15);
    await setAsideBefore(13);
    const store = await open();
    const history = await openHistory(join(folder, 'new-history.db'));
    const keeper = createRoomKeeper({
      ...{ db: store.db, history, ballast: undefined, mostBytes: 2 ** 30, mostMs: 1e15, ...aside(), log, now },
      onRecord: () => {},
    });
    expect(await left()).toHaveLength(8);
    await keeper.thin();
    expect(await left()).toHaveLength(4);
    expect(await waiting(store.db, 10)).toMatchObject([
      { kind: 'gap', body: { of: 'records', reason: 'age', detail: expect.stringContaining('edge.db.damaged-2023-10-30') } },
      { kind: 'gap', body: { of: 'telemetry', reason: 'age' } },
    ]);
    await keeper.thin();
    expect(await waiting(store.db, 10)).toHaveLength(2);
    await history.close();
    await store.close();
  });

  it('goes whole with somebody who may be in it, and stays when they came after it', async () => {
    await setAsideBefore(1);
    const store = await open();
    const { forgetAside } = aside();
    await store.db.transaction().execute((tx) => forgetAside(tx, 'erasure', (at) => at > now()));
    expect(await left()).toHaveLength(4);
    await store.db.transaction().execute((tx) => forgetAside(tx, 'erasure', () => true));
    expect(await left()).toEqual([]);
    expect(await waiting(store.db, 10)).toMatchObject(
      Array(2).fill({ kind: 'gap', body: { reason: 'erasure', detail: expect.stringContaining('-wal') } }),
    );
    await store.close();
  });
});

describe('the identity of an edge', () => {
  it('that cannot be read counts as none, and is written whole or not at all', async () => {
    await writeFile(identity, '{"edge":');
    expect(await readIdentity(identity)).toBeUndefined();
    await keepIdentity(identity, { edge: 'edge-1' });
    expect(JSON.parse(await readFile(identity, 'utf8'))).toEqual({ edge: 'edge-1' });
    expect((await stat(identity)).mode & 0o077).toBe(0);
  });
});

/** A history of some hours, in several chunks of each series. */
async function filledHistory(): Promise<History> {
  const at = join(folder, 'history.db');
  for (let day = 0; day < 20; day++) {
    const history = await openHistory(at);
    for (let i = 0; i < 5; i++)
      await history.write(
        Array.from({ length: 1_000 }, (_, k) => {
          const observedAt = 1 + day * 5_000 + i * 1_000 + k;
          return {
            thing: 'car',
            signal: `s${k % 5}`,
            value: Math.sin(observedAt) * 1e6,
            observedAt,
            receivedAt: observedAt,
            quality: 'good' as const,
          };
        }),
      );
    // Closing packs what is in memory.
    await history.close();
  }
  return openHistory(at);
}

describe('a disk that fills up', () => {
  it('has the ballast thrown off, telemetry give way with a record of what went, and the ballast back when there is room', async () => {
    let free = 100 * 2 ** 20;
    const ballastFile = join(folder, 'ballast');
    const ballast = createBallast(ballastFile, 2 ** 20, async () => free);
    const store = await open();
    const history = await filledHistory();
    const keeper = createRoomKeeper({
      db: store.db,
      history,
      ballast,
      mostBytes: 2 ** 30,
      mostMs: 1e15,
      ...aside(),
      log,
      now,
      onRecord: () => {},
    });
    await keeper.watchDisk();
    expect((await stat(ballastFile)).size).toBe(2 ** 20);
    expect(await waiting(store.db, 10)).toEqual([]);
    free = 100_000;
    const before = await history.size();
    await keeper.watchDisk();
    await expect(stat(ballastFile)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await history.size()).toBeLessThan(before);
    const gaps = await waiting(store.db, 10);
    expect(gaps).toMatchObject([{ kind: 'gap', body: { of: 'telemetry', reason: 'room', from: 1 } }]);
    const { to } = gaps[0]!.body as { to: number };
    const left = await history.read('car', 's1', 0, 1e9, 50_000);
    expect(left.times[0]).toBeGreaterThan(to - 5);
    expect(left.length).toBeGreaterThan(10_000);
    free = 100 * 2 ** 20;
    await keeper.watchDisk();
    expect(ballast.thrown()).toBe(false);
    expect((await stat(ballastFile)).size).toBe(2 ** 20);
    await history.close();
    await store.close();
  });

  it('or a history beyond its room or age, is thinned from its oldest end, each time with a record', async () => {
    const store = await open();
    const history = await filledHistory();
    const mostBytes = Math.floor((await history.size()) / 2);
    const keeper = createRoomKeeper({
      db: store.db,
      history,
      ballast: undefined,
      mostBytes,
      mostMs: now() - 12_000,
      ...aside(),
      log,
      now,
      onRecord: () => {},
    });
    await keeper.thin();
    const told = (await waiting(store.db, 10)).map(({ kind, body }) => [kind, (body as { reason: string }).reason]);
    expect(told).toEqual([
      ['gap', 'age'],
      ['gap', 'room'],
    ]);
    expect(await history.size()).toBeLessThanOrEqual(mostBytes);
    await keeper.thin();
    expect(await waiting(store.db, 10)).toHaveLength(2);
    await history.close();
    await store.close();
  });
});

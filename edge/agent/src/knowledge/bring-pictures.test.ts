import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@wayside/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { type EdgeSchema, migrations } from '../store/schema.ts';
import { bringPictures } from './bring-pictures.ts';
import { createKnowledge } from './knowledge.ts';
import { createPictures } from './pictures.ts';

const log = createLog('silent', 'edge');
const { signal } = new AbortController();
const picture = (of: string) => {
  const bytes = Buffer.from(`\xff\xd8\xff a jpeg of ${of}`, 'latin1');
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex') };
};
const [valve, pump, tank] = [picture('valve'), picture('pump'), picture('tank')];

describe('the pictures of the hub’s articles', () => {
  let store: Awaited<ReturnType<typeof openStore<EdgeSchema>>>;
  let folder: string;
  let asked: string[];
  beforeEach(async () => {
    store = await openStore<EdgeSchema>(':memory:', migrations);
    folder = join(await mkdtemp(join(tmpdir(), 'wayside-pictures-')), 'pictures');
    asked = [];
  });
  afterEach(async () => {
    await store.close();
    await rm(join(folder, '..'), { recursive: true });
  });

  const publish = (id: string, hashes: string[], origin: 'hub' | 'pack' = 'hub') =>
    createKnowledge(store.db).put(
      {
        ...{ id, locale: 'en', version: 1, family: 'vehicle', title: id, faults: [], tags: [], sources: [] },
        body: `Look:\n\n${hashes.map((hash) => `![what it shows](sha256:${hash})`).join('\n\n')}`,
      },
      origin,
    );
  const hubWith = (pictures: Record<string, Buffer>) => ({
    picture: async (hash: string) => {
      asked.push(hash);
      return pictures[hash];
    },
  });

  it('are brought once, shown without a hub, and thrown away with their article', async () => {
    await publish('one', [valve.hash, pump.hash]);
    await publish('two', [pump.hash]);
    await publish('of-a-pack', [tank.hash], 'pack');
    const hub = hubWith({ [valve.hash]: valve.bytes, [pump.hash]: pump.bytes, [tank.hash]: tank.bytes });
    await bringPictures(store.db, folder, hub, log, signal);
    await bringPictures(store.db, folder, hub, log, signal);
    expect(asked).toEqual([valve.hash, pump.hash]);

    const { read } = createPictures({ db: store.db, folder, hub: undefined, log });
    expect(await read(valve.hash)).toMatchObject({ type: 'image/jpeg' });
    for (const name of [tank.hash, '../edge.db', '', 'x']) await expect(read(name), name).rejects.toMatchObject({ code: 'not-found' });

    await createKnowledge(store.db).withdraw('one', 'en');
    await bringPictures(store.db, folder, hub, log, signal);
    expect(await readdir(folder)).toEqual([pump.hash]);
  });

  it('are kept only when they are what they are named by, and have room', async () => {
    await publish('one', [valve.hash, pump.hash, tank.hash]);
    await bringPictures(store.db, folder, hubWith({ [valve.hash]: pump.bytes, [pump.hash]: pump.bytes }), log, signal);
    expect(await readdir(folder)).toEqual([pump.hash]);
    await bringPictures(store.db, folder, hubWith({ [tank.hash]: tank.bytes }), log, signal, 512 * 1024);
    expect(await readdir(folder)).toEqual([pump.hash]);
  });

  it('are asked for again when the hub did not answer', async () => {
    await publish('one', [valve.hash]);
    let there = false;
    const pictures = createPictures({
      ...{ db: store.db, folder, log },
      hub: {
        async picture(hash) {
          asked.push(hash);
          if (!there) throw new Error('no answer');
          return valve.bytes;
        },
      },
    });
    const brought = () => {
      pictures.bring();
      return readdir(folder).catch(() => []);
    };
    await expect.poll(() => brought().then(() => asked.length), { timeout: 20_000 }).toBeGreaterThan(1);
    there = true;
    await expect.poll(brought, { timeout: 20_000 }).toEqual([valve.hash]);
    const before = asked.length;
    pictures.bring();
    pictures.stop();
    expect(asked.length).toBe(before);
  });
});

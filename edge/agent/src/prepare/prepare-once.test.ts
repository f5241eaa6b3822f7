import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packsRoot } from '@wayside/packs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { type Prepared, prepare } from './prepare.ts';
import { prepareOnce } from './prepare-once.ts';

describe('what was made of the packs', () => {
  let folder: string;
  let made = 0;
  const file = () => join(folder, 'packs.prepared');
  const packs = () => join(folder, 'packs');
  const installed = () => join(folder, 'installed');
  const nothing: Prepared = { packs: [], broken: [], grammar: {} as never, examples: {} as never, sayings: {} as never, articles: [] };
  const log = createLog('silent', 'test');
  /** Whether it was made anew. */
  async function anew(): Promise<boolean> {
    const before = made;
    await prepareOnce(file(), async () => ({ ...nothing, broken: [{ dir: String(++made), problems: [] }] }), log)(packs(), installed());
    return made > before;
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-prepared-'));
    await cp(join(packsRoot, 'core'), join(packs(), 'core'), { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is read at the next start as it was made', async () => {
    const first = await prepareOnce(file(), prepare, log)(packs(), installed());
    expect(first.packs).toHaveLength(1);
    expect(await prepareOnce(file(), () => Promise.reject(new Error('made anew')), log)(packs(), installed())).toEqual(first);
  });

  it('is made anew when a pack changes, one is installed, or one is taken out', async () => {
    await appendFile(join(folder, 'packs/core/pack.yaml'), '\n');
    expect(await anew()).toBe(true);
    await cp(join(packsRoot, 'generic'), join(installed(), 'generic'), { recursive: true });
    expect(await anew()).toBe(true);
    await rm(installed(), { recursive: true });
    expect(await anew()).toBe(true);
    expect(await anew()).toBe(false);
  });

  it('is made anew when the file is cut short, changed or of something else', async () => {
    const whole = await readFile(file());
    const changed = Buffer.from(whole);
    changed[whole.length - 100]! ^= 1;
    for (const bytes of [whole.subarray(0, whole.length / 2), changed, Buffer.from('garbage'), Buffer.alloc(0)]) {
      await writeFile(file(), bytes);
      expect(await anew()).toBe(true);
    }
    expect(await anew()).toBe(false);
  });

  it('need not be kept for the edge to start', async () => {
    expect(await prepareOnce(join(folder, 'not-there/packs.prepared'), async () => nothing, log)(packs(), installed())).toBe(nothing);
  });
});

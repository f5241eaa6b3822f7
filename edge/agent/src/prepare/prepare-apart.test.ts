import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packsRoot } from '@wayside/packs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepare } from './prepare.ts';
import { prepareApart } from './prepare-apart.ts';

const nowhere = join(tmpdir(), 'no-packs-are-here');

describe('making packs ready in a process apart', () => {
  let folder: string;
  const through = () => join(folder, 'made');
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-packs-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('gives what doing it here gives, and leaves nothing behind', async () => {
    expect(await prepareApart(through())(packsRoot, nowhere)).toEqual(await prepare(packsRoot, nowhere));
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives the same where it cannot be handed over in a file', async () => {
    expect(await prepareApart(join(nowhere, 'made'))(packsRoot, nowhere)).toEqual(await prepare(packsRoot, nowhere));
  });

  it('throws what doing it here throws', async () => {
    await expect(prepareApart(through())(nowhere, nowhere)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(nowhere),
    });
  });

  it('says so when the process ends without a word', async () => {
    const before = process.env.NODE_OPTIONS;
    try {
      await writeFile(join(folder, 'die.cjs'), 'process.exit(7);');
      process.env.NODE_OPTIONS = `--require ${join(folder, 'die.cjs')}`;
      await expect(prepareApart(through())(packsRoot, nowhere)).rejects.toMatchObject({
        code: 'internal',
        message: expect.stringContaining('(7)'),
      });
    } finally {
      if (before === undefined) delete process.env.NODE_OPTIONS;
      else process.env.NODE_OPTIONS = before;
      await rm(join(folder, 'die.cjs'));
    }
  });
});

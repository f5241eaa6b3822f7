import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { layOut } from './bundle.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-bundle-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('lays a bundle out, also one with a file whose name another one’s begins with', async () => {
  await layOut({ 'a/b': 'Yg==', 'a.b': 'YQ==' }, folder);
  expect(await readFile(join(folder, 'a/b'), 'utf8')).toBe('b');
});

it.each([[{ 'a/b': '', a: '' }], [{ a: '', 'a/b/c': '' }], [{ 'a/b/c': '', 'a/b': '' }]])(
  'refuses %j, in which a name is a file and a folder, before it writes any',
  async (bundle) => {
    await expect(layOut(bundle, folder)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/both a file and a folder/),
    });
    expect(await readdir(folder)).toEqual([]);
  },
);

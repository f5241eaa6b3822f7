import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cacheFolder, explainCache } from './cache-folder.ts';
import { createModels } from './models.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-cache-'));
  await writeFile(join(folder, 'file'), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a user reads who wants a model kept below this folder. */
const pullInto = (base: string) =>
  createModels({ env: { XDG_CACHE_HOME: base } })
    .pull('flite-program')
    .then(
      () => 'it is here',
      ({ message }: Error) => message,
    );

describe('a cache that nothing can be kept in', () => {
  it('is made where it can be', async () => {
    await cacheFolder(join(folder, 'a/b'));
    expect((await stat(join(folder, 'a/b'))).isDirectory()).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')('below /proc says at once that no folders can be made there', async () => {
    expect(await pullInto('/proc/nowhere')).toMatch(/No cache can be made at \/proc\/nowhere.*takes no folders. Set XDG_CACHE_HOME/);
  });

  it('inside a file says so', async () => {
    expect(await pullInto(join(folder, 'file'))).toMatch(/is a file, or lies in one. Set XDG_CACHE_HOME/);
  });

  it.each([
    ['EROFS', /disk that can only be read/],
    ['EACCES', /may not be written by this user/],
    ['ENOSPC', /disk is full.*XDG_CACHE_HOME/],
    ['EIO', /cannot be used \(it broke\)/],
  ])('%s is told in words', (code, words) => {
    expect(explainCache(Object.assign(new Error('it broke'), { code }), '/somewhere').message).toMatch(words);
  });
});

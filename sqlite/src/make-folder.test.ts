import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-folders-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const code = (path: string) =>
  makeFolder(path).then(
    () => 'made',
    (error: NodeJS.ErrnoException) => error.code,
  );

it('makes a folder and all it lies in, with the rights it is given, and again is as once', async () => {
  const deep = join(folder, 'a', 'b', 'c');
  await makeFolder(deep, 0o700);
  await makeFolder(deep);
  expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o700);
  expect(await readdir(join(folder, 'a'))).toEqual(['b']);
});

it('makes it once when many ask at once', async () => {
  const deep = join(folder, 'many', 'x', 'y');
  await Promise.all(Array.from({ length: 20 }, () => makeFolder(deep)));
  expect((await stat(deep)).isDirectory()).toBe(true);
});

it('takes a link to a folder for one', async () => {
  await makeFolder(join(folder, 'real'));
  await symlink(join(folder, 'real'), join(folder, 'link'));
  expect(await code(join(folder, 'link'))).toBe('made');
});

it('says that a file is in the way, or a link to nothing', async () => {
  await writeFile(join(folder, 'file'), '');
  await symlink(join(folder, 'nowhere'), join(folder, 'lost'));
  expect([await code(join(folder, 'file')), await code(join(folder, 'file', 'x', 'y')), await code(join(folder, 'lost'))]).toEqual([
    'EEXIST',
    'ENOTDIR',
    'EEXIST',
  ]);
});

it.skipIf(!existsSync('/proc/self'))('ends where no folder can be made, as below /proc', async () => {
  expect([await code('/proc/wayside'), await code('/proc/wayside/in/it')]).toEqual(['ENOENT', 'ENOENT']);
});

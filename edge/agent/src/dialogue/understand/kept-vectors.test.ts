import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepVectors } from './kept-vectors.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vectors-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const texts = ['it squeals', 'it hums'];
const small = { vectors: Int8Array.of(1, -2, 3, 127, 0, -127), scales: Float32Array.of(0.5, 0.25) };
const only = async () => {
  const [name, ...others] = await readdir(folder);
  expect(others).toEqual([]);
  return join(folder, name!);
};

it('keeps vectors over a restart, for the same texts by the same model alone', async () => {
  await keepVectors(folder).write('e5', texts, small);
  const again = keepVectors(folder);
  expect(await again.read('e5', texts)).toEqual(small);
  expect(await again.read('e6', texts)).toBeUndefined();
  expect(await again.read('e5', ['it squeals'])).toBeUndefined();
});

it.each([
  ['torn', (file: string) => truncate(file, 20)],
  ['empty', (file: string) => truncate(file, 0)],
  ['another’s', (file: string) => writeFile(file, 'a note somebody left here, which is no vector at all')],
  [
    'of one flipped bit',
    async (file: string) => {
      const bytes = await readFile(file);
      bytes[17]! ^= 1;
      await writeFile(file, bytes);
    },
  ],
])('throws away a file that is %s, and makes it again', async (_, spoil) => {
  const kept = keepVectors(folder);
  await kept.write('e5', texts, small);
  await spoil(await only());
  expect(await kept.read('e5', texts)).toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
  await kept.write('e5', texts, small);
  expect(await kept.read('e5', texts)).toEqual(small);
});

it('keeps nothing, and breaks nothing, where the disk takes nothing', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  const nowhere = keepVectors(join(file, 'vectors'));
  await nowhere.write('e5', texts, small);
  expect(await nowhere.read('e5', texts)).toBeUndefined();
});

it('keeps the two dozen used last', async () => {
  const kept = keepVectors(folder);
  await kept.write('e5', texts, small);
  const first = await only();
  for (let n = 0; n < 23; n++) await kept.write(`e5-${n}`, texts, small);
  await utimes(first, 0, 0);
  await kept.read('e5', texts);
  await kept.write('one-more', texts, small);
  expect(await readdir(folder)).toHaveLength(24);
  for (const model of ['e5', 'one-more']) expect(await kept.read(model, texts)).toEqual(small);
});

import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { generated } from '../generate.ts';

const devices = resolve(import.meta.dirname, '../..');

it.each(Object.entries(generated))('%s is what the schemas say', async (file, text) => {
  expect(await readFile(join(devices, file), 'utf8')).toBe(text);
});

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { generated } from '../generate.ts';

const devices = resolve(import.meta.dirname, '../..');

it.each(Object.entries(generated))('%s is what the schemas say', async (file, text) => {
  expect(await readFile(join(devices, file), 'utf8')).toBe(text);
});

it('the C SDK asks for no heap: it calls nothing that allocates', async ({ skip }) => {
  if (spawnSync('cc', ['--version']).error || spawnSync('nm', ['--version']).error) skip('there is no C compiler with nm here');
  const folder = await mkdtemp(join(tmpdir(), 'no-heap-'));
  try {
    const sources = (await readdir(join(devices, 'sdk-c/src')))
      .filter((file) => file.endsWith('.c'))
      .map((file) => join(devices, 'sdk-c/src', file));
    execFileSync('cc', ['-std=c99', '-Os', '-c', ...sources], { cwd: folder });
    const called = execFileSync('nm', ['-u', ...(await readdir(folder))], { cwd: folder, encoding: 'utf8' });
    expect(called).toMatch(/memmove/);
    expect(called.match(/\b\w*(alloc|free|strdup|asprintf)\w*/g)).toBeNull();
  } finally {
    await rm(folder, { recursive: true });
  }
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readMapping } from './adapters/mapping.ts';
import { readControllers } from './modbus/controllers.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-written-'));
});
afterAll(() => rm(folder, { recursive: true }));

it.each([
  ['mapping', readMapping],
  ['controllers', readControllers],
])('a file of %s with a list for a name, or a tag nobody knows, is refused and makes no library warn', async (_, read) => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  try {
    const file = join(folder, 'written.yaml');
    for (const text of ['devices:\n  - ? [a, b]\n    : 1\n', 'devices: !!js x\n']) {
      await writeFile(file, text);
      await expect(read(file)).rejects.toMatchObject({ code: 'invalid' });
    }
    expect(warn).not.toHaveBeenCalled();
  } finally {
    warn.mockRestore();
  }
});

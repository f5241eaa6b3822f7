import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSound } from './open-sound.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-sound-'));
  file = join(folder, 'hub.db');
});
afterEach(() => rm(folder, { recursive: true }));

it('opens a store that is sound again and again', async () => {
  for (let n = 0; n < 2; n++) await (await openSound(file, undefined)).close();
});

it('refuses one with spoiled pages, says where the copies lie, and leaves the file free', async () => {
  await (await openSound(file, undefined)).close();
  const { size } = await stat(file);
  const handle = await open(file, 'r+');
  for (let page = 8; page * 4_096 < size; page++) await handle.write(Buffer.alloc(2_000, 0xa5), 0, 2_000, page * 4_096);
  await handle.close();
  const refused = openSound(file, '/mnt/copies');
  await expect(refused).rejects.toThrow(/hub\.db is damaged .*the newest copy in \/mnt\/copies in its place/);
  await rm(file);
  await (await openSound(file, undefined)).close();
});

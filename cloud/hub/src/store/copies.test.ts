import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hubConfig, logKeyFile } from '../config.ts';
import { createLog } from '../log.ts';
import { createCopies } from './copies.ts';
import { openHubStore } from './open.ts';

it('of the store the newest three are kept', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-copies-'));
  const config = hubConfig.parse({ data: join(folder, 'hub'), copies: join(folder, 'copies'), copyMinutes: 0.01 });
  await mkdir(config.data);
  await writeFile(logKeyFile(config), 'a key');
  const store = await openHubStore(config);
  let at = Date.UTC(2026, 10, 22);
  // Each look is a minute later.
  const copies = createCopies(store, config, () => (at += 60_000), createLog('silent'));
  const names = async () => (await readdir(join(folder, 'copies')).catch(() => [])).filter((name) => name.endsWith('.db')).sort();
  const seen = new Set<string>();
  const look = async () => {
    for (const name of await names()) seen.add(name);
    return seen.size;
  };
  copies.start();
  await expect.poll(look, { timeout: 30_000 }).toBeGreaterThan(4);
  await copies.stop();
  await look();
  expect(await names()).toEqual([...seen].sort().slice(-3));
  await store.close();
  await rm(folder, { recursive: true });
});

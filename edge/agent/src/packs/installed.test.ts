import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPack, packsRoot } from '@wayside/packs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { gatherPacks } from './gather.ts';
import { installPack } from './installed.ts';
import { installedPacks } from './receipts.ts';
import { servePacks } from './serve-packs.ts';

const log = createLog('silent', 'test');
const pump = await loadPack(join(packsRoot, 'industrial-pump'));

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'installed-'));
});
afterEach(() => rm(root, { recursive: true }));

it('serves an installed pack in place of the one that ships', async () => {
  await installPack(pump, root, '1', 1);
  const { byFamily, state } = servePacks(await gatherPacks(packsRoot, root), log);
  expect(byFamily.get('industrial-pump')?.dir).toContain(root);
  expect(state.filter((one) => one.family === 'industrial-pump')).toHaveLength(1);
});

it('does not serve one that was changed after its check, and says so; the one that ships goes on', async () => {
  await installPack(pump, root, '1', 1);
  const [{ dir } = { dir: '' }] = await installedPacks(root);
  await appendFile(join(dir, 'faults.yaml'), '\n');
  const { byFamily, state } = servePacks(await gatherPacks(packsRoot, root), log);
  expect(byFamily.get('industrial-pump')?.dir).toBe(pump.dir);
  expect(state.find((one) => one.state === 'broken')?.problem).toMatch(/changed after it passed its check/);
});

it('takes the newer of two, as a crash between coming and going leaves them', async () => {
  await installPack(pump, root, '1', 1);
  await installPack({ ...pump, version: '9.9.9' }, join(root, 'elsewhere'), '1', 2);
  const [newer] = await installedPacks(join(root, 'elsewhere'));
  await mkdir(join(root, 'half.coming'));
  await writeFile(join(root, 'half.coming', 'receipt.json'), '{');

  await rename(newer!.dir, join(root, 'newer'));
  const { byFamily } = servePacks(await gatherPacks(packsRoot, root), log);
  expect(byFamily.get('industrial-pump')?.dir).toBe(join(root, 'newer'));
});

it('makes nothing of a folder without a receipt', async () => {
  await mkdir(join(root, 'odd'));
  await writeFile(join(root, 'odd', 'receipt.json'), 'not json');
  expect(await installedPacks(root)).toEqual([]);
  expect(await installedPacks(join(root, 'nowhere'))).toEqual([]);
});

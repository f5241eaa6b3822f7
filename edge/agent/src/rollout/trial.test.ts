import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Take } from '@wayside/contract';
import { readCatalog } from '@wayside/models';
import { bundleOf, fingerprintOf, packsRoot } from '@wayside/packs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installPack } from '../packs/installed.ts';
import { installedPacks } from '../packs/receipts.ts';
import { carryOut } from './carry-out.ts';
import { countStart, endTrial, putBack, putInPlace, readChoices, readTrial } from './trial.ts';

const [dir, newer] = [join(packsRoot, 'core'), join(packsRoot, 'generic')];
const fingerprint = await fingerprintOf(newer);
const take: Take = { rollout: 'ro-1', what: { of: 'pack', family: 'mill', version: '2.0.0', fingerprint } };
const here = async () => (await installedPacks(join(data, 'packs'))).map(({ receipt }) => receipt.version);

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'trial-'));
  await installPack({ family: 'mill', version: '1.0.0', dir }, join(data, 'packs'), 'test', 1);
});
afterEach(() => rm(data, { recursive: true }));

async function placed() {
  const root = join(data, 'coming');
  await installPack({ family: 'mill', version: '2.0.0', dir: newer }, root, 'test', 2);
  await putInPlace(data, take, (await installedPacks(root))[0]);
}

it('what does not come up twice is put back, and said so; nobody has to be there', async () => {
  await placed();
  expect(await here()).toEqual(['2.0.0']);
  await countStart(data);
  await countStart(data);
  expect(await here()).toEqual(['2.0.0']);
  await countStart(data);
  expect(await here()).toEqual(['1.0.0']);
  expect(await readTrial(data)).toMatchObject({ failed: true, take: { rollout: 'ro-1' } });
  await countStart(data);
  expect(await here()).toEqual(['1.0.0']);
});

it('a rollout that is taken back leaves what ran before; one that never came changes nothing', async () => {
  expect(await putBack(data, take)).toBe(false);
  await placed();
  await endTrial(data);
  expect(await putBack(data, take)).toBe(true);
  expect(await here()).toEqual(['1.0.0']);
  expect(await putBack(data, take)).toBe(false);
});

it('a language model is chosen and unchosen the same way', async () => {
  const model: Take = { rollout: 'ro-2', what: { of: 'generator', model: 'none' } };
  await putInPlace(data, model);
  expect((await readChoices(data)).generator).toBe('none');
  expect(await putBack(data, model)).toBe(true);
  expect(await readChoices(data)).toEqual({});
});

it('what is not what was announced, or nobody can read, is refused and changes nothing; a hub that is away is asked again', async () => {
  const parts = {
    ...{ data, packsRoot, version: 'test', now: () => 1, pull: () => Promise.reject(new Error('no')) },
    prepare: () => Promise.reject(new Error('never comes so far')),
  };
  const given = (files: Record<string, string>) =>
    carryOut(take, { ...parts, fetchVerified: async () => Buffer.from(JSON.stringify({ files })) });
  const files = await bundleOf(dir);
  expect(await given({ ...files, 'more.md': 'aGk=' })).toMatchObject({ state: 'refused', problem: expect.stringContaining('fingerprint') });
  expect(await given({ '../../edge.db': 'aGk=' })).toMatchObject({ state: 'refused' });
  const away = () => Promise.reject(new Error('away'));
  await expect(carryOut(take, { ...parts, fetchVerified: away })).rejects.toThrow('away');
  expect(await here()).toEqual(['1.0.0']);
  expect(await readTrial(data)).toBeUndefined();
});

it('a language model is fetched only when the one that was signed is the one this edge knows by its name', async () => {
  const [known] = readCatalog().filter(({ task }) => task === 'generate');
  const { id, file, bytes, sha256 } = known!;
  const pulled: string[] = [];
  const order: Take = { rollout: 'ro-3', what: { of: 'generator', model: id } };
  const given = (manifest: unknown) =>
    carryOut(order, {
      ...{ data, packsRoot, version: 'test', now: () => 1 },
      pull: async (model) => void pulled.push(model),
      prepare: () => Promise.reject(new Error('never comes so far')),
      fetchVerified: async () => Buffer.from(JSON.stringify(manifest)),
    });
  for (const other of [{ id, file, bytes, sha256: 'a'.repeat(64) }, { id: 'another', file, bytes, sha256 }, {}])
    expect(await given(other)).toMatchObject({ state: 'refused' });
  expect([pulled, await readChoices(data)]).toEqual([[], {}]);
  expect(await given({ id, file, bytes, sha256 })).toMatchObject({ state: 'placed' });
  expect([pulled, (await readChoices(data)).generator]).toEqual([[id], id]);
});

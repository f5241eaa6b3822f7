import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packsRoot } from '@wayside/packs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { replay } from '../../cli/src/policy.ts';
import { createSite, type Site, until } from '../support/site.ts';

describe('wayside policy replay', () => {
  let site: Site;
  let folder: string;
  let session: string;
  const play = async (file: string, more: object = {}) => {
    const said: string[] = [];
    const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    try {
      await replay(file, { family: 'vehicle', hub: site.hubUrl, token: site.hub().token, data: folder, ...more });
    } finally {
      out.mockRestore();
    }
    return said.join('');
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-policy-'));
    // Replayed is what the hub has of conversations.
    site = await createSite({ settings: { unnamedTalk: 'hub' } });
    await site.play('vehicle/misfire', { thing: 'car-1' });
    ({ session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'car-1' }));
    await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'Why did the warning light come on?' });
    await until('all at the hub', async () => (await site.operator.get('/v1/status')).hub.waiting === 0, 40_000);
  }, 120_000);
  afterAll(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('tells in a table which conversations would have gone otherwise, and nothing of the policy that stands', async () => {
    const shipped = join(packsRoot, 'vehicle/policy.yaml');
    expect(await play(shipped)).toMatch(/^1 conversation of vehicle; 0 would have gone otherwise\./);
    const changed = join(folder, 'policy.yaml');
    await writeFile(changed, (await readFile(shipped, 'utf8')).replace('turns: { atLeast: 8 }', 'turns: { atLeast: 1 }'));
    const table = await play(changed);
    expect(table).toMatch(/offer +0 +1 +\+1/);
    expect(table).toMatch(new RegExp(`${session} +1 +none +offer by long-talk on turn 1`));
    expect(JSON.parse(await play(changed, { json: true })).differences).toHaveLength(1);
  });

  it('says what is wrong with a file that is no policy, a family nobody knows and a hub that is not there', async () => {
    const bad = join(folder, 'bad.yaml');
    await writeFile(bad, 'rules:\n  - { id: x, effect: shout }');
    await expect(play(bad)).rejects.toThrow(/policy\.yaml at rules\.0/);
    await expect(play(join(folder, 'none.yaml'))).rejects.toThrow(/cannot be read/);
    await expect(play(bad, { family: '../..' })).rejects.toThrow();
    await expect(play(bad, { hub: 'http://127.0.0.1:9' })).rejects.toThrow(/No hub answers/);
  });
});

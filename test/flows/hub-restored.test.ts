import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { draftRestored, joinRestored, restored, signRestored } from '../../cli/src/hub-restored.ts';
import { init } from '../../cli/src/updates.ts';
import { type Scenario, startScenario } from '../../cloud/hub/src/scenario.ts';

let site: Scenario;
let flags: { hub: string; token: string; data: string };
const at = (name: string) => join(site.data, name);
const about = () => ({ ...flags, copied: new Date().toISOString(), reason: 'the disk failed' });
const vkey = async () => (await site.as<string>('GET', '/v1/record/log/vkey')).body;
beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  site = await startScenario();
  flags = { hub: site.url, token: site.token, data: site.data };
  await init({ ...flags, keys: [at('anna'), at('ben')], threshold: '2' });
  const before = (await site.as<string>('GET', '/v1/record/log/checkpoint')).body;
  const edge = await site.edge('garage');
  await edge.tell('alarm', {
    what: 'the log of the hub is shorter than it was',
    at: 1,
    seen: { vkey: (await vkey()).trim(), before, now: before },
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await site.end();
});

it('a hub that was put back is declared by two holders who each sign their copy where they are; by one of them, a stranger or another draft it is not', async () => {
  const old = await vkey();
  await draftRestored(at('a'), about());
  await copyFile(at('a'), at('b'));
  await expect(joinRestored([at('a'), at('b')], flags)).rejects.toThrow('nobody has signed');
  await signRestored(at('a'), { keys: [at('anna')] });
  await expect(joinRestored([at('a')], flags)).rejects.toThrow('must be signed by the keys');
  await draftRestored(at('other'), { ...about(), reason: 'somebody stole it' });
  await signRestored(at('other'), { keys: [at('ben')] });
  await expect(joinRestored([at('a'), at('other')], flags)).rejects.toMatchObject({ code: 'conflict' });
  await expect(signRestored(at('b'), {})).rejects.toThrow('--keys');
  await expect(restored({ ...about(), keys: [at('ben')] })).rejects.toThrow('must be signed by the keys');
  expect(await vkey()).toBe(old);

  await signRestored(at('b'), { keys: [at('ben')] });
  await joinRestored([at('a'), at('b')], flags);
  expect(await vkey()).not.toBe(old);
});

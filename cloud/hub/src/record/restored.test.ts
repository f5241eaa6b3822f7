import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Restoration, signRestoration } from '@wayside/record';
import { signerFrom } from '@wayside/record/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Edge, type Scenario, startScenario } from '../scenario.ts';
import { rootSigner } from '../updates/keys.ts';

let site: Scenario;
let edge: Edge;
beforeAll(async () => {
  site = await startScenario();
  edge = await site.edge('garage');
});
afterAll(() => site.end());

const log = async (path: string) => (await site.as<string>('GET', `/v1/record/log/${path}`)).body;
const draft = () => site.as<Omit<Restoration, 'by' | 'reason'>>('GET', `/v1/record/restoration?copied=${Date.now()}`);
const put = (said: unknown) => site.as<{ code: string }>('POST', '/v1/record/restoration', said);
const operator = async () => {
  await site.as('GET', '/v1/updates');
  return rootSigner(join(site.data, 'updates'));
};

it('has nothing to declare while no witness finds anything wrong, or one tells of a head this hub never signed', async () => {
  expect((await draft()).status).toBe(409);
  const seen = { vkey: (await log('vkey')).trim(), before: 'wayside-hub/x\n20\nAAAA\n\n— wayside-hub/x AAAA\n', now: '' };
  await edge.tell('alarm', { what: 'the log of the hub is shorter than it was', at: 1, seen });
  expect((await draft()).status).toBe(409);
});

it('begins the log anew under another key on the operator’s word alone, and says so to every edge from then on', async () => {
  const [vkey, before] = [(await log('vkey')).trim(), await log('checkpoint')];
  await edge.tell('alarm', { what: 'the log of the hub is shorter than it was', at: 1, seen: { vkey, before, now: before } });
  const { body: about } = await draft();
  expect(about).toMatchObject({ old: vkey, head: before, kept: 0 });
  const said = signRestoration({ ...about, reason: 'the disk failed' }, [await operator()]);
  expect((await put(signRestoration({ ...about, reason: 'mine now' }, [signerFrom(new Uint8Array(32))]))).body).toMatchObject({
    code: 'forbidden',
  });
  for (const wrong of [{ ...said, kept: 1 }, { ...said, reason: 'another' }, { ...said, hub: said.old }, { ...said, by: [] }, {}])
    expect((await put(wrong)).body).toMatchObject({ code: 'invalid' });
  expect((await log('vkey')).trim()).toBe(vkey);

  expect((await put(said)).status).toBe(204);
  expect((await log('vkey')).trim()).toBe(said.hub);
  expect(await log('checkpoint')).toContain(said.hub.split('+')[0]);
  expect(await log('restored')).toEqual({ restored: [said] });
  expect((await put(said)).status).toBe(400);
  const key = await readFile(join(site.data, 'log-key'), 'utf8');
  await site.again();
  expect((await log('vkey')).trim()).toBe(said.hub);
  expect(await readFile(join(site.data, 'log-key'), 'utf8')).toBe(key);
});

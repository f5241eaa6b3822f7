import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHub, type Hub, hubConfig, type Started } from '@wayside/hub';
import { bundleOf, packsRoot } from '@wayside/packs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { enrolAt } from '../../cloud/hub/src/signing-edge.ts';
import { init, rotate, sign, status } from './updates.ts';

let folder: string;
let hub: Hub;
let started: Started;
let said = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-updates-'));
  hub = createHub(hubConfig.parse({ data: join(folder, 'hub'), port: 0, packsRoot: folder, logLevel: 'silent' }));
  started = await hub.start();
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await hub.stop();
  await rm(folder, { recursive: true });
});

const [one, other, third] = ['one', 'other', 'third'].map((name) => () => join(folder, name)) as [() => string, () => string, () => string];
const flags = () => ({ hub: started.url, data: folder });
const call = async (method: string, path: string, body?: unknown) => {
  const headers = { authorization: `Bearer ${started.token}`, 'content-type': 'application/json' };
  return fetch(new URL(path, started.url), { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
};
const keysAtHub = async () => (await readdir(join(folder, 'hub', 'updates'))).sort();
async function addPack(note: string): Promise<{ family: string; version: string; fingerprint: string }> {
  const files = { ...(await bundleOf(join(packsRoot, 'generic'))), 'notes.md': Buffer.from(note).toString('base64') };
  return (await call('POST', '/v1/packs', { files })).json() as never;
}
const begins = async ({ family, version, fingerprint }: Awaited<ReturnType<typeof addPack>>) => {
  await enrolAt({ hub, url: started.url }, 'e1');
  const response = await call('POST', '/v1/rollouts', { what: { of: 'pack', family, version, fingerprint }, first: ['e1'] });
  return { status: response.status, detail: ((await response.json()) as { detail?: string }).detail };
};

it('begins with all keys at the hub, and says so until they are taken away; then the hub keeps the one it signs the hours with', async () => {
  await status(flags());
  expect(said).toContain('wayside updates init');
  expect(await keysAtHub()).toEqual(['online.pem', 'root.pem', 'targets.pem']);
  await init({ ...flags(), keys: [one()] });
  expect(await keysAtHub()).toEqual(['online.pem']);
  said = '';
  await status(flags());
  expect(said).toMatch(/root +version 2/);
  expect(said).not.toContain('init');
  await expect(init({ ...flags(), keys: [other()] })).rejects.toMatchObject({ code: 'conflict' });
});

it('a pack that came since reaches nobody before it is signed; who signs is told what it is', async () => {
  const pack = await addPack('one');
  expect((await ((await call('GET', '/v1/packs')).json() as Promise<{ packs: unknown[] }>)).packs).toMatchObject([{ signed: false }]);
  expect(await begins(pack)).toMatchObject({ status: 409, detail: expect.stringContaining('wayside updates sign') });
  await expect(sign({ ...flags(), keys: [other()] })).rejects.toMatchObject({ code: 'forbidden' });
  said = '';
  await sign({ ...flags(), keys: [one()] });
  expect(said).toContain(`generic ${pack.version}  packs/${pack.fingerprint}`);
  expect((await begins(pack)).status).toBe(201);
});

it('keys are replaced by those before them, with a threshold; what waits goes on waiting; old keys sign nothing any more', async () => {
  const pack = await addPack('two');
  await expect(rotate({ ...flags(), keys: [one()], to: [other()], threshold: '2' })).rejects.toMatchObject({ code: 'invalid' });
  await rotate({ ...flags(), keys: [one()], to: [other(), third()], threshold: '2', online: true });
  expect(await keysAtHub()).toEqual(['online.pem']);
  expect((await begins(pack)).status).toBe(409);
  await expect(sign({ ...flags(), keys: [one()] })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(rotate({ ...flags(), keys: [other()], to: [one()] })).rejects.toMatchObject({ code: 'forbidden' });
  await sign({ ...flags(), keys: [other()] });
  said = '';
  await status(flags());
  expect(said).toMatch(/root +version 3, .*2 of 2 keys/);
  expect(said).not.toContain('Waits');
});

it('what is signed by nobody, or is garbage, changes nothing and is told so', async () => {
  const { root, targets } = (await (await call('GET', '/v1/updates')).json()) as { root: string; targets: string };
  for (const body of [
    { root },
    { root: '{' },
    { targets: '[]' },
    { targets: targets.replace(/"bytes"|"length":\d+/, '"length":1') },
    { more: 1 },
  ])
    expect((await call('POST', '/v1/updates', body)).status).toBe(400);
  expect(((await (await call('GET', '/v1/updates')).json()) as { root: string }).root).toBe(root);
});

import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeFile } from '../config.ts';
import { messageCreated, signedBy } from '../hooks/chatwoot-double.ts';
import { signed } from '../hooks/sign.ts';
import { call, handoff, type Scenario, startScenario } from '../scenario.ts';
import { renewKey } from './vault.ts';

type Hook = { id: string; secret: string; answersTo: string };
const theirSecret = `of-their-inbox-${randomBytes(8).toString('hex')}`;
let site: Scenario;
let hook: Hook;
let inbox: Hook;
const came: { headers: Record<string, string | string[] | undefined>; body: string }[] = [];
const webhook = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  came.push({ headers: request.headers, body });
  response.writeHead(204).end();
});
beforeAll(async () => {
  await new Promise<void>((up) => webhook.listen(0, '127.0.0.1', up));
  const to = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`;
  site = await startScenario();
  const add = async (wanted: object) => (await site.as<Hook>('POST', '/v1/hooks', { to, events: ['opened'], ...wanted })).body;
  hook = await add({ kind: 'webhook' });
  inbox = await add({ kind: 'chatwoot', theirSecret, events: ['resolved'] });
});
afterAll(async () => {
  await site.end();
  webhook.close();
});

const keyFile = () => join(site.data, 'secrets-key');
const secrets = () => [hook.secret, inbox.secret, theirSecret];
/** In which files of the data folder one of the secrets stands. */
async function standsIn(): Promise<string[]> {
  const files = (await readdir(site.data, { withFileTypes: true })).filter((one) => one.isFile());
  const texts = await Promise.all(files.map(({ name }) => readFile(join(site.data, name))));
  return files.filter((_, i) => secrets().some((secret) => texts[i]!.includes(secret))).map(({ name }) => name);
}
async function isToldSigned(id: string): Promise<void> {
  await (await site.edge(`edge-${id}`)).tell('handoff', handoff(id));
  await expect.poll(() => came.length, { timeout: 20_000 }).toBe(1);
  const { headers, body } = came.shift()!;
  const at = Number(headers['webhook-timestamp']) * 1_000;
  expect(headers['webhook-signature']).toBe(signed(hook.secret, headers['webhook-id'] as string, at, body)['webhook-signature']);
}
/** What the inbox says, by its key and signed with its secret. */
const inboxSays = (secret = theirSecret) => {
  const raw = JSON.stringify(messageCreated(1, 'Hello'));
  return call(site.url, 'POST', inbox.answersTo, { raw, headers: signedBy(secret, raw, Date.now()) });
};

// On PostgreSQL there is no file to look into; that they are closed there, `hooks` as second factors, is the same code.
describe.skipIf(process.env.WAYSIDE_TEST_POSTGRES)('the secrets of hooks', () => {
  it('stand in no file, and sign what is told and what is taken', async () => {
    expect(await standsIn()).toEqual([]);
    await isToldSigned('c-1');
    expect((await inboxSays()).status).toBe(200);
    expect((await inboxSays('another secret')).status).toBe(401);
  });

  it('of an older hub, which lay open in its store, are closed at the start and overwritten', async () => {
    await site.hub.stop();
    const store = new DatabaseSync(storeFile(site));
    store.prepare('update hook set secret = ? where id = ?').run(hook.secret, hook.id);
    store.prepare('update hook set secret = ?, theirSecret = ? where id = ?').run(inbox.secret, theirSecret, inbox.id);
    store.close();
    expect(await standsIn()).toEqual(['hub.db']);
    await site.again();
    await site.hub.stop();
    expect(await standsIn()).toEqual([]);
    await site.again();
    await isToldSigned('c-2');
    expect((await inboxSays()).status).toBe(200);
  });

  it('are closed with another key when that is replaced, and open to no copy with the old one', async () => {
    const closedBy = () => {
      const store = new DatabaseSync(storeFile(site), { readOnly: true });
      const rows = store.prepare('select secret from hook union all select theirSecret from hook where theirSecret is not null').all();
      store.close();
      return new Set(rows.map(({ secret }) => String(secret).split('.')[1]));
    };
    await site.hub.stop();
    const before = closedBy();
    await renewKey(keyFile());
    await site.again();
    await isToldSigned('c-3');
    expect((await inboxSays()).status).toBe(200);
    await site.hub.stop();
    const after = closedBy();
    expect([before.size, after.size]).toEqual([1, 1]);
    expect([...after]).not.toEqual([...before]);
    await site.again();
  });

  it('that are lost with their key let nobody in and sign nothing; it is shown why', async () => {
    await rm(keyFile());
    await site.again();
    expect((await inboxSays()).status).toBe(401);
    expect((await inboxSays('')).status).toBe(401);
    await (await site.edge('edge-c-4')).tell('handoff', handoff('c-4'));
    const said = async () =>
      (await site.as<{ deliveries: { said: string | null }[] }>('GET', `/v1/hooks/${hook.id}/deliveries`)).body.deliveries.map(
        (one) => one.said,
      );
    await expect.poll(said, { timeout: 20_000 }).toContainEqual(expect.stringContaining('put secrets-key back'));
    expect(came).toEqual([]);
  });
});

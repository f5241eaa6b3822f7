import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { createSite, type Site, until } from '../support/site.ts';

const tls = (name: string) => join(import.meta.dirname, '../support/tls', name);
const known = (site: Site) => async () => (await site.operator.get('/v1/status')).hub.state === 'connected';

/** What the edge keeps to show its hub. */
async function kept(site: Site): Promise<{ key?: string; certificate?: string }> {
  const { hubToken } = JSON.parse(await readFile(join(site.folder, 'edge', 'identity.json'), 'utf8'));
  return JSON.parse(hubToken);
}

async function asksForHelp(site: Site): Promise<void> {
  const { session } = await site.operator.post('/v1/sessions', { channel: 'api', locale: 'en' });
  const { case: id } = await site.operator.post(`/v1/sessions/${session}/handoff`);
  await until('the case', () => site.technician.get(`/v1/cases/${id}`).catch(() => undefined), 30_000);
}

describe('an edge that enrolled', () => {
  let site: Site;
  beforeAll(async () => {
    site = await createSite();
  }, 120_000);
  afterAll(() => site.close());

  it('shows its hub a key of its own through plain HTTP, and nothing that could be stolen on the way', async () => {
    await until('the hub knows it', known(site), 30_000);
    expect(Object.keys(await kept(site)).sort()).toEqual(['certificate', 'key']);
    await asksForHelp(site);
  });

  it('keeps it over a restart', async () => {
    const before = await kept(site);
    await site.stopEdge();
    await site.startEdge('a code it does not need');
    await until('the hub knows it', known(site), 30_000);
    expect(await kept(site)).toEqual(before);
  });

  it('is refused at once when it is locked out, its open socket too', async () => {
    const { edges } = await site.technician.get('/v1/fleet');
    const mine = edges.find((edge: { online: boolean }) => edge.online);
    await site.technician.post(`/v1/edges/${mine.id}/lock-out`);
    await until('it is alone', async () => !(await known(site)()), 30_000);
  });
});

describe('a hub with a port for edges', () => {
  let site: Site;
  let url: string;
  let movedBy = 0;
  const now = () => Date.now() + movedBy;
  const before = getCACertificates('default');
  beforeAll(async () => {
    setDefaultCACertificates([...before, await readFile(tls('ca.pem'), 'utf8')]);
    const edgesPort = await freePort();
    url = `https://localhost:${edgesPort}`;
    site = await createSite({
      hubSettings: { edgesPort, tlsCert: tls('server.pem'), tlsKey: tls('server.key') },
      settings: { hubUrl: url },
      clocks: { edge: now, hub: now },
    });
    await site.stopEdge();
  }, 120_000);
  afterAll(async () => {
    await site.close();
    setDefaultCACertificates(before);
  });

  /** @returns the status */
  const ask = (path: string, shown: { key?: string; cert?: string } = {}) =>
    new Promise<number>((resolve, reject) => {
      request(new URL(path, url), shown, (answer) => {
        answer.resume();
        resolve(answer.statusCode as number);
      })
        .on('error', reject)
        .end();
    });

  it('knows an edge by its certificate in the handshake alone, and has nothing for anybody else', { timeout: 90_000 }, async () => {
    await site.startEdge();
    await until('the hub knows it', known(site), 30_000);
    await asksForHelp(site);
    const { key, certificate: cert } = (await kept(site)) as { key: string; certificate: string };
    expect(await ask('/v1/sync/down?after=0', { key, cert })).toBe(200);
    expect(await ask('/v1/sync/down?after=0')).toBe(401);
    const stranger = { key: await readFile(tls('client.key'), 'utf8'), cert: await readFile(tls('client.pem'), 'utf8') };
    expect(await ask('/v1/sync/down?after=0', stranger)).toBe(401);
    for (const path of ['/', '/v1/cases', '/healthz', '/metrics', '/openapi.json']) expect(await ask(path, { key, cert }), path).toBe(404);
  });

  it('changes a certificate that has run out for the next, in a handshake with the old one', { timeout: 90_000 }, async () => {
    const before = (await kept(site)) as { key: string; certificate: string };
    movedBy = 31 * 86_400_000;
    await asksForHelp(site);
    const { key, certificate: cert } = (await kept(site)) as { key: string; certificate: string };
    expect(cert).not.toBe(before.certificate);
    expect(await ask('/v1/sync/down?after=0', { key, cert })).toBe(200);
    expect(await ask('/v1/sync/down?after=0', { key: before.key, cert: before.certificate })).toBe(401);
  });
});

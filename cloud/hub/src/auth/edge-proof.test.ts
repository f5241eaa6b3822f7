import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as x509 from '@peculiar/x509';
import { contentDigest } from '@wayside/contract';
import { openStore } from '@wayside/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeFile } from '../config.ts';
import { call, type Scenario, startScenario } from '../scenario.ts';
import {
  enrolWith,
  newKeys,
  requestFor,
  type Signed,
  type SignedAsk,
  type SigningEdge,
  send as sendTo,
  signed as sign,
} from '../signing-edge.ts';
import { migrationsIn } from '../store/migrations.ts';
import { openSound } from '../store/open-sound.ts';
import type { Schema } from '../store/schema.ts';
import { hashOf } from './secret.ts';

const day = 86_400_000;
let at = Date.parse('2026-03-02T09:00:00Z');
let site: Scenario;
beforeAll(async () => {
  site = await startScenario({}, () => at);
});
afterAll(() => site.end());

/** An edge that has enrolled with a key of its own. */
async function enrolled(edge: string): Promise<SigningEdge> {
  const { status, body, made } = await enrolWith(site.url, await site.hub.createEnrolmentCode(edge), edge);
  expect([status, Object.keys(body)]).toEqual([200, ['certificate', 'root']]);
  return made;
}

const signed = (edge: SigningEdge, asked: SignedAsk, created = Math.floor(at / 1000)) => sign(edge, asked, created);
const send = (asked: SignedAsk, shown: Signed) => sendTo<{ detail?: string; certificate?: string; code?: string }>(site.url, asked, shown);
const ask = async (who: SigningEdge, asked: SignedAsk) => send(asked, await signed(who, asked));

const down: SignedAsk = { method: 'GET', path: '/v1/sync/down', query: 'after=0&limit=1' };
const up: SignedAsk = { method: 'POST', path: '/v1/sync/up', body: { epoch: 'e1', records: [] } };
const renew = async (who: SigningEdge): Promise<SigningEdge> => {
  const keys = await newKeys();
  const { status, body } = await ask(who, { method: 'POST', path: '/v1/sync/certificate', body: { csr: await requestFor(keys) } });
  expect(status).toBe(200);
  return { edge: who.edge, keys, certificate: new x509.X509Certificate(body.certificate as string) };
};

describe('an edge with a certificate', () => {
  it('has one of this hub, for thirty days, as a client, under its own name', async () => {
    const { certificate } = await enrolled('named');
    expect([certificate.subject, certificate.issuer]).toEqual(['CN=named', 'CN=Wayside edges']);
    expect(certificate.notAfter.getTime() - at).toBe(30 * day);
    expect(certificate.getExtension(x509.ExtendedKeyUsageExtension)?.usages).toEqual([x509.ExtendedKeyUsage.clientAuth]);
    expect(certificate.getExtension(x509.BasicConstraintsExtension)?.ca).toBe(false);
  });

  it('is known by what it signs: queries and bodies alike', async () => {
    const edge = await enrolled('signs');
    expect((await ask(edge, down)).status).toBe(200);
    expect((await ask(edge, up)).status).toBe(200);
    expect((await ask(edge, { method: 'GET', path: '/v1/cases' })).status).toBe(401);
  });

  it('is not known by a signature that was changed, moved, made by another, or is of another time; nor twice by one', async () => {
    const edge = await enrolled('guarded');
    const other = await enrolled('other');
    const good = await signed(edge, up);
    const bodyChanged = { ...good, raw: JSON.stringify({ epoch: 'e2', records: [] }) };
    const withHeader = (name: string, value: string) => ({ ...good, headers: { ...good.headers, [name]: value } });
    const input = good.headers['signature-input'] as string;
    const wrong: [string, SignedAsk, Signed][] = [
      ['another body', up, bodyChanged],
      [
        'another body and its digest',
        up,
        { ...withHeader('content-digest', contentDigest(createHash('sha256').update('{}').digest('base64'))), raw: '{}' },
      ],
      ['another path', { ...up, path: '/v1/sync/live' }, good],
      ['another query', { ...down, query: 'after=5' }, await signed(edge, down)],
      ['the key of another', up, { ...good, headers: (await signed({ ...edge, keys: other.keys }, up)).headers }],
      ['the certificate of another', up, withHeader('signature-input', input.replace(/keyid="[^"]+"/, `keyid="${'A'.repeat(43)}"`))],
      ['less covered', up, withHeader('signature-input', input.replace(' "content-digest"', ''))],
      ['another algorithm', up, withHeader('signature-input', input.replace('ecdsa-p256-sha256', 'hmac-sha256'))],
      ['rubbish', up, withHeader('signature', 'edge=:AAAA:')],
      ['long ago', up, await signed(edge, up, Math.floor(at / 1000) - 90)],
      ['still to come', up, await signed(edge, up, Math.floor(at / 1000) + 90)],
    ];
    for (const [what, asked, shown] of wrong) expect((await send(asked, shown)).status, what).toBe(401);
    const once = await signed(edge, up);
    expect((await send(up, once)).status).toBe(200);
    expect((await send(up, once)).status, 'the same again').toBe(401);
  });

  it.skipIf(process.env.WAYSIDE_TEST_POSTGRES)('is let in by no token, though the store still held what an older hub gave it', async () => {
    const edge = await enrolled('of-before');
    await site.hub.stop();
    const store = new DatabaseSync(storeFile(site));
    store.exec(`update edge set tokenHash = '${hashOf('wse_of-before')}' where id = 'of-before'`);
    store.close();
    await site.again();
    for (const token of ['wse_of-before', 'of-before', site.token])
      for (const { method, path, body } of [down, up])
        expect((await call(site.url, method, path, { token, ...(body ? { body } : {}) })).status, `${token} ${path}`).toBe(401);
    expect((await ask(edge, down)).status).toBe(200);
  });

  it('that an older hub gave a token finds it forgotten in the store', async () => {
    const file = join(site.data, 'older.db');
    const older = Object.entries(migrationsIn('sqlite')).filter(([name]) => name < '095-no-edge-tokens');
    const before = await openStore<Schema>(file, Object.fromEntries(older));
    const row = { id: 'of-before', tokenHash: hashOf('wse_of-before'), enrolledAt: at, lastSeen: null, downThrough: 0, tenant: 'house' };
    await before.db.insertInto('edge').values(row).execute();
    await before.close();
    const now = await openSound(file, undefined);
    expect(await now.db.selectFrom('edge').select('tokenHash').execute()).toEqual([{ tokenHash: 'of-before' }]);
    await now.close();
  });

  it('renews it with a new key; the old one is good until the new one is used', async () => {
    const first = await enrolled('renews');
    const lost = await renew(first);
    const second = await renew(first);
    expect((await ask(first, down)).status).toBe(200);
    expect((await ask(second, down)).status).toBe(200);
    for (const gone of [first, lost]) expect((await ask(gone, down)).status).toBe(401);
  });

  it('that was away for months may do nothing but renew; after a year, or locked out, not that', async () => {
    const [away, locked] = [await enrolled('away'), await enrolled('locked')];
    expect((await ask(locked, down)).status).toBe(200);
    expect((await site.as('POST', '/v1/edges/locked/lock-out')).status).toBe(204);
    expect((await ask(locked, down)).status).toBe(401);
    at += 31 * day;
    expect((await ask(away, down)).status).toBe(401);
    const back = await renew(away);
    expect((await ask(back, down)).status).toBe(200);
    expect(
      (await ask(locked, { method: 'POST', path: '/v1/sync/certificate', body: { csr: await requestFor(await newKeys()) } })).status,
    ).toBe(401);
    at += 400 * day;
    expect(
      (await ask(back, { method: 'POST', path: '/v1/sync/certificate', body: { csr: await requestFor(await newKeys()) } })).status,
    ).toBe(401);
  });

  it('goes on after the hub was started again', async () => {
    const edge = await enrolled('stays');
    await site.again();
    expect((await ask(edge, down)).status).toBe(200);
    expect((await ask(await renew(edge), down)).status).toBe(200);
  });
});

describe('a certificate request', () => {
  it.each([
    ['that is none', async () => `-----BEGIN CERTIFICATE REQUEST-----\n${'QUJD'.repeat(30)}\n-----END CERTIFICATE REQUEST-----`],
    [
      'for a key of another kind',
      async () => {
        const kind = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' };
        const keys = await crypto.subtle.generateKey(kind, true, ['sign', 'verify']);
        return (await x509.Pkcs10CertificateRequestGenerator.create({ name: 'CN=x', keys, signingAlgorithm: kind })).toString('pem');
      },
    ],
    [
      'signed by another key than its own',
      async () => {
        const pem = await requestFor(await newKeys());
        const bytes = Buffer.from(x509.PemConverter.decodeFirst(pem));
        bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
        return x509.PemConverter.encode(bytes, 'CERTIFICATE REQUEST');
      },
    ],
  ])('%s is refused, and costs no code', async (_, make) => {
    const code = await site.hub.createEnrolmentCode('careful');
    const refused = await call(site.url, 'POST', '/v1/edges/enrol', { body: { code, edge: 'careful', csr: await make() } });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid' } });
    const keys = await newKeys();
    const taken = await call(site.url, 'POST', '/v1/edges/enrol', { body: { code, edge: 'careful', csr: await requestFor(keys) } });
    expect(taken.status).toBe(200);
  });
});

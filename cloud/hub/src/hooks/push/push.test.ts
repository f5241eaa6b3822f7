import { createDecipheriv, createECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PushSettings } from '../../api/push-types.ts';
import { type Edge, fault, handoff, type Scenario, startScenario } from '../../scenario.ts';
import { encryptPush } from './encrypt.ts';
import { isPushService } from './subscriptions.ts';

const bytes = (text: string) => Buffer.from(text, 'base64url');

it('closes a message exactly as the example of RFC 8291 (appendix A)', () => {
  const keys = {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  };
  const fresh = { privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'), salt: bytes('DGv6ra1nlYgDCS1FRnbzlw') };
  expect(encryptPush(Buffer.from('When I grow up, I want to be a watermelon'), { keys }, fresh).toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

it.each([
  ['https://fcm.googleapis.com/fcm/send/x', true],
  ['https://updates.push.services.mozilla.com/wpush/v2/x', true],
  ['https://push.services.mozilla.com/x', false],
  ['http://fcm.googleapis.com/x', false],
  ['https://fcm.googleapis.com:8443/x', false],
  ['https://fcm.googleapis.com.example.org/x', false],
  ['https://me@fcm.googleapis.com/x', false],
  ['https://169.254.169.254/latest', false],
  ['', false],
])('sends to %s: %s', (endpoint, may) =>
  expect(isPushService(endpoint, 'https://fcm.googleapis.com, https://*.push.services.mozilla.com')).toBe(may),
);

/** A browser's half: it opens what its push service was given (RFC 8291 §3.4, the other way round). */
function browser() {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  const auth = randomBytes(16);
  return {
    keys: { p256dh: pair.getPublicKey('base64url'), auth: auth.toString('base64url') },
    open(body: Buffer) {
      const [salt, theirs, closed] = [body.subarray(0, 16), body.subarray(21, 86), body.subarray(86)];
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), theirs]);
      const secret = Buffer.from(hkdfSync('sha256', pair.computeSecret(theirs), auth, info, 32));
      const derive = (what: string, n: number) => Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${what}\0`, n));
      const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
      decipher.setAuthTag(closed.subarray(-16));
      const padded = Buffer.concat([decipher.update(closed.subarray(0, -16)), decipher.final()]);
      expect(padded.at(-1)).toBe(2);
      return JSON.parse(padded.subarray(0, -1).toString());
    },
  };
}

describe('a technician’s browser', () => {
  let at = Date.parse('2026-11-26T10:00:00Z');
  let site: Scenario;
  let edge: Edge;
  let service: Server;
  let origin: string;
  let answers: Record<string, number>;
  const got: { path: string; headers: IncomingMessage['headers']; body: Buffer }[] = [];
  const arrived = async (n: number) => expect.poll(() => got.length, { timeout: 30_000 }).toBe(n);

  beforeEach(async () => {
    at = Date.parse('2026-11-26T10:00:00Z');
    got.length = 0;
    answers = {};
    service = createServer(async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece);
      const path = request.url as string;
      got.push({ path, headers: request.headers, body: Buffer.concat(pieces) });
      response.writeHead(answers[path] ?? 201).end();
    });
    await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    site = await startScenario({ pushServices: origin, mailFrom: 'desk@hub.example' }, () => at);
    edge = await site.edge('e1');
  });
  afterEach(async () => {
    await site.end();
    service.closeAllConnections();
    await new Promise((done) => service.close(done));
  });
  const urgent = (id: string) => edge.tell('handoff', { ...handoff(id, { at }), urgency: 'urgent', faults: [fault('brake-lost')] });
  const turnOn = (as: Scenario['as'], path: string, keys: object, locale = 'en') =>
    as('PUT', '/v1/me/push', { endpoint: origin + path, keys, locale });

  it('is told of an urgent case, closed for it alone and signed by the hub, in its language, until it is turned off', async () => {
    const ada = await site.technician('Ada');
    const [en, zh] = [browser(), browser()];
    expect((await turnOn(ada, '/en', en.keys)).status).toBe(204);
    expect((await turnOn(ada, '/zh', zh.keys, 'zh')).status).toBe(204);
    await edge.tell('handoff', handoff('c-calm', { at }));
    await urgent('c-now');
    await arrived(2);
    const [atEn, atZh] = ['/en', '/zh'].map((path) => got.find((one) => one.path === path)!) as [(typeof got)[0], (typeof got)[0]];
    expect(en.open(atEn.body)).toEqual({ title: 'Urgent case', body: 'Fault brake-lost', case: 'c-now' });
    expect(zh.open(atZh.body)).toEqual({ title: '紧急工单', body: 'Fault brake-lost（中文）', case: 'c-now' });
    expect(() => zh.open(atEn.body)).toThrow();
    expect(atEn.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high', ttl: '14400' });

    const { key, endpoints } = (await ada<PushSettings>('GET', '/v1/me/push')).body;
    expect(endpoints).toEqual([`${origin}/en`, `${origin}/zh`]);
    const [, token, signer] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(atEn.headers.authorization as string) as unknown as [
      string,
      string,
      string,
    ];
    expect(signer).toBe(key);
    const [head, claims, signature] = token.split('.') as [string, string, string];
    expect(JSON.parse(bytes(claims).toString())).toEqual({ aud: origin, exp: at / 1_000 + 43_200, sub: 'mailto:desk@hub.example' });
    const point = bytes(key).subarray(1);
    const [x, y] = [point.subarray(0, 32), point.subarray(32)].map((part) => part.toString('base64url'));
    const jwk = { kty: 'EC', crv: 'P-256', x: x as string, y: y as string };
    const by = { key: jwk, format: 'jwk' as const, dsaEncoding: 'ieee-p1363' as const };
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), by, bytes(signature))).toBe(true);

    await ada('POST', '/v1/me/push/end', { endpoint: `${origin}/en` });
    await urgent('c-again');
    await arrived(3);
    expect(got[2]?.path).toBe('/zh');
    expect((await site.as<{ hooks: object[] }>('GET', '/v1/hooks')).body.hooks, 'it is nobody else’s business').toEqual([]);
  });

  it('is told no more once its push service says that it is gone, or its person is away or works here no more', async () => {
    const [ada, ben, eve] = await Promise.all(['Ada', 'Ben', 'Eve'].map(site.technician));
    for (const [as, path] of [
      [ada, '/ada'],
      [ben, '/ben'],
      [eve, '/eve'],
    ] as const)
      await turnOn(as!, path, browser().keys);
    const duty = (await ben!<object>('GET', '/v1/me/duty')).body;
    await ben!('PUT', '/v1/me/duty', { ...duty, away: true });
    const { technicians } = (await site.as<{ technicians: { id: string; name: string }[] }>('GET', '/v1/technicians')).body;
    await site.as('POST', `/v1/technicians/${technicians.find(({ name }) => name === 'Eve')?.id}/leave`);
    answers['/ada'] = 410;
    await urgent('c-1');
    await arrived(1);
    await expect.poll(async () => (await ada!<PushSettings>('GET', '/v1/me/push')).body.endpoints, { timeout: 30_000 }).toEqual([]);
    await ben!('PUT', '/v1/me/duty', { ...duty, away: false });
    await urgent('c-2');
    await arrived(2);
    expect(got.map(({ path }) => path)).toEqual(['/ada', '/ben']);
  });

  it('is told no more once its person is signed out there, by themselves, from elsewhere or by an admin; their other browsers are', async () => {
    const [atDesk, atHome] = [await site.technician('Ada'), await site.technician('Ada')];
    await turnOn(atDesk, '/desk', browser().keys);
    await turnOn(atHome, '/home', browser().keys);
    const told = async () => (await atHome<PushSettings>('GET', '/v1/me/push')).body.endpoints;
    const { places } = (await atHome<{ places: { id: string; here: boolean }[] }>('GET', '/v1/auth/account')).body;
    await atHome('DELETE', `/v1/auth/places/${places.find(({ here }) => !here)?.id}`);
    expect(await told()).toEqual([`${origin}/home`]);

    await atHome('POST', '/v1/auth/places/end', { others: true });
    expect(await told(), 'this is no other place').toEqual([`${origin}/home`]);
    const { technicians } = (await site.as<{ technicians: { id: string; name: string }[] }>('GET', '/v1/technicians')).body;
    await site.as('POST', `/v1/technicians/${technicians.find(({ name }) => name === 'Ada')?.id}/sign-out`);
    const again = await site.technician('Ada');
    expect((await again<PushSettings>('GET', '/v1/me/push')).body.endpoints).toEqual([]);
  });

  it('stays told when its person comes in again, and is signed out with where they are now', async () => {
    const ada = await site.technician('Ada');
    const { keys } = browser();
    await turnOn(ada, '/here', keys);
    const again = await site.technician('Ada');
    await turnOn(again, '/here', keys);
    await ada('POST', '/v1/auth/sign-out');
    expect((await again<PushSettings>('GET', '/v1/me/push')).body.endpoints).toEqual([`${origin}/here`]);
    await again('POST', '/v1/auth/sign-out');
    expect((await (await site.technician('Ada'))<PushSettings>('GET', '/v1/me/push')).body.endpoints).toEqual([]);
  });

  it('is told of what is handed to its person: a colleague asks for them, or who speaks a language is wanted; nobody else’s is', async () => {
    const [ada, ben, cy, dee] = await Promise.all(['Ada', 'Ben', 'Cy', 'Dee'].map(site.technician));
    const on = { skills: [], languages: ['en', 'zh'], hours: '', zone: 'UTC', most: 5, away: false };
    for (const as of [ada, ben, cy]) await as!('PUT', '/v1/me/duty', on);
    await dee!('PUT', '/v1/me/duty', { ...on, languages: ['en'] });
    const [atAda, atBen, atCy, atDee] = [browser(), browser(), browser(), browser()];
    await turnOn(ada!, '/ada', atAda.keys);
    await turnOn(ben!, '/ben', atBen.keys);
    await turnOn(cy!, '/cy', atCy.keys, 'zh');
    await turnOn(dee!, '/dee', atDee.keys);
    const webhook = { kind: 'webhook', to: `${origin}/hook`, events: ['handed-on'] };
    await site.as('POST', '/v1/hooks', webhook);
    await edge.tell('handoff', handoff('c-1', { at }));
    await ada!('POST', '/v1/cases/c-1/claim');
    const { technicians } = (await site.as<{ technicians: { id: string; name: string }[] }>('GET', '/v1/technicians')).body;
    const to = technicians.find(({ name }) => name === 'Dee')?.id;

    await ada!('POST', '/v1/cases/c-1/briefings', { to, wants: 'help', text: 'Secret words.' });
    await arrived(2);
    const sentTo = (path: string) => got.filter((one) => one.path === path).map(({ body }) => body);
    expect(atDee.open(sentTo('/dee')[0]!)).toEqual({ title: 'A colleague asks you to help', body: 'Fault misfire', case: 'c-1' });
    expect(String(sentTo('/hook')[0])).toContain('"wants":"help"');
    expect(String(sentTo('/hook')[0]), 'the briefing stays here').not.toContain('Secret words');

    await ada!('POST', '/v1/cases/c-1/transfer', { skill: null, language: 'zh', text: 'She writes Chinese.' });
    await arrived(5);
    expect(got.map(({ path }) => path).sort()).toEqual(['/ben', '/cy', '/dee', '/hook', '/hook']);
    expect(atBen.open(sentTo('/ben')[0]!).title).toBe('A case was handed over that you can take');
    expect(atCy.open(sentTo('/cy')[0]!).title).toBe('有工单转来，您可以接手');
  });

  it('of a lead or an admin is told of a rollout that stopped itself; a technician’s is not, nor anybody’s when a person stopped it', async () => {
    const ada = await site.technician('Ada');
    await site.technician('Ben');
    const { technicians } = (await site.as<{ technicians: { id: string; name: string }[] }>('GET', '/v1/technicians')).body;
    await site.as('PUT', `/v1/technicians/${technicians.find(({ name }) => name === 'Ben')?.id}`, {
      role: 'lead',
      duty: { skills: [], languages: ['zh'], hours: '', zone: 'UTC', most: 5, away: false },
    });
    const lead = browser();
    await turnOn(ada, '/ada', browser().keys);
    // Another role begins with signing in again.
    await turnOn(await site.technician('Ben'), '/ben', lead.keys, 'zh');
    const begin = async () =>
      (
        await site.as<{ rollouts: { id: string }[] }>('POST', '/v1/rollouts', {
          ...{ what: { of: 'generator', model: 'none' }, first: ['e1'] },
        })
      ).body.rollouts[0]!.id;
    await site.as('POST', `/v1/rollouts/${await begin()}/stop`);
    at += 1_000;
    const rollout = await begin();
    await edge.tell('took', { rollout, state: 'refused', problem: '磁盘已满', at });
    await arrived(1);
    expect(got[0]?.path).toBe('/ben');
    expect(lead.open(got[0]!.body)).toEqual({ title: '发布已停止并撤回', body: '不使用语言模型：e1 拒绝了它：磁盘已满', rollout });
  });

  it('is refused with an address that is no push service’s or keys that are none, and nothing is kept', async () => {
    const { keys } = browser();
    const good = { endpoint: `${origin}/x`, keys, locale: 'en' };
    for (const bad of [
      { ...good, endpoint: 'http://127.0.0.1:9/x' },
      { ...good, endpoint: 'file:///etc/passwd' },
      { ...good, endpoint: `${origin}/${'x'.repeat(2_000)}` },
      { ...good, keys: { ...keys, auth: 'short' } },
      { ...good, keys: { ...keys, p256dh: '!' } },
      { ...good, locale: 'de' },
      {},
    ])
      expect((await site.as('PUT', '/v1/me/push', bad)).status, JSON.stringify(bad).slice(0, 90)).toBe(400);
    expect((await site.as<PushSettings>('GET', '/v1/me/push')).body.endpoints).toEqual([]);
  });
});

import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, handoff, type Scenario, startScenario } from '../scenario.ts';
import { codeOf } from './time-code.ts';
import { renewKey } from './vault.ts';

const start = Date.parse('2026-03-02T09:00:00Z');
let at = start;
let site: Scenario;
beforeAll(async () => {
  site = await startScenario({}, () => at);
});
afterAll(() => site.end());

const minutes = (n: number) => {
  at += n * 60_000;
};
const cookieOf = (headers: Headers) => headers.getSetCookie()[0]?.split(';')[0] as string;

type Account = { places: { id: string; how: string; device: string; here: boolean }[]; recoveryCodes: number; restricted: boolean };

/** Somebody new, signed in by password. */
async function somebody(name: string) {
  const password = `${name} has a password`;
  const { body: me } = await site.as<{ id: string }>('POST', '/v1/technicians', { name, password });
  const signIn = async (more: object = {}, agent = 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0') => {
    const answer = await call(site.url, 'POST', '/v1/auth/sign-in', {
      body: { name, password, ...more },
      headers: { 'user-agent': agent },
    });
    return { ...answer, cookie: cookieOf(answer.headers) };
  };
  const as =
    (cookie: string): Scenario['as'] =>
    (method, path, body) =>
      call(site.url, method, path, { cookie, ...(body === undefined ? {} : { body }) });
  const first = as((await signIn()).cookie);
  return { id: me.id, name, password, signIn, as, first };
}

/** What an authenticator app shows. */
function codeNow(secret: string): string {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return codeOf(Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))), Math.floor(at / 30_000));
}

async function setUp(as: Scenario['as']): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { body } = await as<{ secret: string }>('POST', '/v1/auth/second-factor/secret');
  const set = await as<{ recoveryCodes: string[] }>('PUT', '/v1/auth/second-factor', { secret: body.secret, code: codeNow(body.secret) });
  expect(set.status).toBe(200);
  return { secret: body.secret, recoveryCodes: set.body.recoveryCodes };
}

describe('a second factor', () => {
  it('is asked for after the right password only, takes each code once, and a recovery code once', async () => {
    const ada = await somebody('Ada');
    const { secret, recoveryCodes } = await setUp(ada.first);
    expect(new Set(recoveryCodes).size).toBe(8);
    const { status, body, headers } = await ada.signIn();
    expect([status, body, headers.getSetCookie()]).toEqual([202, { wanted: 'code' }, []]);
    expect((await ada.signIn({ password: 'another password' })).status).toBe(401);
    expect((await ada.signIn({ code: codeNow(secret) })).status, 'shown when it was set').toBe(401);
    minutes(1);
    const code = codeNow(secret);
    expect((await ada.signIn({ code })).status).toBe(200);
    expect((await ada.signIn({ code })).status).toBe(401);
    expect((await ada.signIn({ code: recoveryCodes[0]?.toUpperCase() })).status).toBe(200);
    expect((await ada.signIn({ code: recoveryCodes[0] })).status).toBe(401);
    expect((await ada.first<Account>('GET', '/v1/auth/account')).body.recoveryCodes).toBe(7);
  });

  it('lies in the store closed, with a key apart from it that can be replaced; who lost the key signs in with a recovery code', async () => {
    const eve = await somebody('Eve');
    const { secret, recoveryCodes } = await setUp(eve.first);
    const key = join(site.data, 'secrets-key');
    const before = await readFile(key, 'utf8');
    expect((await stat(key)).mode & 0o077).toBe(0);
    for (const name of await readdir(site.data)) expect((await readFile(join(site.data, name))).includes(secret), name).toBe(false);

    await renewKey(key);
    await site.again();
    const after = await readFile(key, 'utf8');
    expect([after.split('\n').length, after.includes(before)]).toEqual([2, false]);
    minutes(1);
    expect((await eve.signIn({ code: codeNow(secret) })).status).toBe(200);

    await rm(key);
    await site.again();
    minutes(1);
    expect((await eve.signIn({ code: codeNow(secret) })).status).toBe(401);
    expect((await eve.signIn({ code: recoveryCodes[0] })).status).toBe(200);
  });

  it('is not set by a wrong code, and cannot be guessed from many addresses', async () => {
    const bo = await somebody('Bo');
    const wrong = { secret: 'A'.repeat(32), code: '123456' };
    expect(await bo.first('PUT', '/v1/auth/second-factor', wrong)).toMatchObject({ status: 400, body: { code: 'invalid' } });
    await setUp(bo.first);
    for (let i = 0; i < 4; i++) expect((await bo.signIn({ code: '000000' })).status).toBe(401);
    expect((await bo.signIn({ code: '000000' })).status).toBe(401);
    expect((await bo.signIn({ code: '000000' })).status).toBe(429);
  });

  it('that an admin requires leaves who has none nothing but to set it up, and is then enough', async () => {
    const cy = await somebody('Cy');
    await site.as('PUT', '/v1/auth/rules', { secondFactor: true });
    const { body: me } = await cy.first<{ may: string[]; restricted: boolean }>('GET', '/v1/me');
    expect(me).toMatchObject({ restricted: true, may: ['account'] });
    for (const [method, path] of [
      ['GET', '/v1/cases'],
      ['POST', '/v1/auth/links'],
      ['GET', '/v1/events'],
    ] as const)
      expect((await cy.first(method, path)).status).toBe(403);
    await setUp(cy.first);
    expect((await cy.first('GET', '/v1/cases')).status).toBe(200);
    // A password alone, by a thief, gets to nothing and changes nothing.
    await cy.first('DELETE', '/v1/auth/second-factor');
    await site.as('PUT', '/v1/auth/rules', { secondFactor: false });
    expect((await cy.as((await cy.signIn()).cookie)('GET', '/v1/cases')).status).toBe(200);
  });
});

describe('an account', () => {
  it('is changed only shortly after signing in', async () => {
    const di = await somebody('Di');
    minutes(16);
    const change = { old: di.password, fresh: 'a new long password' };
    expect(await di.first('POST', '/v1/auth/password', change)).toMatchObject({ status: 401 });
    expect((await di.first('POST', '/v1/auth/passkeys/options')).status).toBe(401);
    const again = di.as((await di.signIn()).cookie);
    expect((await again('POST', '/v1/auth/password', { ...change, old: 'not this' })).status).toBe(400);
    expect((await again('POST', '/v1/auth/password', { ...change, fresh: 'short' })).status).toBe(400);
    expect((await again('POST', '/v1/auth/password', change)).status).toBe(204);
    expect((await again('GET', '/v1/me')).status).toBe(200);
    expect((await di.first('GET', '/v1/me')).status, 'signed out everywhere else').toBe(401);
    expect((await di.signIn()).status).toBe(401);
    expect((await di.signIn({ password: change.fresh })).status).toBe(200);
  });

  it('that is reset takes nothing it took before; a link lets its owner in to set up anew', async () => {
    const ed = await somebody('Ed');
    await setUp(ed.first);
    const { body } = await site.as<{ link: string }>('POST', `/v1/technicians/${ed.id}/reset`);
    expect((await ed.first('GET', '/v1/me')).status).toBe(401);
    expect((await ed.signIn()).status).toBe(401);
    const { headers } = await call(site.url, 'POST', '/v1/auth/once', { body: { token: body.link.split('=')[1] } });
    const anew = ed.as(cookieOf(headers));
    expect((await anew('POST', '/v1/auth/password', { old: '', fresh: ed.password })).status).toBe(204);
    expect((await ed.signIn()).status).toBe(200);
  });
});

describe('where somebody is signed in', () => {
  it('is listed with browser and time, and ended one by one or all at once', async () => {
    const fay = await somebody('Fay');
    const [phone, desk] = await Promise.all([
      fay.signIn({}, 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1'),
      fay.signIn({}, 'curl/8.5.0'),
    ]);
    const list = async (cookie: string) => (await fay.as(cookie)<Account>('GET', '/v1/auth/account')).body.places;
    const places = await list(phone.cookie);
    expect(places.map(({ device }) => device).sort()).toEqual(['Firefox, Windows', 'Safari, iPhone', 'curl']);
    expect(places.filter(({ here }) => here).map(({ device, how }) => [device, how])).toEqual([['Safari, iPhone', 'password']]);
    const curl = places.find(({ device }) => device === 'curl')?.id;
    expect((await fay.first('DELETE', `/v1/auth/places/${curl}`)).status).toBe(204);
    expect((await fay.as(desk.cookie)('GET', '/v1/me')).status).toBe(401);
    const gil = await somebody('Gil');
    const theirs = (await list(phone.cookie))[0]?.id;
    expect((await gil.first('DELETE', `/v1/auth/places/${theirs}`)).status, 'of somebody else').toBe(404);
    await fay.as(phone.cookie)('POST', '/v1/auth/places/end', { which: 'others' });
    expect((await list(phone.cookie)).length).toBe(1);
    expect((await fay.first('GET', '/v1/me')).status).toBe(401);
    await fay.as(phone.cookie)('POST', '/v1/auth/places/end', { which: 'all' });
    expect((await fay.as(phone.cookie)('GET', '/v1/me')).status).toBe(401);
  });

  it('is one when the same browser signs in again', async () => {
    const hal = await somebody('Hal');
    const { cookie } = await hal.signIn();
    await call(site.url, 'POST', '/v1/auth/sign-in', { body: { name: 'Hal', password: hal.password }, cookie });
    expect((await hal.as(cookie)('GET', '/v1/me')).status).toBe(401);
  });

  it.each([
    ['/v1/events', 0],
    ['/v1/cases/c-live/visit', 1],
  ])(
    'takes an open stream of %s along when it ends, though there is no news',
    async (path, claims) => {
      const name = `Ida ${claims}`;
      const ida = await somebody(name);
      if (claims) {
        await (await site.edge('edge-live')).tell('handoff', handoff('c-live'));
        await ida.first('POST', '/v1/cases/c-live/claim');
      }
      const { cookie } = await ida.signIn();
      const stream = await fetch(new URL(path, site.url), { headers: { cookie } });
      const reader = stream.body!.getReader();
      expect(new TextDecoder().decode((await reader.read()).value)).toContain('here');
      await ida.first('POST', '/v1/auth/places/end', { which: 'others' });
      const ended = (async () => {
        for (let part = await reader.read(); !part.done; part = await reader.read());
        return true;
      })();
      const late = new Promise((resolve) => setTimeout(resolve, 55_000, 'still open').unref());
      expect(await Promise.race([ended, late])).toBe(true);
    },
    60_000,
  );
});

describe('a passkey', () => {
  const show = (response: unknown) =>
    call(site.url, 'POST', '/v1/auth/passkey', { body: { id: 'known', type: 'public-key', ...(response as object) } });

  it('is not taken for one by anything that is none', async () => {
    const jo = await somebody('Jo');
    const { body: options } = await call<{ challenge: string; rpId: string }>(site.url, 'POST', '/v1/auth/passkey/options');
    expect(options).toMatchObject({ rpId: '127.0.0.1', userVerification: 'required' });
    const data = (challenge: string) =>
      Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge, origin: site.url })).toString('base64url');
    const response = { clientDataJSON: data(options.challenge), authenticatorData: 'AAAA', signature: 'AAAA' };
    for (const one of [{}, { response: null }, { response }, { rawId: 'known', response: { ...response, clientDataJSON: '{' } }])
      expect((await show(one)).status).toBe(401);
    for (const name of ['', 'x'.repeat(81), 'Key'])
      expect((await jo.first('POST', '/v1/auth/passkeys', { name, response: { id: 'x', type: 'public-key', response } })).status).toBe(400);
  });
});

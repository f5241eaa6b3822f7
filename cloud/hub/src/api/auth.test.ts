import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, handoff, type Scenario, startScenario } from '../scenario.ts';
import { askAs, enrolWith } from '../signing-edge.ts';

let site: Scenario;
beforeAll(async () => {
  site = await startScenario();
});
afterAll(() => site.end());

const signIn = (password: string, name = 'admin', headers = {}) =>
  call<{ name: string; role: string; code?: string }>(site.url, 'POST', '/v1/auth/sign-in', { body: { name, password }, headers });
const cookieOf = (headers: Headers) => headers.getSetCookie()[0]?.split(';')[0] as string;
const me = (cookie: string) => call<{ name: string }>(site.url, 'GET', '/v1/me', { cookie });

describe('the first start', () => {
  it('makes an admin whose password is told once and is nowhere on disk', async () => {
    const { name, password } = site.firstAdmin as { name: string; password: string };
    expect((await signIn(password, name)).body).toMatchObject({ name: 'admin', role: 'admin' });
    for (const file of await readdir(site.data)) expect(await readFile(join(site.data, file), 'latin1')).not.toContain(password);
  });

  it('leaves a token for scripts that only its owner can read, and that stays', async () => {
    const file = join(site.data, 'hub-token');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, 'utf8')).trim()).toBe(site.token);
    const before = site.token;
    await site.again();
    expect(site.token).toBe(before);
    expect(site.firstAdmin).toBeUndefined();
  });
});

describe('a session', () => {
  it('lives in a cookie no script reads and no other site sends, until sign-out', async () => {
    const password = 'a long enough password';
    await site.as('POST', '/v1/technicians', { name: 'Cleo', password });
    const { headers } = await signIn(password, 'cleo');
    expect(headers.getSetCookie()[0]).toMatch(/^wayside_hub=wst_[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    const cookie = cookieOf(headers);
    expect((await me(cookie)).body).toMatchObject({ name: 'Cleo' });
    expect((await call(site.url, 'POST', '/v1/auth/sign-out', { cookie })).status).toBe(204);
    expect((await me(cookie)).status).toBe(401);
  });

  it('ends after twelve hours', async () => {
    let at = Date.now();
    const other = await startScenario({}, () => at);
    const { headers } = await call(other.url, 'POST', '/v1/auth/sign-in', { body: other.firstAdmin });
    const cookie = cookieOf(headers);
    at += 12 * 3_600_000 - 1_000;
    expect((await call(other.url, 'GET', '/v1/me', { cookie })).status).toBe(200);
    at += 2_000;
    expect((await call(other.url, 'GET', '/v1/me', { cookie })).status).toBe(401);
    await other.end();
  });

  it('changes nothing at the wish of another site', async () => {
    await site.technician('Dora');
    const { headers } = await signIn('Dora has a password', 'Dora');
    const cookie = cookieOf(headers);
    const signOutFrom = (from: Record<string, string>) =>
      fetch(`${site.url}/v1/auth/sign-out`, { method: 'POST', headers: { cookie, ...from } }).then((r) => r.status);
    expect(await signOutFrom({ origin: 'https://evil.example' })).toBe(403);
    expect(await signOutFrom({ origin: 'null' })).toBe(403);
    expect(await signOutFrom({ origin: site.url, 'sec-fetch-site': 'same-site' })).toBe(403);
    expect((await me(cookie)).status).toBe(200);
    expect((await signIn('x', 'Dora', { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('is refused after five wrong passwords from one address, the right one too', async () => {
    await site.technician('Ella');
    for (let i = 0; i < 5; i++) expect((await signIn('wrong', 'Ella')).status).toBe(401);
    expect(await signIn('Ella has a password', 'Ella')).toMatchObject({ status: 429, body: { code: 'rate-limited', retryable: true } });
  });

  it('is refused to a name nobody has in the same words', async () => {
    const [nobody, wrong] = [await signIn('x', 'Nobody'), await signIn('x', 'Dora')];
    expect(nobody.body).toEqual(wrong.body);
  });
});

describe('a sign-in link', () => {
  const spend = (path: string) => call<{ name: string }>(site.url, 'POST', '/v1/auth/once', { body: { token: path.split('=')[1] } });

  it('signs in once, even when two try at once', async () => {
    const path = await site.hub.makeSignInLink();
    expect(path).toMatch(/^\/#once=once_[\w-]{43}$/);
    const both = await Promise.all([spend(path), spend(path)]);
    expect(both.map((b) => b.status).sort()).toEqual([200, 401]);
    const won = both.find((b) => b.status === 200);
    expect((await me(cookieOf(won!.headers))).body).toMatchObject({ name: 'admin' });
  });

  it('is dead after fifteen minutes', async () => {
    let at = Date.now();
    const other = await startScenario({}, () => at);
    const path = await other.hub.makeSignInLink();
    at += 15 * 60_000 + 1;
    expect((await call(other.url, 'POST', '/v1/auth/once', { body: { token: path.split('=')[1] } })).status).toBe(401);
    await other.end();
  });
});

describe('an edge', () => {
  const enrol = (code: string, edge: string) => enrolWith(site.url, code, edge);

  it('enrols once with a code, and its certificate opens the sync doors and no other', async () => {
    const code = await site.hub.createEnrolmentCode();
    const { made } = await enrol(code, 'garage');
    const ask = async (path: string) => (await askAs(site.url, made, { method: 'GET', path })).status;
    expect([await ask('/v1/sync/down'), await ask('/v1/cases')]).toEqual([200, 401]);
    expect((await call(site.url, 'GET', '/v1/sync/down', { token: site.token })).status).toBe(401);
    expect((await enrol(code, 'garage-2')).body.code).toBe('unauthorized');
  });

  it('is given no token, only a certificate for a key of its own', async () => {
    const code = await site.hub.createEnrolmentCode();
    const { status, body } = await call(site.url, 'POST', '/v1/edges/enrol', { body: { code, edge: 'of-before' } });
    expect([status, body.code]).toEqual([400, 'invalid']);
    expect(body.detail).toContain('csr');
  });

  it('cannot take the name of another, unless the code was made for it', async () => {
    await site.edge('taken');
    const open = await site.hub.createEnrolmentCode();
    expect(await enrol(open, 'taken')).toMatchObject({ status: 409 });
    expect((await enrol(open, 'free')).status).toBe(200);
    const bound = await site.hub.createEnrolmentCode('taken');
    expect((await enrol(bound, 'other')).status).toBe(401);
    const renewed = await site.hub.createEnrolmentCode('taken');
    expect((await enrol(renewed, 'taken')).status).toBe(200);
  });
});

describe('every door', () => {
  /** All there are: what is described, and the pages. */
  async function doors(): Promise<{ path: string; method: string }[]> {
    const { body } = await call<{ paths: Record<string, Record<string, unknown>> }>(site.url, 'GET', '/openapi.json');
    const described = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ path: path.replaceAll(/\{\w+\}/g, 'en'), method: method.toUpperCase() })),
    );
    expect(described.length).toBeGreaterThan(40);
    return [...described, ...['/', '/verify.html', '/openapi.json', '/not/there'].map((path) => ({ path, method: 'GET' }))];
  }

  it('is closed to strangers, but for those one signs in through and what is the same at every hub', async () => {
    const opened: string[] = [];
    for (const { method, path } of await doors()) {
      const { status } = await call(site.url, method, path, method === 'GET' ? {} : { body: {} });
      if (status !== 401 && status !== 404) opened.push(`${method} ${path}`);
    }
    expect(opened.sort()).toEqual([
      // The page of the console, or how to build it, and what checks a record without asking anybody.
      'GET /',
      'GET /healthz',
      'GET /openapi.json',
      // Whether a company is set; from there back, what it says decides.
      'GET /v1/auth/ways',
      'GET /verify.html',
      'POST /v1/auth/once',
      'POST /v1/auth/passkey',
      'POST /v1/auth/passkey/options',
      'POST /v1/auth/sign-in',
      'POST /v1/auth/sign-out',
      // It has a key of its own in its address, and says first that this is missing.
      'POST /v1/bridges/chatwoot/en',
      'POST /v1/customer/open',
      'POST /v1/edges/enrol',
    ]);
  });

  it('answers with headers that keep other sites, frames and caches out', async () => {
    const wrong: string[] = [];
    // Edges are no browsers; their answers are spared all but the word that no cache keeps them.
    const shown = (await doors()).filter(({ path }) => !path.startsWith('/v1/sync/'));
    for (const { method, path } of shown) {
      const { headers } = await call(site.url, method, path, method === 'GET' ? {} : { body: {} });
      const policy = headers.get('content-security-policy') ?? '';
      const right =
        /default-src '(self|none)'/.test(policy) &&
        /frame-ancestors 'none'/.test(policy) &&
        !/unsafe-eval/.test(policy) &&
        (!/script-src[^;]*unsafe-inline/.test(policy) || path === '/verify.html') &&
        headers.get('x-content-type-options') === 'nosniff' &&
        headers.get('x-frame-options') === 'DENY' &&
        headers.get('referrer-policy') === 'no-referrer' &&
        headers.get('access-control-allow-origin') === null &&
        (!path.startsWith('/v1/') || headers.get('cache-control') === 'no-store');
      if (!right) wrong.push(`${method} ${path}`);
    }
    expect(wrong).toEqual([]);
  });

  it('that changes anything refuses the cookie when another site’s page, or nobody, says it sends it', async () => {
    await site.technician('Lia');
    const { headers } = await signIn('Lia has a password', 'Lia');
    const cookie = cookieOf(headers);
    const taken: string[] = [];
    // Edges and phones show something else, in which no cookie of ours counts.
    const changing = (await doors()).filter(({ method, path }) => method !== 'GET' && !/^.v1.(sync|edges.enrol)/.test(path));
    const senders: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site', origin: site.url },
      {},
    ];
    for (const { method, path } of changing)
      for (const from of senders) {
        const { status } = await fetch(new URL(path, site.url), {
          method,
          headers: { cookie, 'content-type': 'application/json', ...from },
          body: '{}',
        });
        if (status !== 403) taken.push(`${method} ${path} ${JSON.stringify(from)}: ${status}`);
      }
    expect(changing.length).toBeGreaterThan(25);
    expect(taken).toEqual([]);
    expect((await me(cookie)).status).toBe(200);
  });

  it('for a monitor opens with its token, and opens nothing else', async () => {
    const token = 'the-token-of-the-monitor';
    const other = await startScenario({ metricsToken: token });
    expect((await call(other.url, 'GET', '/metrics', { token })).status).toBe(200);
    expect((await call(other.url, 'GET', '/metrics', { token: `${token}s` })).status).toBe(401);
    expect((await call(other.url, 'GET', '/v1/fleet', { token })).status).toBe(401);
    await other.end();
  });

  it('for admins is closed to technicians', async () => {
    const finn = await site.technician('Finn');
    expect((await finn('POST', '/v1/technicians', { name: 'Gus', password: 'long enough to pass' })).status).toBe(403);
    expect((await finn('POST', '/v1/edges/codes', {})).status).toBe(403);
    expect((await site.as('POST', '/v1/technicians', { name: 'FINN', password: 'long enough to pass' })).status).toBe(409);
  });

  it('for technicians shows no case to a person who is not signed in', async () => {
    const edge = await site.edge('secretive');
    await edge.tell('handoff', handoff('c-secret'));
    expect((await call(site.url, 'GET', '/v1/cases/c-secret', { cookie: 'wayside_hub=wst_guess' })).status).toBe(401);
  });
});

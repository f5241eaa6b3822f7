import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCompany } from '../company-scenario.ts';
import { call, type Scenario, startScenario } from '../scenario.ts';
import { readRoles } from './company.ts';

const groups: Record<string, string[]> = { ada: ['staff', 'ops'], bo: ['support'], cy: ['kitchen'] };
let site: Scenario;
let company: Awaited<ReturnType<typeof startCompany>>;

beforeAll(async () => {
  company = await startCompany(groups);
  site = await startScenario(company.settings);
  company.serve(site.url);
});
afterAll(async () => {
  await site.end();
  company.stop();
});

/** A browser as far as this goes: it keeps each site's cookies and follows where it is sent, filling in the company's forms. */
async function signInAs(login: string, tamper: (back: URL) => URL = (back) => back, query = '') {
  const jar = new Map<string, Map<string, string>>();
  async function go(url: URL, form?: Record<string, string>): Promise<{ url: URL; cookie: string }> {
    const mine = jar.get(url.host) ?? new Map<string, string>();
    jar.set(url.host, mine);
    const cookie = [...mine].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) as unknown as [string, string, string];
      mine.set(name, value);
    }
    const where = answer.headers.get('location');
    if (where !== null) {
      const next = new URL(where, url);
      if (url.host === new URL(site.url).host && next.host === url.host)
        return { url: next, cookie: `wayside_hub=${mine.get('wayside_hub')}` };
      return go(next.pathname.endsWith('/back') ? tamper(next) : next);
    }
    const page = await answer.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (prompt === undefined) throw new Error(`${answer.status} ${url}: ${page.slice(0, 300)}`);
    return go(url, { prompt, login, password: 'any' });
  }
  return go(new URL(`/v1/auth/company${query}`, site.url));
}

const saying = (name: string, value: string) => (back: URL) => {
  back.searchParams.set(name, value);
  return back;
};
const me = (cookie: string) => call<{ id: string; name: string; role: string; tenant: string }>(site.url, 'GET', '/v1/me', { cookie });

describe('somebody whose company says who they are', () => {
  it('is let in, with the role its groups give, in its tenant; and is the same person the next time', async () => {
    const ada = await signInAs('ada');
    expect(ada.url.pathname + ada.url.hash).toBe('/');
    const { body } = await me(ada.cookie);
    expect(body).toMatchObject({ name: 'ada of the company', role: 'admin', tenant: 'alpha' });
    expect((await me((await signInAs('bo')).cookie)).body.role).toBe('technician');
    groups.ada = ['support'];
    expect((await me((await signInAs('ada')).cookie)).body).toEqual({ ...body, role: 'technician', may: expect.any(Array) });
    expect((await call(site.url, 'POST', '/v1/auth/sign-in', { body: { name: 'ada of the company', password: 'x' } })).status).toBe(401);
  });

  it('who came from a window over the console’s page is brought to where it closes', async () => {
    expect((await signInAs('ada', undefined, '?window=true')).url.hash).toBe('#signed-in');
    expect((await signInAs('cy', undefined, '?window=true')).url.hash).toBe('#company=forbidden');
    expect((await call(site.url, 'GET', '/v1/auth/company?window=https://evil.example')).status).toBe(400);
  });

  it('has no role there, and is told so on the sign-in page', async () => {
    const { url, cookie } = await signInAs('cy');
    expect(url.hash).toBe('#company=forbidden');
    expect((await me(cookie)).status).toBe(401);
  });

  it('and has left here stays out, whatever the company says', async () => {
    const { body } = await me((await signInAs('bo')).cookie);
    await site.as('POST', `/v1/technicians/${body.id}/leave`);
    expect((await signInAs('bo')).url.hash).toBe('#company=forbidden');
  });

  it.each([
    ['in another state', saying('state', 'another')],
    ['with a code of their own', saying('code', 'made-up')],
    ['from another server', saying('iss', 'https://evil.example')],
    ['with nothing', (back: URL) => new URL(back.pathname, back)],
  ])('does not come back %s', async (_, tamper) => {
    expect((await signInAs('ada', tamper)).url.hash).toBe('#company=unauthorized');
  });

  it('comes back only to the browser that began', async () => {
    const answer = await fetch(new URL('/v1/auth/company/back?code=a&state=b', site.url), { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/#company=unauthorized']);
  });
});

describe('a hub', () => {
  it('with no company set says so, and one whose company is away goes on', async () => {
    const alone = await startScenario();
    expect((await call(alone.url, 'GET', '/v1/auth/ways')).body).toEqual({ company: false });
    expect((await call(alone.url, 'GET', '/v1/auth/company')).status).toBe(404);
    await alone.end();
    const away = await startScenario({ oidcIssuer: 'http://127.0.0.1:9', oidcClient: 'wayside', oidcRoles: 'technician=support' });
    expect(await call(away.url, 'GET', '/v1/auth/company')).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect((await call(away.url, 'POST', '/v1/auth/sign-in', { body: away.firstAdmin })).status).toBe(200);
    await away.end();
  });

  it('reads which group is which role, the first that fits', () => {
    expect(readRoles('admin=ops, technician = tier one')).toEqual([
      { role: 'admin', value: 'ops' },
      { role: 'technician', value: 'tier one' },
    ]);
    for (const text of ['', 'boss=ops', 'admin', 'admin=ops,,']) expect(readRoles(text), text).toBeUndefined();
  });
});

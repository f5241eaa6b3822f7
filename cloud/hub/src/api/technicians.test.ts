import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, handoff, type Scenario, startScenario } from '../scenario.ts';
import type { Duty, Me, TechnicianRow } from './types.ts';

const duty: Duty = {
  skills: ['brakes'],
  languages: ['zh', 'en'],
  hours: 'Mon-Fri 08:00-18:00',
  zone: 'Asia/Shanghai',
  most: 3,
  away: false,
};
type Invited = { technician: string; link: string; expiresAt: number };

describe('who works at the desk', () => {
  let at = Date.parse('2026-11-26T10:00:00Z');
  let site: Scenario;
  let bo: Invited;
  let boIn: string;
  const list = async () => (await site.as<{ technicians: TechnicianRow[] }>('GET', '/v1/technicians')).body.technicians;
  const one = async (name: string) => (await list()).find((each) => each.name === name);
  const open = async (link: string) => {
    const got = await call<Me>(site.url, 'POST', '/v1/auth/once', { body: { token: link.split('=')[1] } });
    return { ...got, cookie: got.headers.getSetCookie()[0]?.split(';')[0] as string };
  };

  beforeAll(async () => {
    site = await startScenario({}, () => at);
  });
  afterAll(() => site.end());

  it('is asked in by a link, good once and for three days, and then chooses how to sign in', async () => {
    const { status, body } = await site.as<Invited>('POST', '/v1/technicians/invite', { name: ' Bo ', languages: ['zh'] });
    expect([status, body.link]).toEqual([200, expect.stringMatching(/^\/#once=once_/)]);
    bo = body;
    expect(await one('Bo')).toMatchObject({ role: 'technician', languages: ['zh'], disabled: false, places: 0, seenAt: null });
    at += 2 * 86_400_000;
    const first = await open(bo.link);
    expect([first.status, first.body.name]).toEqual([200, 'Bo']);
    expect((await open(bo.link)).status).toBe(401);
    boIn = first.cookie;
    expect(await one('Bo')).toMatchObject({ places: 1, seenAt: at });
    const mine = { cookie: boIn, body: { old: '', fresh: 'a word of Bo alone' } };
    expect((await call(site.url, 'POST', '/v1/auth/password', mine)).status).toBe(204);
    expect((await site.as('POST', '/v1/technicians/invite', { name: 'bo' })).status, 'a name is one person').toBe(409);
  });

  it('takes on and may what an admin says, who does not change their own role and is not the last', async () => {
    const path = `/v1/technicians/${bo.technician}`;
    expect((await site.as('PUT', path, { role: 'lead', duty })).status).toBe(204);
    expect(await one('Bo')).toMatchObject({ role: 'lead', languages: ['zh', 'en'], duty });
    const asBo = <T>(method: string, to: string) => call<T>(site.url, method, to, { cookie: boIn });
    expect((await asBo<Duty>('GET', '/v1/me/duty')).body).toEqual(duty);
    expect((await asBo('GET', '/v1/technicians')).status, 'at once, in the session that is open').toBe(200);
    expect((await call(site.url, 'PUT', path, { cookie: boIn, body: { role: 'admin', duty } })).status).toBe(403);
    const admin = (await list()).find(({ role }) => role === 'admin') as TechnicianRow;
    expect((await site.as('PUT', `/v1/technicians/${admin.id}`, { role: 'technician', duty })).status).toBe(409);
    expect((await site.as('PUT', `/v1/technicians/${admin.id}`, { role: 'admin', duty })).status).toBe(204);
    for (const body of [{}, { role: 'king', duty }, { role: 'lead' }, { role: 'lead', duty: { ...duty, hours: 'never' } }, []])
      expect((await site.as('PUT', path, body)).status).toBe(400);
    expect((await site.as('PUT', '/v1/technicians/nobody', { role: 'lead', duty })).status).toBe(404);
  });

  it('is let in no more at once, keeps no case, and comes back as what they were, by a new link', async () => {
    await (await site.edge('e1')).tell('handoff', handoff('c1', { at }));
    expect((await call(site.url, 'POST', '/v1/cases/c1/claim', { cookie: boIn })).status).toBe(200);
    for (let twice = 0; twice < 2; twice++) expect((await site.as('POST', `/v1/technicians/${bo.technician}/leave`)).status).toBe(204);
    expect((await call(site.url, 'GET', '/v1/me', { cookie: boIn })).status).toBe(401);
    const signIn = { body: { name: 'Bo', password: 'a word of Bo alone' } };
    expect((await call(site.url, 'POST', '/v1/auth/sign-in', signIn)).status).toBe(401);
    expect((await site.as('GET', '/v1/cases/c1')).body).toMatchObject({ state: 'open', technician: null });
    expect(await one('Bo')).toMatchObject({ disabled: true, role: 'lead', places: 0 });
    expect((await site.as('PUT', `/v1/technicians/${bo.technician}`, { role: 'lead', duty })).status).toBe(404);
    const { body: again } = await site.as<Invited>('POST', `/v1/technicians/${bo.technician}/return`);
    expect((await site.as('POST', `/v1/technicians/${bo.technician}/return`)).status).toBe(404);
    expect(await one('Bo')).toMatchObject({ disabled: false, role: 'lead', duty });
    expect((await call(site.url, 'POST', '/v1/auth/sign-in', signIn)).status, 'nothing of before is good').toBe(401);
    expect((await open(again.link)).body).toMatchObject({ name: 'Bo', role: 'lead' });
  });

  it('of another company is not there', async () => {
    const admin = { name: 'Alpha admin', password: 'the admin of alpha', role: 'admin', tenant: 'alpha' };
    await site.as('POST', '/v1/technicians', admin);
    const { headers } = await call(site.url, 'POST', '/v1/auth/sign-in', { body: { name: admin.name, password: admin.password } });
    const cookie = headers.getSetCookie()[0]?.split(';')[0] as string;
    const asAlpha = <T>(method: string, to: string, body: unknown = {}) =>
      call<T>(site.url, method, to, { cookie, ...(method === 'GET' ? {} : { body }) });
    const { body } = await asAlpha<{ technicians: TechnicianRow[] }>('GET', '/v1/technicians');
    expect(body.technicians.map(({ name }) => name)).toEqual(['Alpha admin']);
    expect((await asAlpha('PUT', `/v1/technicians/${bo.technician}`, { role: 'technician', duty })).status).toBe(404);
    expect((await asAlpha('POST', '/v1/technicians/invite', { name: 'Eve', tenant: '*' })).status).toBe(403);
    expect((await asAlpha('POST', '/v1/technicians/invite', { name: 'Al' })).status).toBe(200);
    expect(await one('Al')).toMatchObject({ tenant: 'alpha' });
  });
});

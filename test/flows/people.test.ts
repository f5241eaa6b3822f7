import { packsRoot } from '@wayside/packs';
import { findScenario, openScenario, type Run, runScenario } from '@wayside/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';
import { type Visitor, visitor } from '../support/visitor.ts';

describe('a family and its car', () => {
  let site: Site;
  let car: Run;
  const here = () => site.edge().url;
  const kiosk = visitor(here);
  const phone = visitor(here);
  const stranger = visitor(here);
  let ben: string;

  beforeAll(async () => {
    site = await createSite();
    const opened = await openScenario(await findScenario(packsRoot, 'vehicle/misfire'));
    const { mqttPort, mqtt } = site.edge();
    car = runScenario({ ...opened, url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt, lead: 60_000 });
    await car.start();
    await until('the car on line', async () => (await site.operator.get('/v1/things/car-1')).presence === 'online');
    await kiosk.comeIn(site.edge().panelLink());
  });
  afterAll(async () => {
    await car?.stop();
    await site?.close();
  });

  const open = async (at: Visitor, more = {}) =>
    (await at.post('/v1/sessions', { channel: 'panel', thing: 'car-1', locale: 'en', ...more })).body.session;

  it('the first name makes the owner, who adds a child with a PIN', async () => {
    expect((await kiosk.get('/v1/people')).body).toMatchObject({ people: [], me: { standing: 'anyone', manages: true } });
    expect((await kiosk.post('/v1/people', { name: 'Ada', preferences: { units: 'us', locale: 'en' } })).body.role).toBe('owner');
    ({ person: ben } = (await kiosk.post('/v1/people', { name: 'Ben', role: 'child', pin: '2468' })).body);
    const { body } = await kiosk.get('/v1/people');
    expect(body.people.map(({ name, hasPin }: any) => [name, hasPin])).toEqual([
      ['Ada', false],
      ['Ben', true],
    ]);
    expect(body.me).toMatchObject({ standing: 'owner', name: 'Ada', preferences: { units: 'us' } });
  });

  it('the owner is answered in the units she likes', async () => {
    const session = await open(kiosk);
    const { body } = await kiosk.post(`/v1/sessions/${session}/turns`, { text: 'what is the coolant temperature' });
    expect(body.answer.text).toMatch(/is \d+(\.\d+)? °F/);
    expect(body.answer.citations[0].text).toMatch(/°F$/);
  });

  it('a child comes in by the PIN, may ask and switch lights, and may not agree to what disrupts, in either way', async () => {
    expect((await kiosk.post(`/v1/people/${ben}/enter`, { pin: '1111' })).body).toEqual({ outcome: 'wrong-pin', triesLeft: 4 });
    expect((await kiosk.post(`/v1/people/${ben}/enter`, { pin: '2468' })).body).toEqual({ outcome: 'entered', person: ben });
    const session = await open(kiosk);
    const lights = await kiosk.post(`/v1/sessions/${session}/turns`, { text: 'turn on the hazard lights' });
    expect(lights.body.answer.text).toMatch(/I am doing it now/);
    const said = await kiosk.post(`/v1/sessions/${session}/turns`, { text: 'clear the codes' });
    expect(said.body.answer.text).toMatch(/An adult has to agree to that/);
    expect(said.body.answer.command.state).toBe('refused');
    const zh = await open(kiosk, { locale: 'zh' });
    expect((await kiosk.post(`/v1/sessions/${zh}/turns`, { text: '清除故障码' })).body.answer.text).toMatch(/需要大人同意/);
    const tapped = await kiosk.post(`/v1/sessions/${session}/commands`, { action: 'clear-dtc' });
    expect(tapped.body).toMatchObject({ state: 'refused', risk: 'R2' });
    expect((await kiosk.post(`/v1/sessions/${session}/commands/${tapped.body.command}/consent`)).status).toBeGreaterThanOrEqual(403);
    expect((await kiosk.post('/v1/auth/links')).status).toBe(403);
    expect((await kiosk.post('/v1/people', { name: 'Cy' })).status).toBe(403);
  });

  it('a conversation begun on the panel goes on on the phone, and nobody else gets into it', async () => {
    const session = await open(kiosk);
    await kiosk.post(`/v1/sessions/${session}/turns`, { text: 'is it safe to drive on' });
    const { code, addresses } = (await kiosk.post('/v1/people/me/phone')).body;
    expect(code).toMatch(/^\d{8}$/);
    expect(addresses).toEqual([]);
    expect((await stranger.get('/v1/people')).status).toBe(401);
    expect((await phone.post('/v1/auth/pair', { code: `${code.slice(0, 4)} ${code.slice(4)}` })).body).toEqual({
      outcome: 'entered',
      person: ben,
    });
    expect((await stranger.post('/v1/auth/pair', { code })).body).toEqual({ outcome: 'wrong-code' });
    const { sessions } = (await phone.get('/v1/people/me/sessions?thing=car-1')).body;
    expect(sessions[0]).toMatchObject({ session, opening: 'is it safe to drive on', thing: 'car-1' });
    await phone.post(`/v1/sessions/${session}/turns`, { text: 'why' });
    const { turns } = (await kiosk.get(`/v1/sessions/${session}`)).body;
    expect(turns.filter(({ by }: any) => by === 'operator').map(({ text }: any) => text)).toEqual(['is it safe to drive on', 'why']);
    await kiosk.post('/v1/people/leave');
    expect((await kiosk.get(`/v1/sessions/${session}`)).status).toBe(403);
    expect((await kiosk.post(`/v1/sessions/${session}/turns`, { text: 'hello' })).status).toBe(403);
    expect((await kiosk.get(`/v1/sessions/${session}/events`)).status).toBe(403);
  });

  it('a guest’s words reach the hub only with the request for a person, and are gone at the edge after the visit', async () => {
    await kiosk.post('/v1/people/guest');
    const quiet = await open(kiosk);
    await kiosk.post(`/v1/sessions/${quiet}/turns`, { text: 'what is wrong with my hovercraft' });
    const asked = await open(kiosk);
    await kiosk.post(`/v1/sessions/${asked}/turns`, { text: 'a zither rattles' });
    await kiosk.post(`/v1/sessions/${asked}/handoff`);
    const row = await until('the case', async () =>
      (await site.technician.get('/v1/cases')).cases.find((one: any) => one.person === 'Guest'),
    );
    const { turns } = await site.technician.get(`/v1/cases/${row.id}`);
    expect(turns.map(({ text }: any) => text)).toContain('a zither rattles');
    expect(JSON.stringify(turns)).not.toMatch(/hovercraft/);
    await kiosk.post('/v1/people/leave');
    for (const gone of [quiet, asked]) expect((await site.operator.raw(`/v1/sessions/${gone}`)).status).toBe(404);
  });

  it('takes one’s data along as a file, and is erased', async () => {
    await kiosk.post(`/v1/people/${ben}/enter`, { pin: '2468' });
    const file = (await kiosk.get('/v1/people/me/export')).body;
    expect(file).toMatchObject({ format: 'wayside-person/1', profile: { name: 'Ben' } });
    expect(file.sessions.length).toBeGreaterThan(1);
    expect((await kiosk.delete('/v1/people/me')).status).toBe(204);
    expect((await phone.get('/v1/people')).status).toBe(401);
    expect((await kiosk.get('/v1/people')).body.people.map(({ name }: any) => name)).toEqual(['Ada']);
  });

  it.each([
    ['/v1/people', { name: '' }],
    ['/v1/people', { name: 'a'.repeat(41) }],
    ['/v1/people', { name: 'evil\u202Egnp' }],
    ['/v1/people', { name: 'x\u0000y' }],
    ['/v1/people', { name: 'Cy', role: 'admin' }],
    ['/v1/people', { name: 'Cy', pin: '12' }],
    ['/v1/people', { name: 'Cy', pin: '12ab' }],
    ['/v1/people', { name: 'Cy', preferences: { units: 'cubits' } }],
    ['/v1/people', { name: 'Cy', extra: 1 }],
    ['/v1/people', '{'],
    ['/v1/people/me/enter', { pin: 1234 }],
    ['/v1/people/link', { code: '12345678' }],
    ['/v1/auth/pair', { code: 'not digits' }],
    ['/v1/auth/pair', { code: '1'.repeat(10_000) }],
    ['/v1/auth/pair', []],
  ])('%s refuses %j with a clear problem', async (path, body) => {
    const response = await site.operator.raw(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
    expect(response.status).toBe(400);
    expect((await response.json()).detail.length).toBeGreaterThan(10);
  });

  it('whom there is not, is not found', async () => {
    expect((await site.operator.raw('/v1/people/p_0/enter', { method: 'POST', body: '{}' })).status).toBe(404);
    expect((await site.operator.raw('/v1/people/p_0', { method: 'DELETE' })).status).toBe(404);
    expect((await site.operator.raw('/v1/people/me/sessions')).status).toBe(404);
  });
});

import { join } from 'node:path';
import { createLog, config as edgeConfig, prepare, type Running, startAgent } from '@wayside/agent';
import { packsRoot } from '@wayside/packs';
import { findScenario, openScenario, type Run, runScenario } from '@wayside/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';
import { visitor } from '../support/visitor.ts';

/** One person, a car and a house that are two edges of one hub. */
describe('a person who is known in the car and at home', () => {
  let site: Site;
  let house: Running;
  let car: Run;
  const inTheCar = visitor(() => site.edge().url);
  const atHome = visitor(() => house.url);
  let session = '';

  beforeAll(async () => {
    site = await createSite();
    const code = await site.enrolmentCode();
    house = await startAgent({
      config: edgeConfig.parse({
        data: join(site.folder, 'house'),
        port: 0,
        mqttPort: 0,
        hubUrl: site.hubUrl,
        enrol: code,
        logLevel: 'silent',
      }),
      log: createLog('silent', 'house'),
      now: Date.now,
      version: 'test',
      prepare,
      tier: { tier: 'lite', reason: { en: 'test', zh: '测试' } },
    });
    const opened = await openScenario(await findScenario(packsRoot, 'vehicle/misfire'));
    const { mqttPort, mqtt } = site.edge();
    car = runScenario({ ...opened, url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt, lead: 60_000 });
    await car.start();
    await until('the car on line', async () => (await site.operator.get('/v1/things/car-1')).presence === 'online');
    await inTheCar.comeIn(site.edge().panelLink());
    await atHome.comeIn(house.panelLink());
    await inTheCar.post('/v1/people', { name: 'Ada' });
    await atHome.post('/v1/people', { name: 'A. Lovelace' });
    ({ session } = (await inTheCar.post('/v1/sessions', { channel: 'panel', thing: 'car-1', locale: 'en' })).body);
    await inTheCar.post(`/v1/sessions/${session}/turns`, { text: 'what does the quokka light mean' });
  });
  afterAll(async () => {
    await car?.stop();
    await house?.stop();
    await site?.close();
  });

  const known = async () => JSON.stringify((await atHome.get('/v1/people/me/sessions')).body.sessions);

  it('has no code for another place before she agrees to share', async () => {
    expect((await inTheCar.post('/v1/people/me/link')).status).toBe(409);
    expect((await inTheCar.post('/v1/people/link', { code: '12345678' })).status).toBe(400);
  });

  it('is the same person at home by a code that is good once, and finds there what she said in the car', async () => {
    await inTheCar.patch('/v1/people/me', { shares: true });
    const { code } = (await inTheCar.post('/v1/people/me/link')).body;
    expect(code).toMatch(/^\d{8}$/);
    expect((await inTheCar.post('/v1/people/link', { code, share: true })).body.outcome).toBe('wrong-code');
    const joined = (await atHome.post('/v1/people/link', { code, share: true })).body;
    expect(joined.outcome).toBe('entered');
    expect((await atHome.post('/v1/people/link', { code, share: true })).body.outcome).toBe('wrong-code');
    const there = (await inTheCar.get('/v1/people')).body.me;
    expect((await atHome.get('/v1/people')).body.me).toMatchObject({ person: there.person, name: 'A. Lovelace', shares: true });
    await until('the words from the car', async () => (await known()).includes('quokka'));
    const [past] = (await atHome.get('/v1/people/me/sessions')).body.sessions;
    expect(past).toMatchObject({ session, elsewhere: { about: 'Family car' } });
  });

  it('sees new lines as they come, both ways, and reads them while the hub is away', async () => {
    await inTheCar.post(`/v1/sessions/${session}/turns`, { text: 'and the wombat one' });
    await until('the new line', async () => {
      const { turns } = (await atHome.get(`/v1/people/me/sessions/${session}`)).body;
      return JSON.stringify(turns).includes('wombat');
    });
    const home = (await atHome.post('/v1/sessions', { channel: 'panel', locale: 'zh' })).body.session;
    await atHome.post(`/v1/sessions/${home}/turns`, { text: '你好，袋鼠' });
    await until('the line from home', async () =>
      JSON.stringify((await inTheCar.get('/v1/people/me/sessions')).body.sessions).includes('袋鼠'),
    );
    await site.stopHub();
    expect(await known()).toContain('quokka');
    await site.startHub();
  });

  it('is one person to the technician, with what she said at both places', async () => {
    const asked = (await atHome.post('/v1/sessions', { channel: 'panel', locale: 'en' })).body.session;
    await atHome.post(`/v1/sessions/${asked}/handoff`);
    const row = await until('the case', async () => (await site.technician.get('/v1/cases')).cases[0], 20_000);
    const { earlier } = await site.technician.get(`/v1/cases/${row.id}`);
    expect(earlier.map(({ opening }: any) => opening)).toEqual(expect.arrayContaining(['what does the quokka light mean', '你好，袋鼠']));
    const inCar = earlier.find(({ session: id }: any) => id === session);
    expect(inCar).toMatchObject({ edge: site.edge().edge === inCar.edge ? inCar.edge : expect.any(String), about: 'Family car' });
    const { turns } = await site.technician.get(`/v1/edges/${inCar.edge}/sessions/${session}`);
    expect(turns.map(({ text }: any) => text)).toContain('and the wombat one');
  });

  it('takes it back in the car: the hub and the house forget what the car told, and the car keeps it', async () => {
    await inTheCar.patch('/v1/people/me', { shares: false });
    await until('forgotten at home', async () => !(await known()).includes('quokka'), 20_000);
    const { cases } = await site.technician.get('/v1/cases');
    const { earlier } = await site.technician.get(`/v1/cases/${cases[0].id}`);
    expect(JSON.stringify(earlier)).not.toMatch(/quokka/);
    expect(JSON.stringify((await inTheCar.get('/v1/people/me/sessions')).body)).toMatch(/quokka/);
    expect(JSON.stringify((await inTheCar.get('/v1/people/me/sessions')).body)).not.toMatch(/袋鼠/);
  });

  it('is erased at home: of the case only the machine’s side is left', async () => {
    await atHome.delete('/v1/people/me');
    const { id } = (await site.technician.get('/v1/cases')).cases[0];
    await until('the name gone', async () => (await site.technician.get(`/v1/cases/${id}`)).handoff.person === undefined, 20_000);
    const view = await site.technician.get(`/v1/cases/${id}`);
    expect(view.turns).toEqual([]);
    expect(view.handoff.transcript).toEqual([]);
    expect(JSON.stringify(view)).not.toMatch(/Lovelace/);
  });

  it('nobody but an edge makes or claims a code at the hub', async () => {
    for (const path of ['/v1/sync/people/offers', '/v1/sync/people/claims'])
      expect((await site.technician.raw(path, { method: 'POST', body: '{}' })).status).toBe(401);
  });
});

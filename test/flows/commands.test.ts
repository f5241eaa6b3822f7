import { createDevice, type Device } from '@wayside/device-sdk';
import { packsRoot } from '@wayside/packs';
import { findScenario, openScenario, type Run, runScenario } from '@wayside/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

/** Commands on a real site: a car that drives, a driver who asks for things. */
describe('a driver asks the agent to do something on the car', () => {
  let site: Site;
  let car: Run;
  beforeAll(async () => {
    site = await createSite();
    const opened = await openScenario(await findScenario(packsRoot, 'vehicle/misfire'));
    const { mqttPort, mqtt } = site.edge();
    car = runScenario({ ...opened, url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt, lead: 60_000 });
    await car.start();
    await until('the car on line', async () => (await site.operator.get('/v1/things/car-1')).presence === 'online');
  });
  afterAll(async () => {
    await car?.stop();
    await site?.close();
  });

  const open = async (locale = 'en') =>
    (await site.operator.post('/v1/sessions', { channel: 'panel', locale, thing: 'car-1', person: 'Kim' })).session;
  const say = (session: string, text: string) => site.operator.post(`/v1/sessions/${session}/turns`, { text });
  const heard = (session: string, what: RegExp) =>
    until(`the agent saying ${what}`, async () => {
      const { turns } = await site.operator.get(`/v1/sessions/${session}`);
      return turns.find((turn: { by: string; text: string }) => turn.by === 'agent' && what.test(turn.text));
    });

  it('a harmless wish in so many words is done at once, and its outcome is told in the conversation', async () => {
    const session = await open();
    const { answer } = await say(session, 'turn on the hazard lights');
    expect(answer.text).toMatch(/I am doing it now/);
    await heard(session, /^(Done|The machine says it is done): Switch the hazard lights/);
    await until('the lights on', async () => {
      const { signals } = await site.operator.get('/v1/things/car-1');
      return signals['Vehicle.Body.Lights.Hazard.IsSignaling'].latest.value === true;
    });
    const { commands } = await site.operator.get(`/v1/sessions/${session}`);
    expect(commands.at(-1)).toMatchObject({
      action: 'hazard-lights',
      args: { on: true },
      state: expect.stringMatching(/^(done|confirmed)$/),
    });
  });

  it('what disrupts is told with its effect, and waits for a yes; a no leaves it', async () => {
    const session = await open();
    const asked = await say(session, 'clear the codes');
    if (asked.answer.command.state === 'proposed') {
      expect(asked.answer.text).toMatch(/Erases the stored codes.* Shall I do it\?$/);
      const no = await say(session, 'no');
      expect(no.answer.text).toMatch(/I leave it/);
    } else expect(asked.answer.command.why.en).toMatch(/stand|Speed/);
    const { commands } = await site.operator.get(`/v1/sessions/${session}`);
    expect(['cancelled', 'refused']).toContain(commands.at(-1).state);
  });

  it('in Chinese as well', async () => {
    const session = await open('zh');
    const { answer } = await say(session, '关掉空调');
    expect(answer.text).toMatch(/正在执行/);
    await heard(session, /^(已完成|设备说已完成)/);
  });

  it('by a tap: proposed with its effect, agreed to once, recorded at the hub in order', async () => {
    const session = await open();
    const proposal = await site.operator.post(`/v1/sessions/${session}/commands`, { action: 'read-dtc' });
    expect(proposal).toMatchObject({ state: 'proposed', risk: 'R0', effect: { en: expect.stringMatching(/stored codes/) } });
    const path = `/v1/sessions/${session}/commands/${proposal.command}`;
    expect((await site.operator.post(`${path}/consent`)).state).toBe('consented');
    expect((await site.operator.raw(`${path}/consent`, { method: 'POST' })).status).toBe(409);
    await heard(session, /^(Done|The machine says it is done)/);
  });

  it.each([
    [{ action: 'explode' }, 404],
    [{ action: '../../x' }, 400],
    [{ action: 'hazard-lights' }, 400],
    [{ action: 'hazard-lights', args: { on: 'yes' } }, 400],
    [{ action: 'hazard-lights', args: { on: true }, thing: 'nobody' }, 404],
    [{}, 400],
    ['garbage', 400],
  ])('the door refuses %j with a clear problem', async (body, status) => {
    const session = await open();
    const response = await site.operator.raw(`/v1/sessions/${session}/commands`, { method: 'POST', body: JSON.stringify(body) });
    expect(response.status).toBe(status);
    expect((await response.json()).detail.length).toBeGreaterThan(10);
  });

  it('a machine that has gone is not commanded later', async () => {
    const session = await open();
    await car.stop();
    await until('the car gone', async () => (await site.operator.get('/v1/things/car-1')).presence === 'offline');
    const { answer } = await say(session, 'turn off the hazard lights');
    expect(answer.text).toMatch(/not connected now/);
    expect(answer.command.state).toBe('refused');
  });
});

/** What clears codes has no signal to show it in; the codes themselves do. */
describe('a driver asks to clear the codes of a car that stands', () => {
  let site: Site;
  let car: Device;
  let told: ReturnType<typeof setInterval>;
  beforeAll(async () => {
    site = await createSite();
    const { mqttPort, mqtt } = site.edge();
    car = createDevice({
      url: `mqtt://127.0.0.1:${mqttPort}`,
      ...mqtt,
      id: 'car-9',
      description: { title: 'The van', family: 'vehicle' },
      commands: {
        'clear-dtc': () => {
          for (const code of ['P0171', 'P0420']) car.dtc(code, 'cleared');
          return { state: 'done' };
        },
      },
    });
    await car.start();
    const stand = () => car.publish({ 'Vehicle.Speed': 0 });
    stand();
    told = setInterval(stand, 300);
    for (const code of ['P0171', 'P0420']) car.dtc(code, 'confirmed');
    await until('the codes, and a car that is seen to stand', async () => {
      const { dtcs, signals } = await site.operator.get('/v1/things/car-9');
      return dtcs.length === 2 && signals['Vehicle.Speed']?.latest;
    });
  });
  afterAll(async () => {
    clearInterval(told);
    await car?.stop();
    await site?.close();
  });

  it('is told that it worked once no code stands any more', async () => {
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'car-9' });
    const { command } = await site.operator.post(`/v1/sessions/${session}/commands`, { action: 'clear-dtc' });
    await site.operator.post(`/v1/sessions/${session}/commands/${command}/consent`);
    const done = await until('the proof', async () => {
      const { commands } = await site.operator.get(`/v1/sessions/${session}`);
      return commands.find((one: { state: string }) => one.state === 'confirmed');
    });
    expect(done.readBack).toMatchObject({ signal: 'wayside.codes', title: { en: 'Trouble codes that stand' }, value: 0, met: true });
  });
});

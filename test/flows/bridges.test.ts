import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IServiceVector, ServerTCP } from 'modbus-serial';
import { connectAsync } from 'mqtt';
import { newClient } from 'sparkplug-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { startVissServer } from '../support/viss-server.ts';

/** What a site lets be done with things that know nothing of us: declared by hand, one file for plants and vehicles, one for controllers. */
const mapping = `
actions:
  Plant.Line-1.Pump-A:
    set_limit:
      title: { en: Set the temperature limit, zh: 设置温度上限 }
      risk: R2
      args: { value: { type: number, min: 0, max: 120, unit: celsius } }
      sets: { bearing_temperature: { arg: value } }
  car-7:
    lights: { title: Switch the lights, risk: R1, args: { 'on': { type: boolean } }, sets: { Vehicle.Body.Lights.IsOn: { arg: 'on' } } }
    go: { title: Set the speed, risk: R3, sets: { Vehicle.Speed: 20 } }
    pretend: { title: Pretend to be fast, risk: R1, sets: { Vehicle.Speed: 20 } }
`;
const controllers = (port: number) => `
devices:
  - thing: chiller-1
    url: modbus://127.0.0.1:${port}
    every: 200ms
    signals: { target: { holding: 10, type: int16, scale: 0.1, unit: celsius } }
    actions:
      set_target: { title: Set the target, risk: R2, args: { value: { type: number, min: 5, max: 15 } }, sets: { target: { arg: value } } }
`;

let site: Site;
let folder: string;
let register = 70;
let controller: ServerTCP;
let server: Awaited<ReturnType<typeof startVissServer>>;
beforeAll(async () => {
  server = await startVissServer('letmein');
  folder = await mkdtemp(join(tmpdir(), 'wayside-bridges-'));
  const port = await freePort();
  const registers: IServiceVector = {
    getHoldingRegister: () => register,
    setRegister(_: number, value: number) {
      register = value;
    },
  };
  controller = new ServerTCP(registers, { host: '127.0.0.1', port, unitID: 1 });
  await writeFile(join(folder, 'mapping.yaml'), mapping);
  await writeFile(join(folder, 'controllers.yaml'), controllers(port));
  site = await createSite({
    hub: false,
    settings: {
      vissUrl: server.url,
      vissThing: 'car-7',
      vissToken: 'letmein',
      mapping: join(folder, 'mapping.yaml'),
      modbus: join(folder, 'controllers.yaml'),
      sparkplugHost: 'wayside',
    },
  });
});
afterAll(async () => {
  await site.close();
  await server.stop();
  await new Promise<void>((done) => controller.close(() => done()));
  await rm(folder, { recursive: true });
});

/** A command the way a person gives it: proposed, agreed to, then looked at until it has come to its end. */
async function command(thing: string, action: string, args: Record<string, unknown> = {}) {
  const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing });
  const proposed = await site.operator.post(`/v1/sessions/${session}/commands`, { action, args });
  return {
    proposed,
    agree: () => site.operator.post(`/v1/sessions/${session}/commands/${proposed.command}/consent`),
    ended: (state: RegExp) =>
      until(`${action} being ${state}`, async () => {
        const { commands } = await site.operator.get(`/v1/sessions/${session}`);
        return state.test(commands[0].state) && commands[0];
      }),
  };
}

/** A plant's gateway as it is: Eclipse Tahu's Sparkplug client at the edge's broker. It knows nothing of Wayside. */
describe('a plant that speaks Sparkplug B', () => {
  let node: ReturnType<typeof newClient>;
  let births = 0;
  const told: unknown[] = [];
  const pump = 'Plant.Line-1.Pump-A';
  const temperature = (value: number) => ({
    name: 'Bearing/Temperature',
    type: 'Double' as const,
    value,
    properties: { engUnit: { type: 'String' as const, value: '°F' } },
  });

  beforeAll(() => {
    const { mqttPort, mqtt } = site.edge();
    node = newClient({
      serverUrl: `mqtt://127.0.0.1:${mqttPort}`,
      ...mqtt,
      groupId: 'Plant',
      edgeNode: 'Line-1',
      clientId: 'gateway',
      version: 'spBv1.0',
      publishDeath: true,
    });
    const birth = () => {
      births++;
      node.publishNodeBirth({ timestamp: Date.now(), metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean', value: false }] });
      node.publishDeviceBirth('Pump-A', {
        timestamp: Date.now(),
        metrics: [temperature(140), { name: 'Running', type: 'Boolean', value: true }],
      });
    };
    node.on('birth', birth);
    node.on('ncmd', ({ metrics }) => metrics?.some(({ name, value }) => name === 'Node Control/Rebirth' && value === true) && birth());
  });
  beforeAll(() => {
    node.on('dcmd', (device, { metrics }) => told.push([device, metrics?.map(({ name, value }) => [name, value])]));
  });
  afterAll(() => node.stop());
  const latest = async () => {
    const { signals } = await site.operator.get(`/v1/things/${pump}`);
    return signals as Record<string, { value?: unknown; unit?: string; title?: unknown }>;
  };

  it('is there at its birth, with values in this house’s units, and goes on by its data', async () => {
    const born = await until('the pump', async () => {
      const signals = await latest().catch(() => undefined);
      return signals?.bearing_temperature && signals;
    });
    expect(JSON.stringify(born)).toContain('celsius');
    node.publishDeviceData('Pump-A', { timestamp: Date.now(), metrics: [temperature(212)] }, { compress: true });
    await until('a hundred degrees', async () => JSON.stringify((await latest()).bearing_temperature).includes('100'));
    expect(births).toBe(1);
  });

  it('is told what the site declared, in its own units, after a yes; its data shows the effect', async () => {
    const limit = await command(pump, 'set_limit', { value: 60 });
    expect(limit.proposed).toMatchObject({ state: 'proposed', risk: 'R2' });
    expect(told).toEqual([]);
    await limit.agree();
    await until('the command', () => told.length === 1);
    expect(told).toEqual([['Pump-A', [['Bearing/Temperature', 140]]]]);
    node.publishDeviceData('Pump-A', { timestamp: Date.now(), metrics: [temperature(140)] });
    expect((await limit.ended(/confirmed/)).readBack).toMatchObject({ met: true });
    // What nobody declared cannot be done, whatever a node would take.
    await expect(command(pump, 'turn_off')).rejects.toThrow();
  });

  it('can wait for this edge as its primary host', async () => {
    const { mqttPort, mqtt } = site.edge();
    const listener = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, mqtt);
    const state = new Promise<string>((resolve) => listener.on('message', (_, payload) => resolve(String(payload))));
    await listener.subscribeAsync('spBv1.0/STATE/wayside');
    expect(JSON.parse(await state)).toEqual({ online: true, timestamp: expect.any(Number) });
    await listener.endAsync(true);
  });

  it('is asked to be born again by an edge that missed its birth, and is whole again', async () => {
    // A device whose birth nobody heard.
    node.publishDeviceData('Pump-B', { timestamp: Date.now(), metrics: [{ name: 'Flow', type: 'Float', value: 3 }] });
    await until('the second birth', () => births === 2);
    node.publishDeviceData('Pump-A', { timestamp: Date.now(), metrics: [temperature(32)] });
    await until('nought degrees', async () => JSON.stringify((await latest()).bearing_temperature).match(/:0[,}]/));
  });

  it('is away after its death', async () => {
    node.stop();
    await until('away', async () => (await site.operator.get(`/v1/things/${pump}`)).presence === 'offline');
  });
});

describe('a vehicle that keeps its signals at a server of VISS version 2', () => {
  const coolant = 'Vehicle.Powertrain.CombustionEngine.EngineCoolant.Temperature';
  const thing = async () => await site.operator.get('/v1/things/car-7');

  it('is there with what its tree says, in this house’s units', async () => {
    await until('the subscriptions', () => server.subscriptions().length === 3 && server.refused() === 1);
    server.say('Vehicle.Speed', '88.5');
    server.say(coolant, '212');
    server.say('Vehicle.Body.Lights.IsOn', 'true');
    const signals = await until('its values', async () => {
      const told = JSON.stringify((await thing()).signals);
      return told.includes('88.5') && told.includes('true') && told;
    });
    expect(signals).toMatch(/:100[,}.]/);
    expect((await thing()).family).toBe('vehicle');
  });

  it('is set after a yes, and its own value shows it; a sensor, and whatever is R3, never', async () => {
    server.say('Vehicle.Body.Lights.IsOn', 'true');
    const lights = await command('car-7', 'lights', { on: false });
    expect(server.sets()).toEqual([]);
    await lights.agree();
    await until('the lights being set', () => server.sets().length === 1);
    expect(server.sets()).toEqual([{ path: 'Vehicle.Body.Lights.IsOn', value: 'false' }]);
    server.say('Vehicle.Body.Lights.IsOn', 'false');
    await lights.ended(/confirmed/);
    const { proposed } = await command('car-7', 'go');
    expect(proposed).toMatchObject({ state: 'refused', risk: 'R3' });
    const pretend = await command('car-7', 'pretend');
    await pretend.agree();
    expect(await pretend.ended(/declined/)).toMatchObject({ detail: expect.stringMatching(/no actuator/) });
    expect(server.sets()).toHaveLength(1);
  });

  it('is not disturbed by what is no message of the protocol', async () => {
    for (const text of [
      '',
      '{',
      '[]',
      'null',
      '{"data":null}',
      '{"data":[{"path":7,"dp":{"value":{},"ts":9}}]}',
      '{"data":{"path":"Vehicle.Speed"}}',
    ])
      server.raw(text);
    server.say('Vehicle.Speed', 'fast');
    server.say('Vehicle.Speed', '12.25');
    await until('the next value', async () => JSON.stringify((await thing()).signals).includes('12.25'));
  });

  it('is away when its server is, and is read again when that is back', async () => {
    server.hangUp();
    await until('away', async () => (await thing()).presence === 'offline');
    await until('the subscriptions again', () => server.subscriptions().length === 3);
    await until('back', async () => (await thing()).presence === 'online');
  });
});

describe('a controller read by Modbus/TCP', () => {
  it('is set after a yes within its limits, and its register shows it', async () => {
    await until('its register', async () => JSON.stringify(await site.operator.get('/v1/things/chiller-1')).includes('"value":7'));
    await expect(command('chiller-1', 'set_target', { value: 60 })).rejects.toThrow();
    const target = await command('chiller-1', 'set_target', { value: 9.5 });
    expect(register).toBe(70);
    await target.agree();
    expect((await target.ended(/confirmed/)).readBack).toMatchObject({ met: true });
    expect(register).toBe(95);
  });
});

import { newClient } from 'sparkplug-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';
import { startVissServer } from '../support/viss-server.ts';

let site: Site;
let server: Awaited<ReturnType<typeof startVissServer>>;
beforeAll(async () => {
  server = await startVissServer('letmein');
  site = await createSite({ hub: false, settings: { vissUrl: server.url, vissThing: 'car-7', vissToken: 'letmein' } });
}, 60_000);
afterAll(async () => {
  await site.close();
  await server.stop();
});

/** A plant's gateway as it is: Eclipse Tahu's Sparkplug client at the edge's broker. It knows nothing of Wayside. */
describe('a plant that speaks Sparkplug B', () => {
  let node: ReturnType<typeof newClient>;
  let births = 0;
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

  it('is there with what its tree says, in this house’s units, and is only read', async () => {
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

import { newClient } from 'sparkplug-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

/** A plant's gateway as it is: Eclipse Tahu's Sparkplug client at the edge's broker. It knows nothing of Wayside. */
describe('a plant that speaks Sparkplug B', () => {
  let site: Site;
  let node: ReturnType<typeof newClient>;
  let births = 0;
  const pump = 'Plant.Line-1.Pump-A';
  const temperature = (value: number) => ({
    name: 'Bearing/Temperature',
    type: 'Double' as const,
    value,
    properties: { engUnit: { type: 'String' as const, value: '°F' } },
  });

  beforeAll(async () => {
    site = await createSite({ hub: false });
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
  }, 60_000);
  afterAll(async () => {
    node.stop();
    await site.close();
  });
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

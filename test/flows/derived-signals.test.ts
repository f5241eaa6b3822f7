import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

describe('a signal derived from others', () => {
  let site: Site;
  beforeAll(async () => {
    site = await createSite({ hub: false });
    await site.play('home-hvac/healthy', { thing: 'house' });
  });
  afterAll(() => site.close());

  const house = async () => (await site.operator.get('/v1/things/house')).signals;

  it('is shown with its title, unit and newest value', async () => {
    const { temperature_spread, supply_temperature, return_temperature } = await house();
    expect(temperature_spread).toMatchObject({ title: { en: 'Spread of supply and return', zh: '供回水温差' }, unit: 'K' });
    expect(temperature_spread.latest.value).toBeCloseTo(supply_temperature.latest.value - return_temperature.latest.value, 3);
  });

  it('has a history like any other', async () => {
    const of = async (signal: string) =>
      (await site.operator.get(`/v1/things/house/samples?signal=${signal}&from=0`)).points as [number, number][];
    const [spread, supply] = [await of('temperature_spread'), await of('supply_temperature')];
    expect(spread.length).toBeGreaterThan(100);
    expect(spread.map(([at]) => at)).toEqual(supply.map(([at]) => at));
  });

  it('goes on counting where it was before a restart', async () => {
    const before = (await house()).electrical_energy.latest.value;
    expect(before).toBeGreaterThan(0);
    await site.stopEdge();
    await site.startEdge();
    const { mqttPort, mqtt } = site.edge();
    const device = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, mqtt);
    await device.publishAsync('wayside/v1/things/house/telemetry', JSON.stringify({ signals: { electrical_power: 1000 } }), { qos: 1 });
    const { latest } = await until('the energy', async () => {
      const { electrical_energy } = await house();
      return electrical_energy.latest && electrical_energy;
    });
    await device.endAsync();
    expect(latest.value).toBeGreaterThanOrEqual(before);
  });
});

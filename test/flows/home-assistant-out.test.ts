import { createDevice } from '@wayside/device-sdk';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHomeAssistant } from '../../edge/agent/src/link/adapters/home-assistant.ts';
import { loadTemplates } from '../../edge/agent/src/link/adapters/template.ts';
import { createSite, type Site, until } from '../support/site.ts';

/** A Home Assistant at the edge's broker: it subscribes as Home Assistant does, and understands what our reader of its discovery understands. */
let site: Site;
let home: MqttClient;
const configs = new Map<string, string>();
beforeAll(async () => {
  site = await createSite({ hub: false, homeAssistant: true });
});
afterAll(async () => {
  await home?.endAsync();
  await site?.close();
});

it('finds a device of ours by its description, once, kept for when it starts later, and reads the device’s own telemetry', async () => {
  const { mqttPort } = site.edge();
  const url = `mqtt://127.0.0.1:${mqttPort}`;
  const login = await site.operator.post('/v1/devices', { device: 'kiln-1' });
  const kiln = createDevice({
    url,
    ...login,
    id: 'kiln-1',
    description: { title: 'Kiln', family: 'kiln', signals: { heat: { title: 'Heat', type: 'number', unit: '°C', kind: 'temperature' } } },
  });
  await kiln.start();
  await until('the kiln', async () => (await site.operator.get('/v1/things')).things.length === 1);

  const key = await site.operator.post('/v1/devices', { device: 'home-assistant', things: ['kiln-1'], trees: ['homeassistant'] });
  home = await connectAsync(url, key);
  const reader = createHomeAssistant();
  await loadTemplates();
  const heard: unknown[] = [];
  home.on('message', (topic, payload) => {
    if (topic.endsWith('/config')) configs.set(topic, payload.toString());
    heard.push(...(reader.hear(topic, payload.toString()) ?? []));
  });
  await home.subscribeAsync(['homeassistant/+/+/config', 'wayside/v1/things/kiln-1/telemetry', 'wayside/v1/things/kiln-1/presence'], {
    qos: 1,
  });
  const config = await until('the announcement', () => configs.get('homeassistant/device/wayside_kiln-1/config'));
  expect(JSON.parse(config)).toMatchObject({
    device: { name: 'Kiln' },
    origin: { name: 'Wayside' },
    components: { heat: { platform: 'sensor', unit_of_measurement: '°C', device_class: 'temperature' } },
  });
  kiln.publish({ heat: 912.5 });
  await until('the reading', () =>
    heard.find((said) => (said as { telemetry?: { signals: { heat?: number } } }).telemetry?.signals.heat === 912.5),
  );
  await kiln.stop();
  await until('its going', () => heard.find((said) => (said as { presence?: string }).presence === 'offline'));
  expect(configs.size).toBe(1);
  // What the edge says itself makes no second thing here.
  expect((await site.operator.get('/v1/things')).things).toHaveLength(1);
});

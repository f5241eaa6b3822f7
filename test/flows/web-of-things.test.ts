import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { Content, type ProtocolClient, Servient } from '@node-wot/core';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

const required = createRequire(import.meta.url);
function complaints(file: string, json: unknown): unknown[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(required.resolve(file), 'utf8')));
  return validate(json) ? [] : (validate.errors ?? []);
}

/** A node-wot client for HTTP with a bearer token: what a Thing Description says of itself has to suffice. */
function webClient(): ProtocolClient {
  let token = '';
  const absent = () => Promise.reject(new Error('not needed here'));
  return {
    setSecurity: (_, credentials) => {
      token = (credentials as { token: string }).token;
      return true;
    },
    async readResource({ href }) {
      const response = await fetch(href, { headers: { authorization: `Bearer ${token}` } });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return new Content(response.headers.get('content-type')!, Readable.from(Buffer.from(await response.arrayBuffer())));
    },
    writeResource: absent,
    invokeResource: absent,
    unlinkResource: absent,
    subscribeResource: absent,
    requestThingDescription: absent,
    start: async () => {},
    stop: async () => {},
  } as ProtocolClient;
}

describe('the Web of Things', () => {
  let site: Site;
  let device: MqttClient;
  beforeAll(async () => {
    site = await createSite({ hub: false });
    await site.play('home-hvac/healthy', { thing: 'house' });
    const { mqttPort, mqtt } = site.edge();
    device = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, mqtt);
  });
  afterAll(async () => {
    await device?.endAsync();
    await site.close();
  });
  const publish = (thing: string, channel: string, body: unknown) =>
    device.publishAsync(`wayside/v1/things/${thing}/${channel}`, JSON.stringify(body), { qos: 1, retain: channel === 'description' });

  it('gets a Thing Description that its published schema accepts, under its media type', async () => {
    const response = await site.operator.raw('/v1/things/house/td');
    expect(response.headers.get('content-type')).toBe('application/td+json');
    const td = (await response.json()) as any;
    expect(complaints('wot-thing-description-types/schema/td-json-schema-validation.json', td)).toEqual([]);
    expect(td.properties.temperature_spread).toMatchObject({ unit: 'K', titles: { zh: '供回水温差' } });
    expect(td.events.dtc.forms[0].href).toBe(`mqtt://127.0.0.1:${site.edge().mqttPort}`);
  });

  it('gets the Thing Model that a Thing Description names, and those of all families, as their published schema wants them', async () => {
    const { links } = await site.operator.get('/v1/things/house/td');
    const { packs } = await site.operator.get('/v1/status');
    const all = packs.map(({ family }: { family: string }) => `v1/families/${family}/tm`);
    expect(all).toContain(links.find(({ rel }: { rel: string }) => rel === 'type').href);
    for (const path of all) {
      const response = await site.operator.raw(`/${path}`);
      expect(response.headers.get('content-type')).toBe('application/tm+json');
      expect(complaints('wot-thing-model-types/schema/tm-json-schema-validation.json', await response.json()), path).toEqual([]);
    }
  });

  it('reads values through node-wot by nothing but the Thing Description', async () => {
    const servient = new Servient();
    servient.addClientFactory({ scheme: 'http', getClient: webClient, init: () => true, destroy: () => true });
    const td = await site.operator.get('/v1/things/house/td');
    servient.addCredentials({ [td.id]: { token: site.edge().token } });
    const house = await (await servient.start()).consume(td);
    const { signals } = await site.operator.get('/v1/things/house');
    expect(await (await house.readProperty('supply_temperature')).value()).toBe(signals.supply_temperature.latest.value);
    const two = await house.readMultipleProperties(['operating_state', 'compressor_running']);
    for (const name of ['operating_state', 'compressor_running']) expect(await two.get(name)!.value()).toBe(signals[name].latest.value);
    expect(await site.operator.get('/v1/things/house/properties')).toMatchObject({ operating_state: signals.operating_state.latest.value });
    await servient.shutdown();
  });

  it('brings a device that describes itself by a Thing Description', async () => {
    await publish('lamp-1', 'description', {
      '@context': 'https://www.w3.org/2022/wot/td/v1.1',
      '@type': 'Lamp',
      title: 'Hall lamp',
      securityDefinitions: { none: { scheme: 'nosec' } },
      security: 'none',
      properties: {
        brightness: { title: 'Brightness', type: 'integer', unit: 'percent', minimum: 0, maximum: 100, forms: [{ href: '/b' }] },
        spectrum: { type: 'array', forms: [{ href: '/s' }] },
      },
      actions: { toggle: { title: 'Toggle', forms: [{ href: '/t' }] } },
    });
    await publish('lamp-1', 'telemetry', { signals: { brightness: 40 } });
    const lamp = await until('the lamp', async () => {
      const found = await site.operator.get('/v1/things/lamp-1');
      return found.signals.brightness?.latest && found;
    });
    expect(lamp).toMatchObject({ title: 'Hall lamp', family: 'Lamp' });
    expect(lamp.signals.brightness).toMatchObject({ unit: 'percent', max: 100, latest: { value: 40, quality: 'good' } });
    expect(Object.keys(lamp.signals)).toEqual(['brightness']);
    expect((await site.operator.get('/v1/things/lamp-1/td')).actions.toggle['wayside:risk']).toBe('R2');
  });

  it('is told clearly what is not there, and a broken Thing Description changes nothing', async () => {
    expect((await site.operator.raw('/v1/things/nobody/td')).status).toBe(404);
    expect((await site.operator.raw('/v1/families/dragon/tm')).status).toBe(404);
    expect((await site.operator.raw('/v1/things/house/properties/warp')).status).toBe(404);
    await publish('lamp-1', 'description', { '@context': 'https://www.w3.org/2022/wot/td/v1.1', title: ['Hall', 'lamp'], properties: 7 });
    await publish('lamp-1', 'telemetry', { signals: { brightness: 41 } });
    const { title, signals } = await until('the next value', async () => {
      const found = await site.operator.get('/v1/things/lamp-1');
      return found.signals.brightness.latest.value === 41 && found;
    });
    expect([title, signals.brightness.max]).toEqual(['Hall lamp', 100]);
  });
});

import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { type Config, createLog, config as edgeConfig, type Log } from '@wayside/agent';
import { type Command, topicOf } from '@wayside/protocol';
import { Aedes } from 'aedes';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as captured from '../../edge/agent/src/link/adapters/captured.ts';
import { createOuterBroker } from '../../edge/agent/src/link/outer-broker.ts';
import { createSite, type Site, until } from '../support/site.ts';

const tls = (name: string) => join(import.meta.dirname, '../support/tls', name);
const pem = (name: string) => readFileSync(tls(name));

/** A site that has a broker of its own, which lets in over TLS only who shows a certificate. Its devices know nothing of the edge. */
describe('a site with a broker of its own', () => {
  let broker: Aedes;
  let server: Server;
  let url: string;
  let device: MqttClient;
  let site: Site;

  beforeAll(async () => {
    broker = await Aedes.createBroker();
    server = createServer(
      { key: pem('server.key'), cert: pem('server.pem'), ca: pem('ca.pem'), requestCert: true, rejectUnauthorized: true },
      broker.handle,
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `mqtts://localhost:${(server.address() as AddressInfo).port}`;
    device = await connectAsync(url, { ca: pem('ca.pem'), cert: pem('client.pem'), key: pem('client.key') });
    site = await createSite({
      hub: false,
      settings: { brokerUrl: url, brokerCa: tls('ca.pem'), brokerCert: tls('client.pem'), brokerKey: tls('client.key') },
    });
  });
  afterAll(async () => {
    await site.close();
    await device.endAsync();
    await new Promise<void>((done) => broker.close(done));
    await new Promise((done) => server.close(done));
  });
  const say = (topic: string, payload: unknown, retain = false) =>
    device.publishAsync(topic, typeof payload === 'string' ? payload : JSON.stringify(payload), { qos: 1, retain });
  const joined = () => until('the edge at the broker', () => broker.connectedClients === 2);

  it('has its devices heard there, ours and others’, retained words too', async () => {
    await say(
      topicOf('boiler', 'description'),
      { title: 'Boiler', family: 'unknown', signals: { heat: { title: 'Heat', type: 'number' } } },
      true,
    );
    await joined();
    for (const [topic, payload] of captured.zigbee2mqtt.messages) await say(topic, payload, topic.endsWith('/config'));
    // A value may come before the words that say whose it is: what is retained is sent again once the edge listens.
    const titled = async (thing: string) => (await site.operator.get(`/v1/things/${thing}`)).title as string;
    await until('the sensor by its name', async () => (await titled('zigbee2mqtt_0x00158d0003cb2b18')) === 'NAS_Temperatuur1');
    await until('the boiler by its name', async () => (await titled('boiler')) === 'Boiler');
  });

  it('tells what was said while the edge was away, once it is back', async () => {
    await site.stopEdge();
    await until('the edge to be gone', () => broker.connectedClients === 1);
    await say(topicOf('boiler', 'telemetry'), { signals: { heat: 77 } });
    await site.startEdge();
    await until('the heat', async () => JSON.stringify((await site.operator.get('/v1/things/boiler')).signals).includes('77'));
  });

  it('is commanded there, and the edge does not take its own words for a device’s', async () => {
    const heard: Command[] = [];
    device.on('message', (topic, payload) => {
      if (topic !== topicOf('boiler', 'command')) return;
      const command = JSON.parse(payload.toString());
      heard.push(command);
      void say(topicOf('boiler', 'outcome'), { id: command.id, state: 'done' });
    });
    await device.subscribeAsync(topicOf('boiler', 'command'), { qos: 1 });
    const actions = { rinse: { title: 'Rinse', risk: 'R1' } };
    await say(
      topicOf('boiler', 'description'),
      { title: 'Boiler', family: 'unknown', signals: { heat: { title: 'Heat', type: 'number' } }, actions },
      true,
    );
    await say(topicOf('boiler', 'presence'), 'online', true);
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'boiler' });
    const proposal = await until('the proposal', async () => {
      const command = await site.operator.post(`/v1/sessions/${session}/commands`, { action: 'rinse' });
      return command.state === 'proposed' && command;
    });
    await site.operator.post(`/v1/sessions/${session}/commands/${proposal.command}/consent`);
    await until('the command', () => heard.length === 1);
    expect(heard[0]).toMatchObject({ name: 'rinse' });
  });

  const joining = (config: Partial<Config>, log = createLog('silent', 'test')) =>
    createOuterBroker({
      config: edgeConfig.parse({ brokerUrl: url, ...config }),
      edge: 'other',
      log,
      now: Date.now,
      onMessage: async () => {},
    });

  it('whose certificate is of another authority is not joined, and the reason is said once', async () => {
    const said: string[] = [];
    const log = { info() {}, warn: (_: unknown, text: string) => said.push(text) } as unknown as Log;
    const wary = joining({ brokerCa: tls('other-ca.pem') }, log);
    await wary.start();
    await until('the reason', () => said.some((text) => /certificate/.test(text)));
    await wary.stop();
    expect(said).toHaveLength(1);
  });

  it('is not begun with a certificate that is not there, and the setting is named', () =>
    expect(joining({ brokerCa: '/nowhere/ca.pem' }).start()).rejects.toThrow(/brokerCa .*ENOENT.*nowhere/));
});

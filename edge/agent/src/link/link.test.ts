import { createConnection } from 'node:net';
import { topicOf } from '@wayside/protocol';
import { connectAsync, type MqttClient } from 'mqtt';
import { generate } from 'mqtt-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { openEdgeStore } from '../store/open.ts';
import { type Broker, createBroker } from './broker.ts';
import { createDevices } from './devices.ts';
import { Cutter, packetLimits, readPublish } from './packets.ts';
import { createRegistry } from './registry.ts';

const credentials = { username: 'device', password: 'a-secret' };
const connectPacket = generate({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clientId: 'x',
  keepalive: 0,
  clean: true,
} as never);

describe('the framing guard', () => {
  const publish = (bytes: number) =>
    generate({ cmd: 'publish', topic: 't', payload: Buffer.alloc(bytes), qos: 0, retain: false, dup: false } as never);

  const refusal = (bytes: Buffer) => new Cutter(packetLimits).cut(bytes, []);

  it('gives back ordinary packets whole, however they are cut', () => {
    const packets = [connectPacket, publish(100_000), publish(3), publish(0), publish(200)];
    const bytes = Buffer.concat(packets);
    for (const size of [1, 2, 7, 4096, bytes.length]) {
      const cutter = new Cutter(packetLimits);
      const whole: Buffer[] = [];
      for (let i = 0; i < bytes.length; i += size) expect(cutter.cut(bytes.subarray(i, i + size), whole)).toBeUndefined();
      expect(whole).toEqual(packets);
    }
  });

  it('lets nothing in before CONNECT', () => {
    expect(refusal(publish(3))).toMatch(/not CONNECT/);
    expect(refusal(Buffer.from([0x30]))).toMatch(/not CONNECT/);
  });
  it('refuses a giant before CONNECT by its header alone', () =>
    expect(refusal(Buffer.from([0x10, 0xff, 0xff, 0x7f]))).toMatch(/limit is 16384/));
  it('refuses a giant after CONNECT', () => expect(refusal(Buffer.concat([connectPacket, publish(300_000)]))).toMatch(/limit is 262144/));
  it('refuses a length of five bytes', () => expect(refusal(Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0x01]))).toMatch(/four bytes/));
  it('never throws on random bytes, whole or by the byte', () => {
    for (let i = 0; i < 20_000; i++) {
      const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(i % 50)));
      const cutter = new Cutter(packetLimits);
      const [whole, piecemeal]: [Buffer[], Buffer[]] = [[], []];
      const why = refusal(bytes) ?? new Cutter(packetLimits).cut(bytes, whole);
      const whyPiecemeal = [...bytes].reduce<string | undefined>(
        (said, byte) => said ?? cutter.cut(Buffer.from([byte]), piecemeal),
        undefined,
      );
      expect(whyPiecemeal).toBe(why);
      if (why === undefined) expect(piecemeal).toEqual(whole);
      for (const packet of whole) readPublish(packet, () => true);
    }
  });
});

describe('a device at the broker', () => {
  let broker: Broker;
  let port: number;
  let heard: { topic: string; text: string }[];
  let stored: () => Promise<void>;
  const clients: MqttClient[] = [];
  const connect = async (options: object = {}) => {
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { ...credentials, reconnectPeriod: 0, ...options });
    clients.push(client);
    return client;
  };

  beforeEach(async () => {
    heard = [];
    stored = async () => {};
    broker = createBroker({
      host: '127.0.0.1',
      port: 0,
      credentials,
      log: createLog('silent', 'test'),
      async onMessage(topic, payload) {
        await stored();
        heard.push({ topic, text: Buffer.from(payload).toString() });
      },
    });
    ({ port } = await broker.start());
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.end(true);
    await broker.stop();
  });

  it('is heard', async () => {
    const client = await connect();
    await client.publishAsync(topicOf('car', 'telemetry'), '{"signals":{}}', { qos: 1 });
    expect(heard).toEqual([{ topic: 'wayside/v1/things/car/telemetry', text: '{"signals":{}}' }]);
  });

  it('is acknowledged only after its message is stored', async () => {
    const client = await connect();
    let done = () => {};
    stored = () =>
      new Promise((resolve) => {
        done = resolve;
      });
    let acknowledged = false;
    const sent = client.publishAsync(topicOf('car', 'telemetry'), '{}', { qos: 1 }).then(() => {
      acknowledged = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(acknowledged).toBe(false);
    done();
    await sent;
  });

  it('is not let in with a wrong password or none', async () => {
    await expect(connect({ password: 'guess' })).rejects.toThrow();
    await expect(connect({ username: undefined, password: undefined })).rejects.toThrow();
  });

  it.each(['wayside/v1/things/other/command', '$SYS/broker/uptime'])('may not publish on %s', async (topic) => {
    const client = await connect();
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.publish(topic, 'x', { qos: 1 });
    await closed;
    expect(heard).toEqual([]);
  });

  it('may listen below our topics and nowhere else', async () => {
    const client = await connect();
    await expect(client.subscribeAsync('$SYS/#')).rejects.toThrow();
    await expect(client.subscribeAsync('#')).rejects.toThrow();
    const granted = await client.subscribeAsync(topicOf('car', 'command'), { qos: 1 });
    const got = new Promise((resolve) => client.once('message', (_, payload) => resolve(payload.toString())));
    await broker.publish(topicOf('car', 'command'), '{"id":"1"}');
    expect([granted[0]?.qos, await got]).toEqual([1, '{"id":"1"}']);
  });

  it('whose line is dead is gone after one and a half keep-alives, its will is said, and its neighbour notices nothing', async () => {
    const neighbour = await connect({ clientId: 'neighbour' });
    const half = createConnection(port, '127.0.0.1');
    half.on('error', () => {});
    const gone = new Promise((resolve) => half.once('close', resolve));
    const will = { topic: topicOf('half', 'presence'), payload: Buffer.from('offline'), qos: 1, retain: true };
    const hello = { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId: 'half', clean: true, keepalive: 1, will };
    half.write(generate({ ...hello, username: credentials.username, password: Buffer.from(credentials.password) } as never));
    await new Promise((resolve) => half.once('data', resolve));
    let said = 0;
    const talking = setInterval(() => void neighbour.publishAsync(topicOf('car', 'telemetry'), String(said++), { qos: 1 }), 50);
    await gone;
    clearInterval(talking);
    await neighbour.publishAsync(topicOf('car', 'telemetry'), 'last', { qos: 1 });
    expect(heard.filter(({ topic }) => topic.includes('/car/')).map(({ text }) => text)).toEqual(
      [...Array(said).keys(), 'last'].map(String),
    );
    expect(heard).toContainEqual({ topic: topicOf('half', 'presence'), text: 'offline' });
  });

  it('that sends ten megabytes is cut off, and the next is served', async () => {
    const rude = createConnection(port, '127.0.0.1');
    rude.on('error', () => {});
    const gone = new Promise((resolve) => rude.once('close', resolve));
    rude.write(Buffer.from([0x10, 0x80, 0x80, 0x80, 0x05]));
    rude.write(Buffer.alloc(1_000_000));
    await gone;
    const client = await connect();
    await client.publishAsync(topicOf('car', 'telemetry'), 'still here', { qos: 1 });
    expect(heard.map((h) => h.text)).toEqual(['still here']);
  });
});

describe('what devices say', () => {
  it('reaches the right room, and nonsense disturbs nobody', async () => {
    const store = await openEdgeStore(':memory:', () => 1_000);
    const registry = createRegistry(store.db, () => {});
    const news: unknown[] = [];
    const devices = createDevices(
      registry,
      {
        telemetry: async (thing, m) => void news.push([thing, Object.fromEntries(m.signals.map((name, i) => [name, m.values[i]]))]),
        dtc: async (thing, m) => void news.push([thing, m.code, m.state, ...(m.failureType ? [m.failureType] : [])]),
        event: (thing, m) => void news.push([thing, m.name]),
        outcome: (thing, m) => void news.push([thing, m.state]),
      },
      createLog('silent', 'test'),
      () => 1_000,
    );
    const say = (topic: string, text: string) => devices.hear(topic, Buffer.from(text));
    const bad = [
      '{',
      '[]',
      'null',
      '{"signals":{"a":NaN}}',
      '{"signals":{"a":{}}}',
      '{"signals":{"a b":1}}',
      `{"signals":{"a":"${'x'.repeat(300)}"}}`,
      '',
    ];
    for (const text of bad) await say(topicOf('car', 'telemetry'), text);
    for (const topic of ['foo', 'wayside/v1/things/a/b/c', 'wayside/v1/things/<b>/telemetry']) await say(topic, '{}');
    await say(topicOf('car', 'presence'), 'sleepy');
    await say(topicOf('car', 'dtc'), '{"code":"P0301","state":"maybe"}');
    expect([news, devices.refused()]).toEqual([[], bad.length + 5]);

    await say(topicOf('car', 'description'), '{"title":"<script>alert(1)</script>","family":"vehicle"}');
    await say(topicOf('car', 'telemetry'), '{"signals":{"a":1}}');
    await say(topicOf('car', 'dtc'), '{"code":"P0301","state":"confirmed"}');
    await say(topicOf('car', 'dtc'), '{"uds":"03012F09 C1550004 00000000 0301"}');
    await say(topicOf('car', 'dtc'), '{"dm1":"04 FF 64 00 01 05"}');
    await say(topicOf('car', 'dtc'), '{"uds":"0301","dm1":"zz"}');
    await say(topicOf('car', 'presence'), 'offline');
    expect(news).toEqual([
      ['car', { a: 1 }],
      ['car', 'P0301', 'confirmed'],
      ['car', 'P0301', 'confirmed', '2F'],
      ['car', 'U0155', 'pending', '00'],
      ['car', 'SPN100.FMI1', 'confirmed'],
    ]);
    expect(registry.get('car')).toMatchObject({ presence: 'offline', description: { family: 'vehicle' } });

    const again = createRegistry(store.db, () => {});
    await again.load();
    expect(again.get('car')?.description?.title).toBe('<script>alert(1)</script>');
    await store.close();
  });
});

import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { connectAsync, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import { generate, type Packet, parser } from 'mqtt-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { type Broker, createBroker } from './broker.ts';

const credentials = { username: 'device', password: 'a-secret' };
const topics = ['TopicA', 'TopicA/B', 'Topic/C', 'TopicA/C'] as const;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * The cases of MQTT 3.1.1 by which Eclipse Paho tries brokers (eclipse/paho.mqtt.testing, interoperability/client_test.py), by their names, written
 * anew. It tries with filters that begin with a wildcard; this broker refuses those to everybody, so `TopicA/#` and `TopicA/+` stand for them.
 */
describe('interoperability, MQTT 3.1.1', () => {
  let broker: Broker;
  let port: number;
  const clients: MqttClient[] = [];
  const sockets: Socket[] = [];

  beforeEach(async () => {
    broker = createBroker({ host: '127.0.0.1', port: 0, credentials, log: createLog('silent', 'test'), onMessage: async () => {} });
    ({ port } = await broker.start());
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.end(true);
    for (const socket of sockets.splice(0)) socket.destroy();
    await broker.stop();
  });

  /** A client, and what came to it. */
  async function connect(more: IClientOptions = {}) {
    const got: { topic: string; text: string; qos: number; retain: boolean }[] = [];
    const options = { ...credentials, protocolVersion: 4 as const, reconnectPeriod: 0, ...more };
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, options, false);
    clients.push(client);
    client.on('message', (topic, payload, { qos, retain }) => got.push({ topic, text: payload.toString(), qos, retain }));
    return { client, got };
  }
  const texts = (got: { text: string }[]) => got.map(({ text }) => text).sort();

  /** A client of which each packet is ours. */
  function bare() {
    const socket = createConnection(port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => {});
    const packets: Packet[] = [];
    const read = parser({ protocolVersion: 4 });
    read.on('packet', (packet) => packets.push(packet));
    socket.on('data', (bytes) => read.parse(bytes));
    const send = (packet: object) => socket.write(generate(packet as Packet, { protocolVersion: 4 }));
    const hello = (clientId: string, clean: boolean, more = {}) =>
      send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId, clean, keepalive: 0, ...keys, ...more });
    const comes = async (cmd: string, count = 1) => {
      await expect.poll(() => packets.filter((one) => one.cmd === cmd).length).toBeGreaterThanOrEqual(count);
      return packets.filter((one) => one.cmd === cmd);
    };
    return { socket, packets, send, hello, comes, closed: once(socket, 'close') };
  }
  const keys = { username: credentials.username, password: Buffer.from(credentials.password) };

  it('basic: connect, disconnect, publish and receive at each quality of service', async () => {
    await (await connect({ clientId: 'myclientid' })).client.endAsync();
    const { client, got } = await connect({ clientId: 'myclientid' });
    await client.subscribeAsync(topics[0], { qos: 2 });
    for (const qos of [0, 1, 2] as const) await client.publishAsync(topics[0], `qos ${qos}`, { qos });
    await expect.poll(() => got.length).toBe(3);
    expect(got.map(({ text, qos }) => [text, qos])).toEqual([
      ['qos 0', 0],
      ['qos 1', 1],
      ['qos 2', 2],
    ]);
  });

  it('basic: a second CONNECT on one socket ends it', async () => {
    const { hello, comes, closed } = bare();
    hello('myclientid', true);
    await comes('connack');
    hello('myclientid', true);
    await closed;
  });

  it('basic: a wrong name of the protocol is not let in', async () => {
    const { socket, packets, closed } = bare();
    const connect = { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId: 'x', clean: true, keepalive: 0, ...keys };
    const bytes = generate(connect as Packet);
    bytes.write('hjhj', bytes.indexOf('MQTT'));
    socket.write(bytes);
    await closed;
    expect(packets.filter((one) => one.cmd === 'connack' && one.returnCode === 0)).toEqual([]);
  });

  it('retained messages: come to who subscribes later, until an empty one takes each away', async () => {
    const { client } = await connect();
    for (const qos of [0, 1, 2] as const)
      await client.publishAsync(topics[qos === 2 ? 3 : qos === 1 ? 1 : 0], `qos ${qos}`, { qos, retain: true });
    const later = await connect();
    await later.client.subscribeAsync('TopicA/#', { qos: 2 });
    await expect.poll(() => texts(later.got)).toEqual(['qos 0', 'qos 1', 'qos 2']);
    expect(later.got.every(({ retain }) => retain)).toBe(true);
    for (const qos of [0, 1, 2] as const) await client.publishAsync(topics[qos === 2 ? 3 : qos === 1 ? 1 : 0], '', { qos, retain: true });
    const last = await connect();
    await last.client.subscribeAsync('TopicA/#', { qos: 2 });
    await pause(200);
    expect(last.got).toEqual([]);
  });

  it('will message: is said when a client is gone without a word, and not when it took its leave', async () => {
    const will = { topic: topics[2], payload: Buffer.from('client not disconnected'), qos: 1 as const, retain: false };
    const { client: listener, got } = await connect();
    await listener.subscribeAsync(topics[2], { qos: 2 });
    await (await connect({ clientId: 'leaves', will })).client.endAsync();
    await pause(100);
    expect(got).toEqual([]);
    (await connect({ clientId: 'is torn away', will })).client.stream.destroy();
    await expect.poll(() => texts(got)).toEqual(['client not disconnected']);
  });

  it('zero length clientid: is given a name for a clean session, and refused (0x02) one that is kept', async () => {
    const [clean, kept] = [bare(), bare()];
    clean.hello('', true);
    expect(await clean.comes('connack')).toMatchObject([{ returnCode: 0, sessionPresent: false }]);
    // The library does not write that.
    const bytes = generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId: '', clean: true, keepalive: 0, ...keys });
    const flags = bytes.indexOf('MQTT') + 5;
    bytes[flags] = (bytes[flags] as number) & ~2;
    kept.socket.write(bytes);
    await kept.closed;
    expect(kept.packets).toMatchObject([{ cmd: 'connack', returnCode: 2 }]);
  });

  it('offline message queueing: what came meanwhile at quality 1 and 2 is there, what came at 0 is not', async () => {
    const away = await connect({ clientId: 'myclientid', clean: false });
    await away.client.subscribeAsync('TopicA/#', { qos: 2 });
    await away.client.endAsync();
    const { client } = await connect();
    for (const qos of [0, 1, 2] as const) await client.publishAsync(topics[1], `qos ${qos}`, { qos });
    const back = await connect({ clientId: 'myclientid', clean: false });
    await expect.poll(() => texts(back.got)).toEqual(['qos 1', 'qos 2']);
    await pause(100);
    expect(back.got).toHaveLength(2);
  });

  it('overlapping subscriptions: one message, at the highest quality of those that match', async () => {
    const { client, got } = await connect();
    await client.subscribeAsync({ 'TopicA/#': { qos: 2 }, 'TopicA/+': { qos: 1 } });
    await client.publishAsync(topics[3], 'overlapping topic filters', { qos: 2 });
    await expect.poll(() => got.length).toBeGreaterThan(0);
    await pause(100);
    expect(got.map(({ qos }) => qos)).toEqual([2]);
  });

  it('keepalive: who says nothing for one and a half times as long is gone, and its will is said', async () => {
    const { client, got } = await connect();
    await client.subscribeAsync(topics[2], { qos: 2 });
    const silent = bare();
    silent.hello('silent', true, { keepalive: 1, will: { topic: topics[2], payload: 'keepalive expiry', qos: 1, retain: false } });
    await silent.comes('connack');
    await silent.closed;
    await expect.poll(() => texts(got)).toEqual(['keepalive expiry']);
  });

  it('redelivery on reconnect: what was not acknowledged comes again, and what was does not', async () => {
    const first = bare();
    first.hello('myclientid2', false);
    await first.comes('connack');
    first.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'TopicA/#', qos: 2 }] });
    await first.comes('suback');
    const { client } = await connect();
    await client.publishAsync(topics[1], 'qos 1', { qos: 1 });
    await client.publishAsync(topics[3], 'qos 2', { qos: 2 });
    await first.comes('publish', 2);
    first.socket.destroy();
    await first.closed;

    const second = bare();
    second.hello('myclientid2', false);
    expect(await second.comes('connack')).toMatchObject([{ sessionPresent: true }]);
    const again = (await second.comes('publish', 2)) as IPublishPacket[];
    expect(again.map(({ payload }) => payload.toString()).sort()).toEqual(['qos 1', 'qos 2']);
    for (const { qos, messageId } of again) second.send({ cmd: qos === 1 ? 'puback' : 'pubrec', messageId });
    for (const { messageId } of (await second.comes('pubrel')) as IPublishPacket[]) second.send({ cmd: 'pubcomp', messageId });
    second.send({ cmd: 'pingreq' });
    await second.comes('pingresp');
    second.socket.destroy();
    await second.closed;

    const third = bare();
    third.hello('myclientid2', false);
    await third.comes('connack');
    await pause(200);
    expect(third.packets.filter(({ cmd }) => cmd === 'publish' || cmd === 'pubrel')).toEqual([]);
  });

  it.each(['#', '+/+', '+/C', '$SYS/#', 'wayside/#'])(
    'subscribe failure: %s, which nobody may hear by design, is answered 0x80, and the client stays',
    async (topic) => {
      const { hello, send, comes } = bare();
      hello('myclientid', true);
      await comes('connack');
      send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 2 }] });
      expect(await comes('suback')).toMatchObject([{ granted: [0x80] }]);
      send({ cmd: 'pingreq' });
      await comes('pingresp');
    },
  );

  it('unsubscribe: nothing more comes of that filter, and all of the others', async () => {
    const { client, got } = await connect();
    await client.subscribeAsync([topics[0], topics[1], topics[2]], { qos: 2 });
    await client.unsubscribeAsync(topics[0]);
    for (const topic of [topics[0], topics[1], topics[2]]) await client.publishAsync(topic, topic, { qos: 1 });
    await expect.poll(() => got.length).toBe(2);
    await pause(100);
    expect(texts(got)).toEqual(['Topic/C', 'TopicA/B']);
  });

  it('$ topics: by design nobody publishes there, and who tries is ended; nobody hears of it', async () => {
    const listener = await connect();
    await listener.client.subscribeAsync('TopicA/#', { qos: 2 });
    const { client } = await connect();
    const end = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.publish(`$${topics[1]}`, 'x', { qos: 1 });
    await end;
    await pause(100);
    expect(listener.got).toEqual([]);
  });
});

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { topicOf } from '@wayside/protocol';
import { connectAsync } from 'mqtt';
import { generate } from 'mqtt-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { type Broker, createBroker } from './broker.ts';

const credentials = { username: 'device', password: 'a-secret' };
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Telemetry goes straight from the socket to the store; to a device and to other listeners it must look as if it did not. */
describe('the straight way', () => {
  let broker: Broker;
  let port: number;
  let heard: string[];
  let store: (text: string) => Promise<void>;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    heard = [];
    store = async () => {};
    broker = createBroker({
      host: '127.0.0.1',
      port: 0,
      credentials,
      log: createLog('silent', 'test'),
      async onMessage(_, payload) {
        const text = Buffer.from(payload).toString();
        heard.push(text);
        await store(text);
      },
    });
    ({ port } = await broker.start());
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await broker.stop();
  });

  /** A device on a bare socket, and the ids of its messages in the order they were acknowledged. */
  async function bareDevice(keepalive = 0) {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    const { username, password } = { ...credentials, password: Buffer.from(credentials.password) };
    socket.write(
      generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: 'bare', keepalive, username, password }),
    );
    await once(socket, 'data');
    const acknowledged: number[] = [];
    socket.on('data', (bytes: Buffer) => {
      for (let i = 0; i + 4 <= bytes.length; i += 4) if (bytes[i] === 0x40) acknowledged.push(bytes.readUInt16BE(i + 2));
    });
    const publish = (messageId: number, channel: 'telemetry' | 'description' = 'telemetry', qos: 0 | 1 = 1, retain = false) =>
      generate({ cmd: 'publish', topic: topicOf('car', channel), payload: `${messageId}`, qos, messageId, dup: false, retain });
    return { socket, acknowledged, publish };
  }
  const numbers = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

  it('keeps the order of messages and acknowledgments, whichever way each goes and however long each takes', async () => {
    const { socket, acknowledged, publish } = await bareDevice();
    store = () => pause(Math.random() * 5);
    const order = numbers(400);
    socket.write(Buffer.concat(order.map((id) => publish(id, id % 50 === 7 ? 'description' : 'telemetry', 1, id % 70 === 9))));
    while (acknowledged.length < order.length) await pause(5);
    expect(heard.map(Number)).toEqual(order);
    expect(acknowledged).toEqual(order);
  });

  it('acknowledges nothing that is not stored, and ends the connection when storing fails', async () => {
    const { socket, acknowledged, publish } = await bareDevice();
    socket.write(publish(1));
    while (acknowledged.length < 1) await pause(5);
    store = async (text) => {
      if (text === '3') throw new Error('disk full');
    };
    socket.write(Buffer.concat([2, 3, 4].map((id) => publish(id))));
    await once(socket, 'close');
    expect(acknowledged).not.toContain(3);
    expect(acknowledged).not.toContain(4);
  });

  it('hands each message to who listens, from the first to the last', async () => {
    const { socket, publish } = await bareDevice();
    socket.write(Buffer.concat(numbers(20).map((id) => publish(id))));
    while (heard.length < 20) await pause(5);
    const listener = await connectAsync(`mqtt://127.0.0.1:${port}`, credentials);
    const got: number[] = [];
    listener.on('message', (_, payload) => got.push(Number(payload)));
    await listener.subscribeAsync('wayside/v1/things/+/telemetry', { qos: 1 });
    socket.write(Buffer.concat(numbers(200).map((id) => publish(100 + id))));
    while (got.length < 200) await pause(5);
    expect(got).toEqual(numbers(200).map((id) => 100 + id));
    await listener.endAsync();
  });

  it('takes QoS 0 without an answer', async () => {
    const { socket, acknowledged, publish } = await bareDevice();
    socket.write(Buffer.concat(numbers(50).map((id) => publish(id, 'telemetry', id % 2 === 0 ? 0 : 1))));
    while (acknowledged.length < 25) await pause(5);
    expect(heard).toHaveLength(50);
    expect(acknowledged).toEqual(numbers(50).filter((id) => id % 2 === 1));
  });

  it('keeps a device alive that says nothing but telemetry, beyond its keep-alive time', async () => {
    const { socket, publish } = await bareDevice(1);
    for (let id = 1; id <= 35; id++) {
      socket.write(publish(id));
      await pause(100);
    }
    expect(heard).toHaveLength(35);
    expect(socket.destroyed).toBe(false);
  });

  it('lets a device that floods wait, and remembers no more of it than a window', async () => {
    const { socket, acknowledged, publish } = await bareDevice();
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    store = () => gate;
    socket.write(Buffer.concat(numbers(20_000).map((id) => publish(id))));
    await pause(200);
    expect(heard.length).toBeLessThanOrEqual(1_000);
    open();
    while (acknowledged.length < 20_000) await pause(5);
    expect(heard.map(Number)).toEqual(numbers(20_000));
  });
});

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { topicOf } from '@wayside/protocol';
import { connectAsync } from 'mqtt';
import { generate } from 'mqtt-packet';
import { pause } from '../measure.ts';
import type { BrokerAddress } from './load.ts';

/** Devices that are there and wait for a command, as most are most of the time: connected, subscribed to their own, silent. */
export async function gather(broker: BrokerAddress, from: number, to: number): Promise<() => void> {
  const sockets: Socket[] = [];
  // So many at once: a broker's door takes them one after the other.
  for (let i = from; i < to; i += 50)
    sockets.push(...(await Promise.all(Array.from({ length: Math.min(50, to - i) }, (_, k) => stand(broker, `idle-${i + k}`)))));
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

async function stand({ port, username, password }: BrokerAddress, thing: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  const secret = username === undefined ? {} : { username, password: Buffer.from(password ?? '') };
  socket.write(generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: thing, keepalive: 0, ...secret }));
  await once(socket, 'data');
  socket.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: topicOf(thing, 'command'), qos: 1 }] }));
  await once(socket, 'data');
  return socket;
}

/** A device nobody heard of before that says what it is, is as usual once and then far too hot. */
export async function overheat({ port, username, password }: BrokerAddress, description: string): Promise<void> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, username === undefined ? {} : { username, password: password ?? '' });
  await client.publishAsync(topicOf('newcomer', 'description'), description, { qos: 1, retain: true });
  for (const temperature of [20, 500])
    await client.publishAsync(topicOf('newcomer', 'telemetry'), JSON.stringify({ signals: { temperature } }), { qos: 1 });
  await client.endAsync(true);
}

/** How long one device waited for each of its acknowledgments, ms, while all else went on: twenty messages a second. */
export async function acknowledgments(broker: BrokerAddress, seconds: number): Promise<number[]> {
  const { port, username, password } = broker;
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, username === undefined ? {} : { username, password: password ?? '' });
  const waits: number[] = [];
  const end = performance.now() + 1_000 * seconds;
  while (performance.now() < end) {
    const sent = performance.now();
    await client.publishAsync(topicOf('probe-0', 'telemetry'), '{"signals":{"temperature":20}}', { qos: 1 });
    waits.push(performance.now() - sent);
    await pause(50);
  }
  await client.endAsync(true);
  return waits;
}

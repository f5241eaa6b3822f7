import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { topicOf } from '@wayside/protocol';
import { generate } from 'mqtt-packet';
import { pause } from '../measure.ts';

export type BrokerAddress = { port: number; username?: string; password?: string };

/** What became of a load: a spike is heard when the other side raised its alarm. */
export type LoadResult = { sent: number; acknowledged: number; spikes: number; latencies: number[]; achieved: number };

export type Load = {
  /** Publishes `rate` messages a second, spread over the devices, QoS 1, with ten spikes a second; then waits a second for what is still on its way. */
  run(rate: number, seconds: number): Promise<LoadResult>;
  /** Called when the other side raised the alarm of a thing. */
  heard(thing: string): void;
  /** The `at` of every message of a device that was acknowledged. */
  acknowledgedOf(device: number): ReadonlySet<number>;
  close(): void;
};

const tickMs = 2;
const spikeEveryMs = 100;
/** A device sends no more while so many of its messages are unanswered: a real one has bounded memory as well. */
const maxUnanswered = 2_000;

type Device = {
  thing: string;
  topic: Buffer;
  socket: Socket;
  id: number;
  /** When its last message says it was measured, ms. */
  at: number;
  waiting: Map<number, number>;
  acknowledged: Set<number>;
  rest: Buffer;
};

/** Devices on bare sockets, so that what is measured is the other side and not an MQTT client. */
export async function startLoad(broker: BrokerAddress, count: number, describe: (thing: string) => string | undefined): Promise<Load> {
  const devices: Device[] = [];
  for (let i = 0; i < count; i++) devices.push(await connectDevice(broker, `probe-${i}`, describe(`probe-${i}`)));
  const spiked = new Map<string, number>();
  let latencies: number[] = [];

  function publish(device: Device, value: number): Buffer {
    // Each message of a device has a time of its own, so that it can be found again; one for the whole site would run so far
    // ahead of the clock that the edge, rightly, puts its own time in its place.
    device.at = Math.max(device.at + 1, Date.now());
    device.id = (device.id % 65_535) + 1;
    device.waiting.set(device.id, device.at);
    return publishPacket(device.topic, device.id, `{"at":${device.at},"signals":{"temperature":${value.toFixed(2)}}}`);
  }

  return {
    async run(rate, seconds) {
      latencies = [];
      spiked.clear();
      let [sent, spikes, next] = [0, 0, 0];
      const before = devices.reduce((sum, device) => sum + device.acknowledged.size, 0);
      const began = performance.now();
      for (let passed = 0; passed < 1_000 * seconds; passed = performance.now() - began) {
        const due = Math.floor((passed * rate) / 1_000);
        const batches = new Map<Device, Buffer[]>();
        for (; sent < due; sent++) {
          const device = devices[next++ % devices.length]!;
          if (device.waiting.size >= maxUnanswered) continue;
          const spike = passed >= spikes * spikeEveryMs && !spiked.has(device.thing);
          if (spike) {
            spikes++;
            spiked.set(device.thing, performance.now());
          }
          const batch = batches.get(device) ?? [];
          batch.push(publish(device, spike ? 500 : 20 + Math.sin(sent / 50)));
          batches.set(device, batch);
        }
        for (const [device, batch] of batches) device.socket.write(Buffer.concat(batch));
        await pause(tickMs);
      }
      const took = performance.now() - began;
      await pause(1_000);
      const acknowledged = devices.reduce((sum, device) => sum + device.acknowledged.size, 0) - before;
      return { sent, acknowledged, spikes, latencies, achieved: (1_000 * sent) / took };
    },
    heard(thing) {
      const at = spiked.get(thing);
      if (at === undefined) return;
      latencies.push(performance.now() - at);
      spiked.delete(thing);
    },
    acknowledgedOf: (device) => devices[device]!.acknowledged,
    close() {
      for (const { socket } of devices) socket.destroy();
    },
  };
}

async function connectDevice({ port, username, password }: BrokerAddress, thing: string, description: string | undefined): Promise<Device> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  socket.on('error', () => {});
  await once(socket, 'connect');
  const secret = username === undefined ? {} : { username, password: Buffer.from(password ?? '') };
  socket.write(generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: thing, keepalive: 0, ...secret }));
  await once(socket, 'data');
  const topic = Buffer.from(topicOf(thing, 'telemetry'));
  const device: Device = { thing, topic, socket, id: 0, at: 0, waiting: new Map(), acknowledged: new Set(), rest: Buffer.alloc(0) };
  socket.on('data', (bytes: Buffer) => {
    // PUBACKs only, four bytes each (MQTT 3.1.1 §3.4).
    const all = device.rest.length > 0 ? Buffer.concat([device.rest, bytes]) : bytes;
    let at = 0;
    for (; at + 4 <= all.length; at += 4) {
      const id = all.readUInt16BE(at + 2);
      const stamp = device.waiting.get(id);
      device.waiting.delete(id);
      if (stamp !== undefined) device.acknowledged.add(stamp);
    }
    device.rest = all.subarray(at);
  });
  if (description !== undefined)
    socket.write(
      generate({ cmd: 'publish', topic: topicOf(thing, 'description'), payload: description, qos: 0, dup: false, retain: true }),
    );
  return device;
}

/** MQTT 3.1.1 §3.3, QoS 1. By hand: at a hundred thousand a second the generator must cost less than what it measures. */
function publishPacket(topic: Buffer, id: number, payload: string): Buffer {
  const length = 2 + topic.length + 2 + payload.length;
  const packet = Buffer.allocUnsafe(length + 3);
  packet[0] = 0x32;
  packet[1] = (length & 0x7f) | 0x80;
  packet[2] = length >> 7;
  packet.writeUInt16BE(topic.length, 3);
  topic.copy(packet, 5);
  packet.writeUInt16BE(id, 5 + topic.length);
  packet.write(payload, 7 + topic.length, 'latin1');
  return packet;
}

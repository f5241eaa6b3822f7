import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { GuardedSocket } from './guarded-socket.ts';
import { packetLimits } from './packets.ts';

const connect = Buffer.from([0x10, 12, 0, 4, ...Buffer.from('MQTT'), 4, 2, 0, 60, 0, 0]);
const ping = Buffer.of(0xc0, 0);
const goodbye = Buffer.of(0xe0, 0);
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('hears a flood that waits for its turn before what came after it, also when the broker asks for more meanwhile', async () => {
  const wire = new PassThrough();
  const waiting: (() => void)[] = [];
  const pace = { over: () => true, hears: () => true, later: (act: () => void) => void waiting.push(act) };
  const guarded = new GuardedSocket(wire as unknown as Socket, {
    limits: packetLimits,
    pace,
    lane: { isOpen: () => false, take: () => expect.unreachable() },
    onRefused: (_, why) => expect.unreachable(why),
    onGone: () => {},
  });
  const heard: number[] = [];
  guarded.on('data', (packet: Buffer) => heard.push(packet[0]!));
  wire.write(connect);
  await settled();
  wire.write(Buffer.concat(Array.from({ length: 3_000 }, () => ping)));
  await settled();
  guarded._read();
  wire.write(goodbye);
  await settled();
  for (let turn = 0; turn < 1_000 && heard.at(-1) !== goodbye[0]; turn++) {
    waiting.shift()?.();
    await settled();
  }
  expect(heard).toEqual([connect[0], ...Array.from({ length: 3_000 }, () => ping[0]), goodbye[0]]);
});

it('takes in what little comes while it waits, and all of it in order; what is much waits whole, and its socket stands still', async () => {
  const wire = new PassThrough();
  const waiting: (() => void)[] = [];
  let over = false;
  const pace = { over: () => false, hears: () => over, later: (act: () => void) => void waiting.push(act) };
  const guarded = new GuardedSocket(wire as unknown as Socket, {
    limits: packetLimits,
    pace,
    lane: { isOpen: () => false, take: () => expect.unreachable() },
    onRefused: (_, why) => expect.unreachable(why),
    onGone: () => {},
  });
  const heard: number[] = [];
  guarded.on('data', (packet: Buffer) => heard.push(packet.length));
  // Told apart by how long they are.
  const packet = (bytes: number) => Buffer.concat([Buffer.of(0x30, (bytes & 0x7f) | 0x80, bytes >> 7), Buffer.alloc(bytes)]);
  const say = async (...bytes: number[]) => {
    wire.write(Buffer.concat(bytes.map(packet)));
    await settled();
  };
  wire.write(connect);
  await settled();
  over = true;
  await say(201);
  await say(202, 203);
  expect([heard.length, wire.isPaused(), waiting.length]).toEqual([1, false, 1]);
  await say(2_000, 204);
  expect([heard.length, wire.isPaused(), waiting.length]).toEqual([1, true, 1]);
  wire.write(packet(205));
  over = false;
  waiting.shift()?.();
  await settled();
  await settled();
  expect(heard.map((length) => length - 3)).toEqual([connect.length - 3, 201, 202, 203, 2_000, 204, 205]);
});

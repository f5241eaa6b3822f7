import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downBatch, upBatch } from '@wayside/contract';
import { loadPacks, parsePolicy } from '@wayside/packs';
import { command, decode, description, dtc, event, outcome, readDescription, telemetry, WaysideError } from '@wayside/protocol';
import { verifyBytes } from '@wayside/record';
import { nodePrimitives, signerFrom } from '@wayside/record/node';
import { rehearse } from '@wayside/record/rehearse';
import { generate } from 'mqtt-packet';
import { messageCreated, statusChanged } from '../../../cloud/hub/src/hooks/chatwoot-double.ts';
import { chatwootEvent, newsIn } from '../../../cloud/hub/src/hooks/chatwoot-event.ts';
import { incomingBatch, readRecord } from '../../../cloud/hub/src/sync/read-record.ts';
import { newDevice } from '../../../edge/agent/src/link/device-keys.ts';
import { Cutter, packetLimits, readKeepAlive, readPublish } from '../../../edge/agent/src/link/packets.ts';
import { fileTargets } from './file-targets.ts';
import { socketTargets } from './socket-targets.ts';

/** A way in for bytes from outside. `eat` may refuse in its own words; whatever else it throws is a fault. */
export type Target = { name: string; share: number; examples: Buffer[]; eat(bytes: Buffer): unknown };

const text = (...all: unknown[]): Buffer[] => all.map((one) => Buffer.from(typeof one === 'string' ? one : JSON.stringify(one)));
const json = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return bytes.toString('utf8');
  }
};

const policy = `rules:
  - id: asked
    when: { asked: { at-least: 1 } }
    effect: handoff
calm: { rearm: 3, afterNo: 5 }
`;
const frames = [
  {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clientId: 'car',
    keepalive: 30,
    clean: true,
    username: 'car',
    password: Buffer.from('x'),
  },
  {
    cmd: 'publish',
    topic: 'wayside/v1/things/car/telemetry',
    payload: '{"signals":{"a":1}}',
    qos: 1,
    messageId: 7,
    retain: false,
    dup: false,
  },
  { cmd: 'subscribe', messageId: 3, subscriptions: [{ topic: 'wayside/v1/things/car/command', qos: 1 }] },
  { cmd: 'puback', messageId: 9 },
  { cmd: 'pingreq' },
].map((packet) => generate(packet as never));

/** Every door that is tried, with true examples to begin from. @param folder where packs are laid, in memory if it can be */
export async function targetsIn(folder: string): Promise<Target[]> {
  const { text: record } = await rehearse({ p: nodePrimitives, signerFrom, seed: 5, edge: 'edge_fuzz', session: 0, turns: 4, sessions: 1 });
  const parts = [telemetry, dtc, event, outcome, command, description];
  return [
    ...socketTargets(),
    ...fileTargets(folder),
    {
      name: 'MQTT frames',
      share: 30,
      examples: [...frames, Buffer.concat(frames)],
      eat(bytes) {
        const cutter = new Cutter(packetLimits);
        const whole: Buffer[] = [];
        const middle = bytes.length >> 1;
        if (cutter.cut(bytes.subarray(0, middle), whole) === undefined) cutter.cut(bytes.subarray(middle), whole);
        for (const packet of whole) {
          readPublish(packet, () => true);
          readKeepAlive(packet);
        }
      },
    },
    {
      name: 'device messages',
      share: 25,
      examples: text(
        { at: 1, signals: { a: 1, 'b.c': true, d: 'x' } },
        { code: 'P0301', state: 'confirmed', freezeFrame: { a: 1 } },
        { kind: 'button', name: 'help' },
        { id: 'c_1', state: 'done', detail: 'ok' },
        {
          title: 'Pump',
          family: 'pump',
          signals: { a: { type: 'number', unit: 'bar', min: 0, max: 9 } },
          actions: { stop: { title: 'Stop', risk: 'R1' } },
        },
      ),
      eat(bytes) {
        for (const part of parts) decode(part as never, bytes);
        readDescription(bytes);
      },
    },
    {
      name: 'sync bodies',
      share: 20,
      examples: text(
        { version: 2, epoch: 'e', records: [{ seq: 1, id: 'r', kind: 'seen', at: 1, body: { case: 'c', reply: 'r', at: 1 } }], ahead: [] },
        {
          epoch: 'e',
          records: [{ seq: 2, id: 'r', kind: 'dtc', at: 1, body: { thing: 'car', code: 'P0301', state: 'confirmed', at: 1 } }],
        },
        { envelopes: [{ seq: 1, kind: 'case', at: 1, body: { case: 'c', session: 's', state: 'open', at: 1 } }], more: false },
      ),
      eat(bytes) {
        const value = json(bytes);
        const batch = incomingBatch.safeParse(value);
        if (batch.success) for (const one of [...batch.data.records, ...batch.data.ahead]) readRecord(one);
        upBatch.safeParse(value);
        downBatch.safeParse(value);
        newDevice.safeParse(value);
      },
    },
    {
      name: 'what a Chatwoot tells',
      share: 2,
      examples: text(messageCreated(1, 'Switch it off.'), statusChanged('resolved', 'open')),
      eat(bytes) {
        const told = chatwootEvent.safeParse(json(bytes));
        if (told.success) newsIn(told.data);
      },
    },
    { name: 'case files', share: 15, examples: text(record), eat: (bytes) => verifyBytes(nodePrimitives, bytes) },
    { name: 'policies', share: 9, examples: text(policy), eat: (bytes) => parsePolicy(bytes.toString('utf8')) },
    {
      name: 'packs',
      share: 1,
      examples: text(
        'family: probe\ntitle: { en: Probe, zh: 探针 }\nversion: 1\n',
        'signals:\n  a: { type: number, unit: bar }\nderived:\n  b: { expression: mean(a, 10m) < 12 }\n',
        '- id: low\n  signal: a\n  limit: { below: 1 }\n  for: 5s\n',
      ),
      async eat(bytes) {
        const pack = join(folder, 'probe');
        rmSync(pack, { recursive: true, force: true });
        mkdirSync(pack, { recursive: true });
        const names = ['pack.yaml', 'thing.yaml', 'symptoms.yaml'];
        for (const name of names) writeFileSync(join(pack, name), bytes);
        await loadPacks(folder);
      },
    },
  ];
}

/** A refusal in our own words is an answer. */
export const isRefusal = (error: unknown): boolean => error instanceof WaysideError;

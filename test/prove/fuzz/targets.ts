import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downBatch, upBatch } from '@wayside/contract';
import { loadPacks, packsRoot, parsePolicy } from '@wayside/packs';
import { command, decode, description, dtc, event, outcome, readDescription, telemetry } from '@wayside/protocol';
import { verifyBytes } from '@wayside/record';
import { nodePrimitives, signerFrom } from '@wayside/record/node';
import { rehearse } from '@wayside/record/rehearse';
import { generate } from 'mqtt-packet';
import { messageCreated, statusChanged } from '../../../cloud/hub/src/hooks/chatwoot-double.ts';
import { chatwootEvent, newsIn } from '../../../cloud/hub/src/hooks/chatwoot-event.ts';
import { incomingBatch, readRecord } from '../../../cloud/hub/src/sync/read-record.ts';
import { newDevice } from '../../../edge/agent/src/link/device-keys.ts';
import { Cutter, packetLimits, readKeepAlive, readPublish } from '../../../edge/agent/src/link/packets.ts';
import { chatTargets } from './chat-targets.ts';
import { edgeTargets } from './edge-targets.ts';
import { fileTargets } from './file-targets.ts';
import { foreignTargets } from './foreign-targets.ts';
import { hubTargets } from './hub-targets.ts';
import { logTargets } from './log-targets.ts';
import { issuesOf, json, kindOf, text } from './read.ts';
import { socketTargets } from './socket-targets.ts';
import { updateTargets } from './update-targets.ts';
import { voiceTargets } from './voice-targets.ts';

/**
 * A way in for bytes from outside. `eat` may refuse in its own words; whatever else it throws is a fault. What it returns is the kind of answer it gave,
 * where that is worth telling apart.
 */
export type Target = {
  name: string;
  /** What a try costs, µs, about, as measured once: from this table, and not from a clock, it follows how often a door is tried. */
  costs: number;
  /** Its share of the time, where it is to have another than the others' 1. */
  share?: number;
  examples: Buffer[];
  eat(bytes: Buffer): unknown;
};

/** A pack of the house, whose files are changed one at a time. */
const pack = join(packsRoot, 'generic');
const parts = ['pack.yaml', 'thing.yaml', 'symptoms.yaml', 'faults.yaml', 'observations.yaml', 'procedures.yaml', 'policy.yaml'];
const partOf = (file: string) => readFileSync(join(pack, file), 'utf8');
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
export async function targetsIn(folder: string): Promise<{ targets: Target[]; close(): Promise<void> }> {
  const { text: record } = await rehearse({ p: nodePrimitives, signerFrom, seed: 5, edge: 'edge_fuzz', session: 0, turns: 4, sessions: 1 });
  const bodies = [telemetry, dtc, event, outcome, command, description];
  const packs = join(folder, 'packs');
  cpSync(pack, join(packs, 'probe'), { recursive: true });
  const hub = await hubTargets();
  const targets: Target[] = [
    ...hub.targets,
    ...socketTargets(),
    ...fileTargets(folder),
    ...logTargets(),
    ...voiceTargets(),
    ...(await foreignTargets(folder)),
    ...updateTargets(folder),
    ...(await edgeTargets()),
    ...chatTargets(),
    {
      name: 'MQTT frames',
      costs: 2,
      share: 6,
      // None is let in before it has said who it is.
      examples: [...frames.map((frame, i) => (i === 0 ? frame : Buffer.concat([frames[0]!, frame]))), Buffer.concat(frames)],
      eat(bytes) {
        const cutter = new Cutter(packetLimits);
        const whole: Buffer[] = [];
        const middle = bytes.length >> 1;
        const why = cutter.cut(bytes.subarray(0, middle), whole) ?? cutter.cut(bytes.subarray(middle), whole);
        let kind = '';
        for (const [i, packet] of whole.entries()) {
          const [message, time] = [readPublish(packet, () => true), readKeepAlive(packet)];
          if (i < 2) kind += `${packet[0]! >> 4}${message ? 'p' : ''}${time === undefined ? '' : time === 0 ? 'n' : 't'}`;
        }
        return why === undefined ? kind : `${kind} ${why}`;
      },
    },
    {
      name: 'device messages',
      costs: 40,
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
        const read = readDescription(bytes);
        return read.ok ? read.value.left.join() : bodies.map((part) => kindOf(decode(part as never, bytes))).join() + read.reason;
      },
    },
    {
      name: 'sync bodies',
      costs: 40,
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
        const records = batch.success ? [...batch.data.records, ...batch.data.ahead].map((one) => kindOf(readRecord(one))) : [];
        return records.join() + [upBatch, downBatch, newDevice].map((schema) => issuesOf(schema.safeParse(value))).join();
      },
    },
    {
      name: 'what a Chatwoot tells',
      costs: 20,
      examples: text(messageCreated(1, 'Switch it off.'), statusChanged('resolved', 'open')),
      eat(bytes) {
        const told = chatwootEvent.safeParse(json(bytes));
        return told.success ? kindOf(newsIn(told.data)) : issuesOf(told);
      },
    },
    { name: 'case files', costs: 200, examples: text(record), eat: (bytes) => verifyBytes(nodePrimitives, bytes).problem?.code ?? 'ok' },
    { name: 'policies', costs: 500, examples: text(partOf('policy.yaml')), eat: (bytes) => kindOf(parsePolicy(bytes.toString('utf8'))) },
    {
      name: 'packs',
      costs: 40_000,
      share: 0.5,
      examples: text(...parts.map((file) => `${file}\n${partOf(file)}`)),
      async eat(bytes) {
        const at = bytes.indexOf('\n');
        const file = bytes.toString('utf8', 0, Math.max(at, 0));
        if (!parts.includes(file)) return 'another file';
        writeFileSync(join(packs, 'probe', file), bytes.subarray(at + 1));
        const { broken } = await loadPacks(packs);
        writeFileSync(join(packs, 'probe', file), partOf(file));
        return broken.flatMap(({ problems }) => problems.map(({ file, problem }) => file + problem)).join();
      },
    },
  ];
  return { targets, close: hub.close };
}

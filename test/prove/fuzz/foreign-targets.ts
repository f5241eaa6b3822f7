import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePayload } from 'sparkplug-payload/lib/sparkplugbpayload.js';
import { everyCaptured } from '../../../edge/agent/src/link/adapters/captured.ts';
import { createHomeAssistant } from '../../../edge/agent/src/link/adapters/home-assistant.ts';
import { readMapping } from '../../../edge/agent/src/link/adapters/mapping.ts';
import { createOvms } from '../../../edge/agent/src/link/adapters/ovms.ts';
import { createShelly } from '../../../edge/agent/src/link/adapters/shelly.ts';
import { createSparkplug } from '../../../edge/agent/src/link/adapters/sparkplug.ts';
import { readPayload } from '../../../edge/agent/src/link/adapters/sparkplug-metrics.ts';
import { createTasmota } from '../../../edge/agent/src/link/adapters/tasmota.ts';
import { compileTemplate } from '../../../edge/agent/src/link/adapters/template.ts';
import { createWican } from '../../../edge/agent/src/link/adapters/wican.ts';
import { readControllers } from '../../../edge/agent/src/link/modbus/controllers.ts';
import { leavesOf } from '../../../edge/agent/src/link/viss-metadata.ts';
import { json, kindOf, text } from './read.ts';
import type { Target } from './targets.ts';

/** A topic and its payload as one piece: a message of a device that knows nothing of us. */
const messages: Buffer[] = everyCaptured.flatMap((one) => one.messages.map(([topic, payload]) => Buffer.from(`${topic}\n${payload}`)));
messages.push(
  ...text(
    'wican/aabbccddeeff/status\n{"status":"online"}',
    'wican/aabbccddeeff/can/rx\n{"bus":"0","type":"rx","ts":1,"frame":[{"id":2024,"dlc":8,"rtr":false,"extd":false,"data":[3,65,5,80,170,170,170,170]}]}',
    'ovms/user/car/metric/v/b/soc\n61.5',
    'ovms/user/car/notify/alert/charge.stopped\nCharging stopped',
    'shellies/announce\n{"id":"shellyplug-1","model":"SHPLG-S","mac":"AABBCCDDEEFF","ip":"10.0.0.2","new_fw":false}',
    'shellyplus1-a/status/switch:0\n{"id":0,"output":true,"apower":8.9,"voltage":230.1,"temperature":{"tC":40.1}}',
    'shellyplus1-a/events/rpc\n{"src":"shellyplus1-a","dst":"a","method":"NotifyStatus","params":{"ts":1.5,"switch:0":{"id":0,"output":false}}}',
  ),
);
const newline = 10;
function cut(bytes: Buffer): { topic: string; payload: Buffer } {
  const at = bytes.indexOf(newline);
  return at < 0
    ? { topic: bytes.toString(), payload: Buffer.alloc(0) }
    : { topic: bytes.toString('utf8', 0, at), payload: bytes.subarray(at + 1) };
}

const sparkplugBirth = Buffer.from(
  encodePayload({
    timestamp: 1,
    seq: 0,
    metrics: [
      { name: 'bdSeq', type: 'UInt64', value: 0 as never, timestamp: 1 },
      { name: 'Temperature', alias: 3 as never, type: 'Float', value: 20.5, timestamp: 1 },
      { name: 'On', alias: 4 as never, type: 'Boolean', value: true, timestamp: 1 },
      { name: 'Name', type: 'String', value: 'pump', timestamp: 1 },
    ],
  }),
);
const sparkplugData = Buffer.from(
  encodePayload({ timestamp: 2, seq: 1, metrics: [{ alias: 3 as never, type: 'Float', value: 21, timestamp: 2 } as never] }),
);

/** Devices of other houses: their messages, and what an operator writes of them. Adapters begin anew every thousand messages. @param folder in memory if it can be */
export async function foreignTargets(folder: string): Promise<Target[]> {
  const make = async () => {
    const sparkplug = createSparkplug({ send() {}, now: () => 0 });
    await sparkplug.prepare?.('spBv1.0/a/NBIRTH/b');
    return [createHomeAssistant(), createTasmota(), createShelly(), createOvms(), createWican(), sparkplug];
  };
  let [adapters, heard] = [await make(), 0];
  const written = join(folder, 'written.yaml');
  return [
    {
      name: 'messages of other houses’ devices',
      costs: 25,
      examples: [
        ...messages,
        ...['NBIRTH', 'NDATA', 'NDEATH'].map((kind, i) =>
          Buffer.concat([Buffer.from(`spBv1.0/plant/${kind}/line\n`), i === 1 ? sparkplugData : sparkplugBirth]),
        ),
      ],
      async eat(bytes) {
        if (++heard % 1_000 === 0) adapters = await make();
        const { topic, payload } = cut(bytes);
        const words = payload.toString('utf8');
        for (const adapter of adapters) {
          let said: ReturnType<typeof adapter.hear>;
          try {
            said = adapter.hear(topic, words, payload);
          } catch (error) {
            // What the decoder of Sparkplug refuses, `createAdapters` refuses for it.
            if (adapter.name !== 'sparkplug') throw error;
            return 'no payload';
          }
          if (said) return `${adapter.name} ${kindOf(said[0])} ${said.length > 1}`;
        }
        return 'nobody’s';
      },
    },
    {
      name: 'templates of Home Assistant',
      costs: 40,
      examples: text(
        "{{ value_json.ENERGY['Power'] | float }}",
        "{{ 'ON' if value_json.state == 'on' else 'OFF' }}",
        '{% if value_json.a is defined %}{{ value_json.a | round(1) }}{% else %}0{% endif %}',
        '{{ iif(value_json.x > 3, value | upper, value_json["y"][0]) }}',
      ),
      eat: (bytes) => kindOf(compileTemplate(bytes.toString('utf8'))?.('{"state":"on","a":1.5,"x":4,"y":[1],"ENERGY":{"Power":3}}')),
    },
    {
      name: 'Sparkplug payloads',
      costs: 10,
      examples: [sparkplugBirth, sparkplugData],
      eat(bytes) {
        try {
          return kindOf(readPayload(bytes).metrics[0]);
        } catch (error) {
          // Its words for bytes that are no payload; whatever else would be ours.
          if (error instanceof RangeError || error instanceof TypeError || !(error instanceof Error))
            return `no payload ${(error as Error).name}`;
          return 'no payload';
        }
      },
    },
    {
      name: 'trees of VISS servers',
      costs: 10,
      examples: text({
        Vehicle: {
          type: 'branch',
          children: {
            Speed: { type: 'sensor', datatype: 'float', unit: 'km/h', description: 'Speed.' },
            Door: { type: 'branch', children: { IsOpen: { type: 'actuator', datatype: 'boolean', description: 'Open?' } } },
            Mode: { type: 'actuator', datatype: 'string', allowed: ['a', 'b'] },
          },
        },
      }),
      eat(bytes) {
        const leaves = leavesOf(json(bytes));
        for (const leaf of leaves) for (const told of ['1', 'true', '', null, 'x']) leaf.read(told);
        return kindOf(leaves.at(-1)?.signal);
      },
    },
    {
      name: 'mappings and files of controllers',
      costs: 1_000,
      examples: text(
        'devices:\n  - topic: "sensors/+/state"\n    thing: "t-{1}"\n    family: pump\n    signals:\n      temperature: { from: "{{ value_json.t }}", type: number, unit: °F }\n',
        'devices:\n  - thing: boiler\n    url: modbus://10.0.0.1:502\n    every: 5s\n    signals:\n      flow: { input: 4, type: float32, words: little, unit: bar }\n      on: { coil: 1 }\n',
      ),
      async eat(bytes) {
        writeFileSync(written, bytes);
        const mapped = await refusal(readMapping(written));
        return mapped + (await refusal(readControllers(written)));
      },
    },
  ];
}

/** Why it was refused, in our own words; what is no refusal is thrown. */
const refusal = (reading: Promise<object>): Promise<string> =>
  reading.then(
    (read) => kindOf(read),
    (error: Error) => {
      if (error.constructor.name !== 'WaysideError') throw error;
      return error.message;
    },
  );

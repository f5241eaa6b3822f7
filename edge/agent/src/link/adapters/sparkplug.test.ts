import { deflateSync } from 'node:zlib';
import type { Value } from '@wayside/protocol';
import { decodePayload, encodePayload, type UMetric, type UPayload } from 'sparkplug-payload/lib/sparkplugbpayload.js';
import { describe, expect, it } from 'vitest';
import type { Said } from './adapter.ts';
import { createSparkplug } from './sparkplug.ts';
import { readPayload } from './sparkplug-metrics.ts';

const at = 1_795_341_600_000;

/** A plant: one node with one device, spoken byte by byte. */
async function plant() {
  const asked: string[] = [];
  let clock = at;
  const told: string[] = [];
  const adapter = createSparkplug({
    tell: (topic, why) => told.push(`${topic} ${why}`),
    now: () => clock,
    send: (topic, payload) => asked.push(`${topic} ${readPayload(payload).metrics[0]?.name}`),
  });
  await adapter.prepare?.('spBv1.0/x');
  const raw = (topic: string, bytes: Uint8Array): Said[] => adapter.hear(`spBv1.0/${topic}`, Buffer.from(bytes).toString(), bytes) ?? [];
  const say = (topic: string, seq: number | undefined, metrics: UMetric[]): Said[] =>
    raw(topic, encodePayload({ timestamp: at, ...(seq === undefined ? {} : { seq }), metrics } as UPayload));
  return { adapter, asked, told, raw, say, later: (ms: number) => (clock += ms) };
}
const bdSeq: UMetric = { name: 'bdSeq', type: 'UInt64', value: 3 };
const motor: UMetric = {
  name: 'Motor/Temperature',
  alias: 7,
  type: 'Float',
  value: 140,
  properties: { engUnit: { type: 'String', value: '°F' } },
};
const running: UMetric = { name: 'Motor/Running', alias: 8, type: 'Boolean', value: true };

describe('Sparkplug B', () => {
  it('a birth makes a thing with its signals, in this house’s units', async () => {
    const { say, asked } = await plant();
    expect(say('Plant/NBIRTH/Line', 0, [bdSeq, { name: 'Node Control/Rebirth', type: 'Boolean', value: false }])).toEqual([]);
    const [birth, values] = say('Plant/DBIRTH/Line/Pump', 1, [motor, running]);
    expect(birth).toMatchObject({ thing: 'Plant.Line.Pump', presence: 'online', description: { title: 'Pump', family: 'generic' } });
    expect(birth?.description?.signals).toMatchObject({
      motor_temperature: { title: 'Motor/Temperature', type: 'number', unit: 'celsius' },
    });
    expect(values).toEqual({
      thing: 'Plant.Line.Pump',
      telemetry: { at, signals: { motor_temperature: expect.closeTo(60), motor_running: true } },
    });
    expect(asked).toEqual([]);
  });

  it('data comes by alias, each moment with its own time', async () => {
    const { say } = await plant();
    say('Plant/NBIRTH/Line', 0, [bdSeq]);
    say('Plant/DBIRTH/Line/Pump', 1, [motor, running]);
    const said = say('Plant/DDATA/Line/Pump', 2, [
      { alias: 7, type: 'Float', value: 32, timestamp: at - 1_000 } as UMetric,
      { alias: 8, type: 'Boolean', value: false } as UMetric,
    ]);
    expect(said.map(({ telemetry }) => telemetry)).toEqual([
      { at: at - 1_000, signals: { motor_temperature: 0 } },
      { at, signals: { motor_running: false } },
    ]);
  });

  it('a gap, an alias nobody named and data before a birth each ask the node to be born again, and not too often', async () => {
    const { say, asked, later } = await plant();
    expect(say('Plant/DDATA/Line/Pump', 9, [{ alias: 7, type: 'Float', value: 1 } as UMetric])).toEqual([]);
    expect(asked).toEqual(['spBv1.0/Plant/NCMD/Line Node Control/Rebirth']);
    say('Plant/DDATA/Line/Pump', 10, [{ alias: 7, type: 'Float', value: 1 } as UMetric]);
    expect(asked).toHaveLength(1);
    later(10_000);
    say('Plant/NBIRTH/Line', 0, [bdSeq]);
    say('Plant/DBIRTH/Line/Pump', 1, [motor]);
    // What did come is still told: 2 is missing, and 3 is a value all the same.
    expect(say('Plant/DDATA/Line/Pump', 3, [{ alias: 7, type: 'Float', value: 32 } as UMetric])).toHaveLength(1);
    expect(asked).toHaveLength(2);
    later(10_000);
    say('Plant/DDATA/Line/Pump', 4, [{ alias: 99, type: 'Float', value: 1 } as UMetric]);
    expect(asked).toHaveLength(3);
  });

  it('the sequence goes on after 255 with 0', async () => {
    const { say, asked } = await plant();
    say('Plant/NBIRTH/Line', 0, [bdSeq, motor]);
    for (let n = 1; n <= 600; n++) say('Plant/NDATA/Line', n % 256, [{ alias: 7, type: 'Float', value: n } as UMetric]);
    expect(asked).toEqual([]);
  });

  it('is told by alias where its birth named one, in its own type and unit; what a type cannot hold is not said', async () => {
    const { say, adapter } = await plant();
    say('Plant/NBIRTH/Line', 0, [bdSeq, { name: 'Mode', type: 'String', value: 'auto' }]);
    say('Plant/DBIRTH/Line/Pump', 1, [motor, running, { name: 'Steps', type: 'UInt8', value: 1 }]);
    const told = (thing: string, values: Record<string, Value>) => {
      const order = adapter.set?.(thing, values);
      return (
        order && {
          topic: order.topic,
          metrics: decodePayload(order.payload as Uint8Array).metrics?.map(({ name, alias, type, value }) => [
            name || Number(alias),
            type,
            value,
          ]),
        }
      );
    };
    expect(told('Plant.Line.Pump', { motor_temperature: 100, motor_running: false })).toEqual({
      topic: 'spBv1.0/Plant/DCMD/Line/Pump',
      metrics: [
        [7, 'Float', 212],
        [8, 'Boolean', false],
      ],
    });
    expect(told('Plant.Line', { mode: 'hand' })).toEqual({ topic: 'spBv1.0/Plant/NCMD/Line', metrics: [['Mode', 'String', 'hand']] });
    const cannot: Record<string, Value>[] = [
      { steps: 256 },
      { steps: -1 },
      { steps: 1.5 },
      { steps: 'many' },
      { motor_running: 1 },
      { unheard: 1 },
    ];
    for (const values of cannot) expect(told('Plant.Line.Pump', values)).toBeUndefined();
    expect(told('Plant.Other', { mode: 'hand' })).toBeUndefined();
  });

  it('a death takes the node and its devices away, but not the late will of an older session', async () => {
    const { say } = await plant();
    say('Plant/NBIRTH/Line', 0, [bdSeq, motor]);
    say('Plant/DBIRTH/Line/Pump', 1, [running]);
    expect(say('Plant/NDEATH/Line', undefined, [{ ...bdSeq, value: 2 } as UMetric])).toEqual([]);
    expect(say('Plant/DDEATH/Line/Pump', 2, [])).toEqual([{ thing: 'Plant.Line.Pump', presence: 'offline' }]);
    expect(say('Plant/NDEATH/Line', undefined, [bdSeq])).toEqual([
      { thing: 'Plant.Line', presence: 'offline' },
      { thing: 'Plant.Line.Pump', presence: 'offline' },
    ]);
  });

  it('a packed payload is read, one that unpacks without end is refused', async () => {
    const { raw } = await plant();
    const packed = (body: Uint8Array) => encodePayload({ timestamp: at, uuid: 'SPBV1.0_COMPRESSED', body: deflateSync(body), metrics: [] });
    const birth = encodePayload({ timestamp: at, seq: 0, metrics: [bdSeq, motor] });
    expect(raw('Plant/NBIRTH/Line', packed(birth))[1]?.telemetry?.signals).toEqual({ motor_temperature: expect.closeTo(60) });
    expect(() => raw('Plant/NBIRTH/Line', packed(new Uint8Array(50_000_000)))).toThrow();
  });

  it('tells what it passes over, and why: a value of another type, data whose birth nobody heard, a topic that names no device', async () => {
    const { say, told } = await plant();
    say('Plant/NBIRTH/Line', 0, [bdSeq, motor]);
    say('Plant/NDATA/Line', 1, [{ alias: 7, type: 'String', value: 'warm' } as UMetric]);
    say('Plant/NDATA/Line', 2, [{ alias: 99, type: 'Float', value: 1 } as UMetric]);
    say('Plant/DDATA/Line', 3, []);
    // What hosts say to each other is nothing odd.
    say('STATE/host', undefined, []);
    say('Plant/NCMD/Line', undefined, []);
    expect(told).toEqual([
      'spBv1.0/Plant/NDATA/Line motor_temperature was born a number, and comes as a string',
      'spBv1.0/Plant/NDATA/Line a metric whose birth nobody heard: the node is asked to be born again',
      'spBv1.0/Plant/DDATA/Line a message of a device names one, a message of a node does not',
    ]);
  });

  it('names that fall together stay two signals, and what is no value is passed over', async () => {
    const { say, told } = await plant();
    const [birth, values] = say('Plant/NBIRTH/Line', 0, [
      { name: 'a/b', type: 'Int64', value: 5 },
      { name: 'a b', type: 'String', value: 'on' },
      { name: 'never', type: 'Double', value: null, isNull: true },
      { name: 'bad', type: 'Double', value: Number.NaN },
      { name: 'when', type: 'DateTime', value: at },
    ]);
    expect(Object.keys(birth?.description?.signals ?? {})).toEqual(['a_b', 'a_b_2', 'never', 'bad']);
    expect(values?.telemetry?.signals).toEqual({ a_b: 5, a_b_2: 'on' });
    expect(told).toEqual(['spBv1.0/Plant/NBIRTH/Line metric “when” is a DateTime, which is not read']);
  });

  it('states of hosts, commands and topics of another shape say nothing', async () => {
    const { adapter, say } = await plant();
    for (const topic of ['STATE/scada', 'Plant/NCMD/Line', 'Plant/DBIRTH/Line', 'Plant/NDATA/Line/Pump', 'Plant/NBIRTH/Line/a/b'])
      expect(say(topic, 0, [motor])).toEqual([]);
    expect(adapter.hear('plant/state', '{}')).toBeUndefined();
  });
});

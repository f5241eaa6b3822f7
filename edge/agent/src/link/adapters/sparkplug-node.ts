import type { Signal, Value } from '@wayside/protocol';
import { inOurUnit } from '../our-unit.ts';
import { type Said, signalOf } from './adapter.ts';
import type { Metric, Order, Payload } from './sparkplug-metrics.ts';

/** A metric that was born: where its values go, and how it is told one. */
type Born = {
  thing: string;
  signal: string;
  type: Signal['type'];
  turn(value: number): number;
  back(value: number): number;
  metric: Pick<Order, 'name' | 'alias' | 'wire'>;
};
/** An edge node of Sparkplug: what it and its devices told at their births. */
export type SparkplugNode = {
  id: string;
  bdSeq: number | undefined;
  seq: number | undefined;
  born: Map<string, Born>;
  /** By device; the node itself has no name among them. */
  things: Map<string, string>;
  askedAt: number;
};

const most = { metricsPerNode: 5_000, metricsPerThing: 500 };
/** What steers the protocol, and measures nothing. */
const isControl = (name: string) => name === 'bdSeq' || name.startsWith('Node Control/') || name.startsWith('Device Control/');

export const newNode = (id: string): SparkplugNode => ({
  id,
  bdSeq: undefined,
  seq: undefined,
  born: new Map(),
  things: new Map(),
  askedAt: Number.NEGATIVE_INFINITY,
});

/** Whether nothing is missing before this message (clause 6.4.5: 0 to 255, one number for a node and all its devices). */
export function follows(node: SparkplugNode, { seq }: Payload): boolean {
  const expected = node.seq === undefined ? undefined : (node.seq + 1) % 256;
  node.seq = seq;
  return seq !== undefined && seq === expected;
}

/**
 * Notes what a node's or a device's birth tells of it, and says it: what it is, and its first values.
 * @param passOver told why a metric was
 */
export function bear(
  node: SparkplugNode,
  thing: string,
  device: string | undefined,
  title: string,
  metrics: readonly Metric[],
  passOver: (why: string) => void,
): Said[] {
  for (const [key, born] of node.born) if (born.thing === thing) node.born.delete(key);
  const signals: Record<string, Signal> = {};
  for (const { name, alias, unit: told, type, wire } of metrics) {
    if (name === undefined || isControl(name)) continue;
    if (type === undefined) {
      passOver(`metric “${name.slice(0, 40)}” is a ${wire}, which is not read`);
      continue;
    }
    if (Object.keys(signals).length >= most.metricsPerThing || node.born.size >= most.metricsPerNode) {
      passOver(`it has more than ${most.metricsPerThing} metrics, or its node more than ${most.metricsPerNode}`);
      break;
    }
    const signal = nameFor(name, signals);
    const { unit, turn, back } = inOurUnit(type === 'number' ? told : undefined);
    signals[signal] = { title: name.slice(0, 200), type, ...(unit ? { unit } : {}) };
    const born = { thing, signal, type, turn, back, metric: { name, alias, wire } };
    node.born.set(`${thing} ${name}`, born);
    if (alias !== undefined) node.born.set(`#${alias}`, born);
  }
  node.things.set(device ?? '', thing);
  if (Object.keys(signals).length === 0) return [];
  return [
    { thing, presence: 'online', description: { title: title.slice(0, 120), family: 'generic', signals } },
    ...tell(node, thing, metrics, passOver).said,
  ];
}

/** The values, one message for each moment and thing. `strange`: one came whose birth nobody heard. */
export function tell(
  node: SparkplugNode,
  thing: string,
  metrics: readonly Metric[],
  passOver: (why: string) => void,
): { said: Said[]; strange: boolean } {
  const moments = new Map<string, { thing: string; at: number | undefined; signals: Record<string, Value> }>();
  let strange = false;
  for (const { name, alias, at, type, value } of metrics) {
    if (name !== undefined && isControl(name)) continue;
    const born = node.born.get(alias === undefined ? `${thing} ${name}` : `#${alias}`) ?? node.born.get(`${thing} ${name}`);
    strange ||= born === undefined && type !== undefined;
    if (!born || typeof value !== born.type) {
      // None at the moment is nothing odd.
      if (born && value !== undefined) passOver(`${born.signal} was born a ${born.type}, and comes as a ${typeof value}`);
      continue;
    }
    const key = `${born.thing} ${at}`;
    const moment = moments.get(key) ?? { thing: born.thing, at, signals: {} };
    moment.signals[born.signal] = typeof value === 'number' ? born.turn(value) : value!;
    moments.set(key, moment);
  }
  const said = [...moments.values()].map((one) => ({
    thing: one.thing,
    telemetry: { ...(one.at ? { at: one.at } : {}), signals: one.signals },
  }));
  return { said, strange };
}

/** A signal's name for a metric's; two metrics never share one. */
function nameFor(metric: string, taken: Record<string, unknown>): string {
  const plain = signalOf(metric.replaceAll('/', '_'));
  for (let n = 1; ; n++) {
    const name = n === 1 ? plain : `${plain}_${n}`;
    if (!Object.hasOwn(taken, name)) return name;
  }
}

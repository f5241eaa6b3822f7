import type { Signal, Value } from '@wayside/protocol';
import { inOurUnit } from '../our-unit.ts';
import { type Adapter, type Addressed, idOf, type Said, signalOf } from './adapter.ts';
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
type Node = {
  id: string;
  bdSeq: number | undefined;
  seq: number | undefined;
  born: Map<string, Born>;
  /** By device; the node itself has no name among them. */
  things: Map<string, string>;
  askedAt: number;
};

const prefix = 'spBv1.0/';
const most = { nodes: 500, metricsPerNode: 5_000, metricsPerThing: 500 };
/** A node is asked for its birth this often at most, ms: one that cannot answer is not flooded. */
const patience = 5_000;
/** What steers the protocol, and measures nothing. */
const isControl = (name: string) => name === 'bdSeq' || name.startsWith('Node Control/') || name.startsWith('Device Control/');

/**
 * Plants that speak Sparkplug B (Eclipse Sparkplug 3.0.0): births say what there is, data comes by name or alias, deaths take nodes and devices away. Whoever
 * missed something, by a gap in the sequence, a data message before its birth or an alias nobody named, asks the node to be born again (clauses 6.4.6, 6.4.13).
 */
export function createSparkplug({ send, now }: { send(topic: string, payload: Uint8Array): void; now(): number }): Adapter {
  const nodes = new Map<string, Node>();
  let codec: typeof import('./sparkplug-metrics.ts') | undefined;

  const loadCodec = async () => {
    codec = await import('./sparkplug-metrics.ts');
  };
  const nodeOf = (id: string): Node | undefined => {
    const known = nodes.get(id);
    if (known || nodes.size >= most.nodes) return known;
    const made: Node = { id, bdSeq: undefined, seq: undefined, born: new Map(), things: new Map(), askedAt: Number.NEGATIVE_INFINITY };
    nodes.set(id, made);
    return made;
  };

  function askForBirth(node: Node): void {
    if (!codec || now() - node.askedAt < patience) return;
    node.askedAt = now();
    const [group, name] = node.id.split('/');
    send(`${prefix}${group}/NCMD/${name}`, codec.rebirthRequest(now()));
  }

  /** Whether nothing is missing before this message (clause 6.4.5: 0 to 255, one number for a node and all its devices). */
  function follows(node: Node, { seq }: Payload): boolean {
    const expected = node.seq === undefined ? undefined : (node.seq + 1) % 256;
    node.seq = seq;
    return seq !== undefined && seq === expected;
  }

  function bear(node: Node, thing: string, device: string | undefined, title: string, metrics: readonly Metric[]): Said[] {
    for (const [key, born] of node.born) if (born.thing === thing) node.born.delete(key);
    const signals: Record<string, Signal> = {};
    for (const { name, alias, unit: told, type, wire } of metrics) {
      if (name === undefined || isControl(name) || type === undefined || Object.keys(signals).length >= most.metricsPerThing) continue;
      if (node.born.size >= most.metricsPerNode) break;
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
      ...tell(node, thing, metrics).said,
    ];
  }

  /** The values, one message for each moment and thing. `strange`: one came whose birth nobody heard. */
  function tell(node: Node, thing: string, metrics: readonly Metric[]): { said: Said[]; strange: boolean } {
    const moments = new Map<string, { thing: string; at: number | undefined; signals: Record<string, Value> }>();
    let strange = false;
    for (const { name, alias, at, type, value } of metrics) {
      if (name !== undefined && isControl(name)) continue;
      const born = node.born.get(alias === undefined ? `${thing} ${name}` : `#${alias}`) ?? node.born.get(`${thing} ${name}`);
      strange ||= born === undefined && type !== undefined;
      if (!born || typeof value !== born.type) continue;
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

  function hearNode(kind: string, node: Node, device: string | undefined, payload: Payload): Said[] {
    const [group, name] = node.id.split('/') as [string, string];
    const title = device ?? name;
    const thing = idOf([group, name, ...(device ? [device] : [])].join('.'));
    if (thing === '') return [];
    const bdSeq = payload.metrics.find((one) => one.name === 'bdSeq')?.value;
    switch (kind) {
      case 'NBIRTH':
        node.born.clear();
        node.seq = payload.seq;
        node.bdSeq = typeof bdSeq === 'number' ? bdSeq : undefined;
        return bear(node, thing, device, title, payload.metrics);
      case 'DBIRTH':
        if (!follows(node, payload)) askForBirth(node);
        return bear(node, thing, device, title, payload.metrics);
      case 'NDATA':
      case 'DDATA': {
        const whole = follows(node, payload);
        const { said, strange } = tell(node, thing, payload.metrics);
        if (!whole || strange) askForBirth(node);
        return said;
      }
      case 'DDEATH':
        if (!follows(node, payload)) askForBirth(node);
        return [{ thing, presence: 'offline' }];
      case 'NDEATH': {
        // Clause 6.4.8: the last will of a session that is over already, told late, ends nothing.
        if (node.bdSeq !== undefined && bdSeq !== node.bdSeq) return [];
        node.seq = undefined;
        return [...new Set(node.things.values())].map((each) => ({ thing: each, presence: 'offline' as const }));
      }
      default:
        return [];
    }
  }

  function set(thing: string, values: Record<string, Value>): Addressed | undefined {
    for (const { id, things, born } of nodes.values()) {
      const device = [...things].find(([, each]) => each === thing)?.[0];
      if (device === undefined || !codec) continue;
      const known = new Map([...born.values()].filter((one) => one.thing === thing).map((one) => [one.signal, one]));
      const orders: Order[] = [];
      for (const [signal, wanted] of Object.entries(values)) {
        const { back, metric } = known.get(signal) ?? {};
        const value = typeof wanted === 'number' && back ? back(wanted) : wanted;
        if (!metric || !codec.fits(metric.wire, value)) return undefined;
        orders.push({ ...metric, value });
      }
      const [group, name] = id.split('/');
      const topic = device === '' ? `${group}/NCMD/${name}` : `${group}/DCMD/${name}/${device}`;
      return { topic: `${prefix}${topic}`, payload: codec.commandOf(orders, now()), retain: false };
    }
    return undefined;
  }

  return {
    name: 'sparkplug',
    set,
    prepare: (topic) => (codec || !topic.startsWith(prefix) ? undefined : loadCodec()),
    hear(topic, _, bytes) {
      if (!topic.startsWith(prefix)) return undefined;
      const [group, kind, name, device, ...more] = topic.slice(prefix.length).split('/');
      // Commands of another host, and the states hosts tell of themselves.
      if (!codec || !bytes || !group || !kind || !name || more.length > 0 || !/^[ND](BIRTH|DATA|DEATH)$/.test(kind)) return [];
      if (kind.startsWith('D') !== (device !== undefined)) return [];
      const node = nodeOf(`${group}/${name}`);
      return node ? hearNode(kind, node, device, codec.readPayload(bytes)) : [];
    },
  };
}

/** A signal's name for a metric's; two metrics never share one. */
function nameFor(metric: string, taken: Record<string, unknown>): string {
  const plain = signalOf(metric.replaceAll('/', '_'));
  for (let n = 1; ; n++) {
    const name = n === 1 ? plain : `${plain}_${n}`;
    if (!Object.hasOwn(taken, name)) return name;
  }
}

import type { Value } from '@wayside/protocol';
import { type Adapter, type Addressed, idOf, type Said } from './adapter.ts';
import { type Tell, untold } from './passed-over.ts';
import type { Order, Payload } from './sparkplug-metrics.ts';
import { bear, follows, newNode, type SparkplugNode, tell } from './sparkplug-node.ts';

const prefix = 'spBv1.0/';
const mostNodes = 500;
/** A node is asked for its birth this often at most, ms: one that cannot answer is not flooded. */
const patience = 5_000;

/**
 * Plants that speak Sparkplug B (Eclipse Sparkplug 3.0.0): births say what there is, data comes by name or alias, deaths take nodes and devices away. Whoever
 * missed something, by a gap in the sequence, a data message before its birth or an alias nobody named, asks the node to be born again (clauses 6.4.6, 6.4.13).
 * @param world how a node is told something, the clock, and who is told what is passed over, and why
 */
export function createSparkplug({
  send,
  now,
  tell: passOver = untold,
}: {
  send(topic: string, payload: Uint8Array): void;
  now(): number;
  tell?: Tell;
}): Adapter {
  const nodes = new Map<string, SparkplugNode>();
  let codec: typeof import('./sparkplug-metrics.ts') | undefined;

  const loadCodec = async () => {
    codec = await import('./sparkplug-metrics.ts');
  };
  const nodeOf = (id: string): SparkplugNode | undefined => {
    const known = nodes.get(id);
    if (known || nodes.size >= mostNodes) return known;
    const made = newNode(id);
    nodes.set(id, made);
    return made;
  };

  function askForBirth(node: SparkplugNode): void {
    if (!codec || now() - node.askedAt < patience) return;
    node.askedAt = now();
    const [group, name] = node.id.split('/');
    send(`${prefix}${group}/NCMD/${name}`, codec.rebirthRequest(now()));
  }

  function hearNode(kind: string, node: SparkplugNode, device: string | undefined, payload: Payload, why: (why: string) => void): Said[] {
    const [group, name] = node.id.split('/') as [string, string];
    const title = device ?? name;
    const thing = idOf([group, name, ...(device ? [device] : [])].join('.'));
    if (thing === '') {
      why('its name has nothing that an id may have');
      return [];
    }
    const bdSeq = payload.metrics.find((one) => one.name === 'bdSeq')?.value;
    switch (kind) {
      case 'NBIRTH':
        node.born.clear();
        node.seq = payload.seq;
        node.bdSeq = typeof bdSeq === 'number' ? bdSeq : undefined;
        return bear(node, thing, device, title, payload.metrics, why);
      case 'DBIRTH':
        if (!follows(node, payload)) askForBirth(node);
        return bear(node, thing, device, title, payload.metrics, why);
      case 'NDATA':
      case 'DDATA': {
        const whole = follows(node, payload);
        const { said, strange } = tell(node, thing, payload.metrics, why);
        if (strange) why('a metric whose birth nobody heard: the node is asked to be born again');
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
      if (kind.startsWith('D') !== (device !== undefined)) {
        passOver(topic, 'a message of a device names one, a message of a node does not');
        return [];
      }
      const node = nodeOf(`${group}/${name}`);
      if (node) return hearNode(kind, node, device, codec.readPayload(bytes), (why) => passOver(topic, why));
      passOver(topic, `this edge reads ${mostNodes} nodes already`);
      return [];
    },
  };
}

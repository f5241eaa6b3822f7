import { thingId } from './ids.ts';

/** What a device publishes or hears, below `wayside/v1/things/{thing}/`. */
export const channels = ['description', 'telemetry', 'dtc', 'presence', 'event', 'command', 'outcome'] as const;
export type Channel = (typeof channels)[number];

const root = 'wayside/v1/things/';

/** The topic of one channel of one thing. */
export const topicOf = (thing: string, channel: Channel): string => `${root}${thing}/${channel}`;

/** The subscription that hears one channel of every thing. */
export const everyThing = (channel: Channel): string => `${root}+/${channel}`;

type Parsed = { thing: string; channel: Channel };

/** Topics read before; devices use the same few again and again. */
const known = new Map<string, Parsed>();
const maxKnown = 20_000;

/** The thing and channel a topic names, or undefined when it is not one of ours (wildcards and `$SYS` included). */
export function parseTopic(topic: string): Parsed | undefined {
  const before = known.get(topic);
  if (before) return before;
  const parsed = parse(topic);
  if (parsed) {
    if (known.size >= maxKnown) known.clear();
    known.set(topic, parsed);
  }
  return parsed;
}

function parse(topic: string): Parsed | undefined {
  if (!topic.startsWith(root)) return undefined;
  const [thing, channel, ...more] = topic.slice(root.length).split('/');
  if (more.length > 0 || !thingId.safeParse(thing).success) return undefined;
  return channels.includes(channel as Channel) ? { thing: thing as string, channel: channel as Channel } : undefined;
}

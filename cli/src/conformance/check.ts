import type { Packet } from 'mqtt-packet';
import type { TestEdge } from './edge.ts';
import type { Subject } from './subject.ts';
import type { Tap } from './tap.ts';

/** What a check has in its hands: the device program, a real edge, and the network between them. */
export type Bench = {
  thing: string;
  edge: TestEdge;
  tap: Tap;
  device: Subject;
  /** Ends the program without a word and begins it anew. */
  restart(): Promise<void>;
};

/** Why a check does not apply to this device. */
export class Skipped {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

/** One promise of the wire, with where it is written. `run` throws with what was seen instead, or gives a `Skipped`. */
export type Check = { name: string; source: string; run(bench: Bench): Promise<unknown> };

/** Waits until `look` gives something. @throws Error naming `what` was awaited and what was seen last */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  within = 20_000,
): Promise<T> {
  let last: unknown;
  for (const end = Date.now() + within; Date.now() < end; await pause(40)) {
    const found = await look();
    if (found) return found;
    last = found;
  }
  throw new Error(
    `within ${within / 1_000} s there was no ${what}${last === undefined || last === false ? '' : ` (last: ${String(last)})`}`,
  );
}

export const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** @throws Error with both sides when they differ */
export function same(what: string, seen: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what} is ${a?.slice(0, 300)} and must be ${b?.slice(0, 300)}`);
}

export function must(holds: unknown, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

type Published = Extract<Packet, { cmd: 'publish' }> & { at: number; connection: number; text: string };

/** What the device published on one channel, as it went over the wire, oldest first. */
export const published = ({ tap, thing }: Bench, channel: string): Published[] =>
  tap.heard.flatMap(({ packet, at, connection }) =>
    packet.cmd === 'publish' && packet.topic === `wayside/v1/things/${thing}/${channel}`
      ? [{ ...packet, at, connection, text: packet.payload.toString() }]
      : [],
  );

/** As `published`, read as JSON. */
export const said = (bench: Bench, channel: string) =>
  published(bench, channel).map(({ text }) => {
    try {
      return JSON.parse(text) as Record<string, unknown>;
    } catch {
      throw new Error(`what was published on ${channel} is not JSON: ${text.slice(0, 120)}`);
    }
  });

/** The level the edge knows now. */
export const levelOf = async ({ edge, thing }: Bench) => (await edge.thing(thing))?.signals.level?.latest?.value;

export const isOnline =
  ({ edge, thing }: Bench) =>
  async () =>
    (await edge.thing(thing))?.presence === 'online';

export const isConnected = (bench: Bench) => async () => (await bench.device.ask({ do: 'state' })).connected === true;

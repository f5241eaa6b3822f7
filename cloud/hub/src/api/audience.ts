import { setImmediate as breathe } from 'node:timers/promises';
import { everybody } from '../auth/can.ts';
import type { Secret } from '../auth/gone.ts';
import type { CaseWhisper, HubEvent } from './types.ts';

/** A stream somebody listens on. `write` says whether it takes more; when it does again, `join`'s `drained` is to be called. */
export type Stream = Secret & { tenant: string; technician: string; write(text: Buffer): boolean; end(): void };
export type Joined = { drained(): void; leave(): void };

export type Audience = {
  tell(news: HubEvent): void;
  /** Tells these technicians alone, who may hear it. */
  whisper(to: ReadonlySet<string>, news: CaseWhisper): void;
  join(stream: Stream): Joined;
  /** Somebody was signed out: whose secret lets them in no more is sent off at once. */
  look(): void;
  count(): number;
  /** News may have been missed, so everybody's stream ends; they come again and fetch all anew. */
  part(): void;
};

/** What a cast asks once for all who listen. */
export type Asked = {
  /** Whose these cases or edges are; of those that are not there, nothing. */
  tenants(of: 'case' | 'edge', ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Whose secret lets them in no more. */
  gone<S extends Secret>(secrets: readonly S[]): Promise<ReadonlySet<S>>;
};

const heartbeatMs = 15_000;
/** Casts begin this far apart: what happens in between goes out together, and a fleet that comes back is a few casts, not ten thousand. */
const apartMs = 20;
/** The event loop is given back after so long; a cast to thousands keeps no request waiting. */
const sliceMs = 1;
/** Streams that are checked with one question. */
const atOnce = 500;
/** Who has not taken so many different pieces of news is sent off; they come again and fetch all anew. */
const mostHeld = 2_000;

type Seat = Stream & { held: Map<string, Buffer> | undefined };
const stillHere = Buffer.from(': still here\n\n');

/**
 * Those who listen on `/v1/events`. An event only says "this changed, fetch it": news is put into words once, whose it is is looked up once, and
 * one write serves each stream. Whoever is slow has theirs kept, the same thing once; nobody else waits for them.
 */
export function createAudience({ tenants, gone }: Asked, onFailure: (error: unknown) => void): Audience {
  const seats = new Set<Seat>();
  let pending = new Map<string, HubEvent>();
  let casting = false;
  let timer: NodeJS.Timeout | undefined;

  function leave(seat: Seat): void {
    if (!seats.delete(seat)) return;
    if (seats.size === 0) clearInterval(timer);
    seat.end();
  }

  function put(seat: Seat, frames: ReadonlyMap<string, Buffer>, all: Buffer): void {
    if (seat.held === undefined) {
      if (!seat.write(all)) seat.held = new Map();
      return;
    }
    for (const [key, frame] of frames) seat.held.set(key, frame);
    if (seat.held.size > mostHeld) leave(seat);
  }

  /** Writes to all, some at a time, each after it is known who of them may still hear. */
  async function cast(framesFor: (tenant: string) => { frames: ReadonlyMap<string, Buffer>; all: Buffer }): Promise<void> {
    const those = [...seats];
    const groups = Array.from({ length: Math.ceil(those.length / atOnce) }, (_, i) => those.slice(i * atOnce, (i + 1) * atOnce));
    // While one group is written to, the store looks up the next.
    let asked = gone(groups[0] ?? []);
    for (const [i, group] of groups.entries()) {
      const away = await asked;
      asked = gone(groups[i + 1] ?? []);
      asked.catch(() => {});
      let began = performance.now();
      for (const seat of group) {
        if (!seats.has(seat)) continue;
        if (away.has(seat)) leave(seat);
        else {
          const { frames, all } = framesFor(seat.tenant);
          if (all.length > 0) put(seat, frames, all);
        }
        if (performance.now() - began < sliceMs) continue;
        await breathe();
        began = performance.now();
      }
    }
  }

  async function castNews(): Promise<void> {
    const news = [...pending.values()];
    pending = new Map();
    const [cases, edges] = await Promise.all([
      tenants(
        'case',
        news.flatMap((one) => (one.event === 'case' ? [one.data.case] : [])),
      ),
      tenants(
        'edge',
        news.flatMap((one) => (one.event === 'fleet' ? [one.data.edge] : [])),
      ),
    ]);
    /** News of a case or an edge is for those who may see it. */
    const isFor = (tenant: string, { event, data }: HubEvent): boolean =>
      event === 'case' ? cases.get(data.case) === tenant : event === 'fleet' ? edges.get(data.edge) === tenant : true;
    const told = new Map<string, ReturnType<typeof framesOf>>();
    await cast((tenant) => {
      const known = told.get(tenant) ?? framesOf(tenant === everybody ? news : news.filter((one) => isFor(tenant, one)));
      told.set(tenant, known);
      return known;
    });
  }

  async function goOn(): Promise<void> {
    casting = true;
    // What one change tells is told at once.
    await Promise.resolve();
    while (pending.size > 0 && seats.size > 0) {
      const next = performance.now() + apartMs;
      // What could not be told may have been missed.
      await castNews().catch((error) => {
        onFailure(error);
        part();
      });
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
    }
    pending.clear();
    casting = false;
  }

  const castAlike = (all: Buffer) => void cast(() => ({ frames: new Map(), all })).catch(onFailure);
  const beat = () => castAlike(stillHere);
  const part = () => {
    for (const seat of [...seats]) leave(seat);
  };

  async function whisperTo(those: readonly Seat[], news: CaseWhisper): Promise<void> {
    const { frames, all } = framesOf([news]);
    const away = await gone(those);
    for (const seat of those) {
      if (!seats.has(seat)) continue;
      if (away.has(seat)) leave(seat);
      else put(seat, frames, all);
    }
  }

  return {
    whisper(to, news) {
      const those = [...seats].filter(({ technician }) => to.has(technician));
      if (those.length > 0) void whisperTo(those, news).catch(onFailure);
    },
    tell(news) {
      if (seats.size === 0) return;
      pending.set(JSON.stringify(news), news);
      if (!casting) void goOn();
    },
    join(stream) {
      const seat: Seat = { ...stream, held: undefined };
      if (seats.size === 0) timer = setInterval(beat, heartbeatMs).unref();
      seats.add(seat);
      return {
        drained() {
          const held = seat.held;
          seat.held = undefined;
          if (held && held.size > 0 && !seat.write(Buffer.concat([...held.values()]))) seat.held = new Map();
        },
        leave: () => leave(seat),
      };
    },
    look: () => castAlike(Buffer.alloc(0)),
    count: () => seats.size,
    part,
  };
}

/** Server-sent events (HTML Living Standard §9.2.6), each and all together. */
function framesOf(news: readonly (HubEvent | CaseWhisper)[]): { frames: ReadonlyMap<string, Buffer>; all: Buffer } {
  const frames = new Map(
    news.map(({ event, data }) => {
      const text = JSON.stringify(data);
      return [`${event} ${text}`, Buffer.from(`event: ${event}\ndata: ${text}\n\n`)] as const;
    }),
  );
  return { frames, all: Buffer.concat([...frames.values()]) };
}

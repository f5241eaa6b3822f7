import type { Value } from '@wayside/protocol';

/** A signal of a thing with its tail: its newest points, which are in the journal and not yet in a chunk. */
export type Series = {
  id: number;
  thing: string;
  signal: string;
  /** Its number is on disk. */
  kept: boolean;
  times: number[];
  values: Value[];
};

/** The series of a site, by thing and signal and by number. */
export function createCatalog() {
  const byThing = new Map<string, Map<string, Series>>();
  const numbered: Series[] = [];
  let next = 1;
  /** Samples of one thing come together. */
  let last: { thing: string; signals: Map<string, Series> } | undefined;

  function add({ id, thing, signal }: { id: number; thing: string; signal: string }, kept = true): Series {
    const series: Series = { id, thing, signal, kept, times: [], values: [] };
    const signals = signalsOf(thing) ?? new Map<string, Series>();
    byThing.set(thing, signals.set(signal, series));
    numbered[id] = series;
    next = Math.max(next, id + 1);
    return series;
  }
  function signalsOf(thing: string): Map<string, Series> | undefined {
    if (last?.thing === thing) return last.signals;
    const signals = byThing.get(thing);
    if (signals) last = { thing, signals };
    return signals;
  }
  const find = (thing: string, signal: string) => signalsOf(thing)?.get(signal);

  return {
    add,
    find,
    of: (thing: string, signal: string) => find(thing, signal) ?? add({ id: next, thing, signal }, false),
    byId: (id: number): Series | undefined => numbered[id],
    *ids(): Generator<number> {
      for (const series of numbered) if (series) yield series.id;
    },
  };
}

/** A tail by time: devices send late, and a chunk's differences are smallest in order. */
export function inOrder({ times, values }: Series): { times: number[]; values: Value[] } {
  let ordered = true;
  for (let i = 1; i < times.length && ordered; i++) ordered = times[i]! >= times[i - 1]!;
  if (ordered) return { times, values };
  const order = times.map((_, i) => i).sort((a, b) => times[a]! - times[b]!);
  return { times: order.map((i) => times[i]!), values: order.map((i) => values[i]!) };
}

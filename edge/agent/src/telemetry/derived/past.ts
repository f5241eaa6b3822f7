import type { Value } from '@wayside/protocol';
import { emptyWindow, feed, isFull, meanOf, oldestOf, slopeOf, type Window } from './window.ts';

/** Plain JSON. */
export type Memory = Record<string, unknown>;

/**
 * A function that remembers: `step` takes the argument at a moment and gives the result; `memory` is plain JSON and of bounded size,
 * so that it survives a restart as it is. An unknown argument gives an unknown result and interrupts what is being counted.
 * @typeParam M what it remembers
 */
type Past<M extends Memory> = { empty(): M; step(memory: M, value: Value | undefined, at: number): Value | undefined };

const msPerHour = 3_600_000;

type Total = { sum: number; at: number; last: number | null };

/** Adds up over time; `share` is what passed between two moments, in unit hours. A silence longer than `gap` ms counts nothing: nobody looked. */
const totalOf = (gap: number, share: (before: number, now: number) => number): Past<Total> => ({
  empty: () => ({ sum: 0, at: 0, last: null }),
  step(memory, value, at) {
    const now = value === undefined ? null : Number(value);
    const passed = at - memory.at;
    if (memory.last !== null && now !== null && passed > 0 && passed <= gap) memory.sum += (share(memory.last, now) * passed) / msPerHour;
    memory.at = at;
    memory.last = now;
    return now === null ? undefined : memory.sum;
  },
});

/** A window over the last `over` ms; `read` is asked once it is full enough. */
const windowOf = (over: number, gap: number, read: (window: Window, now: number) => number): Past<Window> => ({
  empty: emptyWindow,
  step(window, value, at) {
    if (value === undefined) return undefined;
    const now = Number(value);
    feed(window, at, now, over, gap);
    return isFull(window, over) ? read(window, now) : undefined;
  },
});

type Before = { at: number; now: Value | null; before: Value | null };
const previous: Past<Before> = {
  empty: () => ({ at: 0, now: null, before: null }),
  step(memory, value, at) {
    if (value === undefined) return undefined;
    if (at > memory.at) memory.before = memory.now;
    memory.at = at;
    memory.now = value;
    return memory.before ?? undefined;
  },
};

type Since = { at: number; since: number | null };
const sinceOf = (gap: number): Past<Since> => ({
  empty: () => ({ at: 0, since: null }),
  step(memory, value, at) {
    const broken = at < memory.at || at - memory.at > gap;
    memory.at = at;
    if (value !== true) memory.since = null;
    else if (memory.since === null || broken) memory.since = at;
    if (value === undefined) return undefined;
    return memory.since === null ? 0 : (at - memory.since) / 1000;
  },
});

/**
 * The functions of derived signals that remember, by name (what they mean: `expression/functions.ts` in the packs).
 * @param gap ms of silence that are bridged
 * @param over the window in ms, for those that have one
 */
export const pasts: Record<string, (gap: number, over: number) => Past<Memory>> = {
  previous: () => previous as Past<Memory>,
  rate: (gap, over) => windowOf(over, gap, (window) => slopeOf(window) * 60_000) as Past<Memory>,
  mean: (gap, over) => windowOf(over, gap, meanOf) as Past<Memory>,
  delta: (gap, over) => windowOf(over, gap, (window, now) => now - oldestOf(window)) as Past<Memory>,
  since: (gap) => sinceOf(gap) as Past<Memory>,
  // What was running at the last sample ran until this one.
  hours: (gap) => totalOf(gap, (before) => before) as Past<Memory>,
  integral: (gap) => totalOf(gap, (before, now) => (before + now) / 2) as Past<Memory>,
};

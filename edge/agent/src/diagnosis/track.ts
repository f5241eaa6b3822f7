import type { Quality, Value } from '@wayside/protocol';
import type { Cell } from './probes/probe.ts';
import type { Watcher } from './watcher.ts';

/** What a bank keeps of one signal: its newest value and mark, who looks at it, and how it usually comes. */
export type Track = {
  readonly name: string;
  readonly cell: Cell;
  /** The newest mark of the door, as a value of its own. */
  readonly marks: Cell;
  readonly watchers: Watcher[];
  /** Somebody wants to know how it pauses. */
  missed: boolean;
  /** Its longest usual pause, ms, while the thing went on talking; and for how long, ms, it has been known. */
  pause: number;
  known: number;
  /** How many detectors say that it is not to be believed. */
  doubted: number;
  /** It was heard before. */
  met: boolean;
  /** When it was last heard of what was last taken from its detectors to be kept. */
  keptAt: number;
};

export const createTrack = (name: string): Track => ({
  name,
  cell: { value: undefined, at: Number.NaN },
  marks: { value: undefined, at: Number.NaN },
  watchers: [],
  missed: false,
  pause: 0,
  known: 0,
  doubted: 0,
  met: false,
  keptAt: Number.NaN,
});

/** Whatever has a rhythm mostly has that of the day: for so long something must be known before its pauses are a measure, ms. */
export const knownToLearn = 86_400_000;
/** A longest pause is forgotten in about this time, ms: one odd night does not count for ever. */
const forgottenIn = 7 * 86_400_000;

/** Once it is a measure, one more may make it so many times as long (and a minute is no pause): today's fault does not hide tomorrow's. */
const growsBy = 4;
const shortest = 60_000;

/** The longest usual pause, ms, after one more; `passed` is the time since the one before. */
export function longestPause(before: number, pause: number, passed: number, known: number): number {
  const counts = known < knownToLearn ? pause : Math.min(pause, growsBy * Math.max(before, shortest));
  return Math.max(counts, before * Math.max(0, 1 - passed / forgottenIn));
}

/** @param passed since it was last heard, ms; NaN the first time */
export function learnPause(track: Track, pause: number, passed: number): void {
  if (!(passed > 0)) return;
  track.pause = longestPause(track.pause, pause, passed, track.known);
  track.known += passed;
}

/** What cannot be true is shown to people but kept from the detectors. One that doubts a signal must go on seeing it, so `doubted` is none of these. */
const unbelieved: ReadonlySet<Quality> = new Set(['wrong-type', 'out-of-range', 'suspect-unit']);

/** May detectors look at a value with this mark? */
export const isBelieved = (quality: Quality | undefined): boolean =>
  quality === undefined || quality === 'good' || !unbelieved.has(quality);

/** JSON and the wire have no NaN, but a bank takes values from anybody. */
export const isValue = (value: Value): boolean => typeof value !== 'number' || Number.isFinite(value);

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
  /** Its longest usual pause, ms, while the thing went on talking; and how often it was heard, as far as that matters. */
  pause: number;
  heard: number;
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
  pause: 0,
  heard: 0,
  doubted: 0,
  met: false,
  keptAt: Number.NaN,
});

/** So often a signal must be heard before its pauses are a measure. */
export const heardToLearn = 5;
/** With every pause a longer one of before loses a hundredth of its lead: one odd night does not count for ever. */
const forgets = 0.01;

/** Learns from one more pause (NaN before the first) how long the longest usual one is. */
export function learnPause(track: Track, pause: number): void {
  if (track.heard < heardToLearn) track.heard++;
  if (pause > 0 || (pause === 0 && track.pause > 0)) track.pause = Math.max(pause, track.pause - forgets * (track.pause - pause));
}

/** Values with these marks are as the device meant them; others are shown to people but kept from the detectors. */
const believed: ReadonlySet<Quality> = new Set(['good', 'undeclared', 'suspect-time']);

/** May detectors look at a value with this mark? */
export const isBelieved = (quality: Quality | undefined): boolean => quality === undefined || quality === 'good' || believed.has(quality);

/** JSON and the wire have no NaN, but a bank takes values from anybody. */
export const isValue = (value: Value): boolean => typeof value !== 'number' || Number.isFinite(value);

import { z } from 'zod';
import type { Row } from './normal.ts';

const numbers = z.array(z.number());
export const stretchState = z.object({
  rows: numbers,
  filled: z.number(),
  origins: z.array(z.number().nullable()),
  missed: numbers,
  moves: numbers,
});
/** Opaque to everyone but `createStretch`; by signal, an origin is null where it was never seen. */
export type StretchState = z.infer<typeof stretchState>;

export type Stretch = {
  /** The newest row first, each as many numbers as there are signals, taken from the first value of each signal. */
  readonly rows: Float64Array;
  /** Takes the next row; a signal that is not in it is taken to stand still for a while. */
  take(row: Row): void;
  /** Forgets the rows before a gap. */
  breakOff(): void;
  /** All its rows are there. */
  full(): boolean;
  /** No signal is missing for longer than it can be taken to stand still. */
  whole(): boolean;
  /** By signal: seen of late, and moved often enough that something is known of how it moves. */
  known(): boolean[];
  /** The mean of a signal over the rows, in its unit. */
  level(signal: number): number;
  /** Whether a row holds a signal that none before did. */
  strange(row: Row): boolean;
  save(): StretchState;
};

/** The newest row and so many before it. */
export const before = 4;
/** A signal that is not in a row is taken to stand still for so many rows. */
const patience = before;
/** Fewer moves than this are no sample to judge the next one by. */
const enoughMoves = 30;
/** Numbers are held to this, so that their squares stay within 32-bit floats. */
const largest = 1e15;

const held = (value: number) => Math.min(largest, Math.max(-largest, value));
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** The last few rows of some signals, with gaps bridged and signals that cannot be judged named. */
export function createStretch(signals: readonly string[], saved?: StretchState): Stretch {
  const width = signals.length;
  const rows = Float64Array.from(saved?.rows ?? new Float64Array(width * (before + 1)));
  const origins = Float64Array.from(saved?.origins.map((origin) => origin ?? Number.NaN) ?? new Float64Array(width).fill(Number.NaN));
  const missed = Float64Array.from(saved?.missed ?? new Float64Array(width));
  const moves = Float64Array.from(saved?.moves ?? new Float64Array(width));
  let filled = saved?.filled ?? 0;
  const seen = (i: number) => !Number.isNaN(origins[i]!);

  return {
    rows,
    take(row) {
      rows.copyWithin(width, 0);
      filled = Math.min(filled + 1, before + 1);
      for (let i = 0; i < width; i++) {
        const value = row[signals[i]!];
        if (!isNumber(value)) {
          missed[i] = Math.min(missed[i]! + 1, patience + 1);
          continue;
        }
        if (!seen(i)) origins[i] = held(value);
        const taken = held(value) - origins[i]!;
        if (taken !== rows[i]) moves[i] = Math.min(moves[i]! + 1, enoughMoves);
        rows[i] = taken;
        missed[i] = 0;
      }
    },
    breakOff() {
      filled = 0;
    },
    full: () => filled > before,
    whole: () => missed.every((rowsMissed, i) => rowsMissed <= patience || !seen(i)),
    known: () => signals.map((_, i) => missed[i]! <= patience && moves[i]! >= enoughMoves),
    level(signal) {
      let sum = 0;
      for (let at = signal; at < rows.length; at += width) sum += rows[at]!;
      return origins[signal]! + sum / (before + 1);
    },
    strange: (row) => signals.some((signal, i) => !seen(i) && isNumber(row[signal])),
    save: () => ({
      rows: Array.from(rows),
      filled,
      origins: Array.from(origins, (origin) => (Number.isNaN(origin) ? null : origin)),
      missed: Array.from(missed),
      moves: Array.from(moves),
    }),
  };
}

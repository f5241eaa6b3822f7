import { parseSpan, type Value } from '@wayside/protocol';
import { z } from 'zod';

/** The newest value of a signal and when the device saw it (epoch ms); NaN before the first. */
export type Cell = { value: Value | undefined; at: number };

/** What is expected of a signal, in its own unit; a side that may be anything is absent. */
export const band = z.object({ low: z.number().optional(), high: z.number().optional() });
export type Band = z.infer<typeof band>;

/** A signal that a detector of several points to, with its value and what was expected of it. */
export type Point = { signal: string; value: number; band: Band };

/**
 * One detector's test on one signal, compiled: no name is looked up while samples flow. What it remembers is bounded, and plain JSON when
 * saved. Its time is the samples' own.
 */
export type Probe = {
  /** Does the symptom show at `at`? Undefined while it cannot tell. */
  judge(at: number): boolean | undefined;
  /** Forgets what was measured just now, because it no longer hangs together with what comes; never what was learned over days. */
  reset(): void;
  save(): unknown;
  /** @throws when it was saved by a probe of another kind */
  load(saved: unknown): void;
  /** What was expected at the moment last judged, where that can be drawn. */
  expected?(): Band | undefined;
  /** How rare what was last judged is: one value in so many so far. */
  oneIn?(): number | undefined;
  /** Of a detector that looks at several signals: those that show it, the one that does most first. */
  points?(): readonly Point[];
  /** Gives back what it took from what all share. */
  release?(): void;
  /** Looks at newest values only, so it may be asked again without a new sample. */
  readonly timeless?: boolean;
  /** What it remembers is large and grows slowly: it is kept apart, and written seldom. */
  readonly learns?: boolean;
};

/** A number to be watched: a signal's own, or one made of several. Undefined while there is none. */
export type Read = () => number | undefined;

/** Milliseconds of a pack's span, which the pack's schema has already checked. */
export const ms = (span: string): number => parseSpan(span) ?? 0;

/** Two values farther apart than this in time are not compared, nor is a state carried over so long a silence. */
export const staleAfter = (hold: number): number => Math.max(hold, 5 * 60_000);

/** JSON has no NaN: a time that is not there is null. */
export const orNone = (time: number): number | null => (Number.isNaN(time) ? null : time);

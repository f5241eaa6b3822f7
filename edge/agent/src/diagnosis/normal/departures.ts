import { z } from 'zod';
import type { Foreteller } from './foretell.ts';
import type { Departure } from './normal.ts';

const numbers = z.array(z.number());
export const departuresState = z.object({ misses: numbers, rests: numbers, usual: numbers, learned: z.number() });
/** Opaque to everyone but `createDepartures`. By signal: the mean miss in standard deviations and in its unit, the usual square of the first. */
export type DeparturesState = z.infer<typeof departuresState>;

export type Departures = {
  /** Takes what a row leaves unexplained and tells how many times as far as usual each signal departs. */
  take(by: Foreteller, rows: Float64Array): number[];
  /** Remembers how far the signals depart now as usual. */
  learn(): void;
  /** Forgets the last rows, after a gap. */
  breakOff(): void;
  /**
   * What departs most, first.
   * @param levels by signal: its value of late
   * @param bearable how many times as far as usual a signal may depart
   */
  explain(by: Foreteller, signals: readonly string[], levels: (signal: number) => number, bearable: number): Departure[];
  save(): DeparturesState;
};

/** Faults last: misses are averaged over about this many rows, so that noise cancels. */
export const span = 12;
/** The square of such an average, for independent misses of size one. */
const leastUsual = 1 / (2 * span - 1);
/** One row speaks with no more than so many standard deviations. */
const loudest = 6;
/** A signal with less of a share is not named. */
const worthNaming = 0.05;

/** A running mean moved towards a value: one over `over` of the way. */
const towards = (mean: number, value: number, over: number) => mean + (value - mean) / over;

/** How far signals depart from what is foretold of them, smoothed, beside how far they usually do. */
export function createDepartures(width: number, remembers: number, saved?: DeparturesState): Departures {
  const none = () => new Array<number>(width).fill(0);
  const misses = saved?.misses.slice() ?? none();
  const rests = saved?.rests.slice() ?? none();
  const usual = saved?.usual.slice() ?? none();
  let learned = saved?.learned ?? 0;
  const usualSize = (i: number) => Math.sqrt(Math.max(usual[i]!, leastUsual));

  return {
    take(by, rows) {
      const { standard, rest } = by.foretell(rows);
      return misses.map((miss, i) => {
        const judged = by.judges(i);
        misses[i] = judged ? towards(miss, Math.min(loudest, Math.max(-loudest, standard[i]!)), span) : 0;
        rests[i] = judged ? towards(rests[i]!, rest[i]!, span) : 0;
        return Math.abs(misses[i]!) / usualSize(i);
      });
    },
    learn() {
      learned = Math.min(learned + 1, remembers);
      misses.forEach((miss, i) => {
        usual[i] = towards(usual[i]!, miss ** 2, learned);
      });
    },
    breakOff() {
      misses.fill(0);
      rests.fill(0);
    },
    explain(by, signals, levels, bearable) {
      const sizes = rests.map((rest, i) => (by.judges(i) ? Math.abs(rest) / (usualSize(i) * by.deviation(i)) : 0));
      const all = sizes.reduce((sum, size) => sum + size ** 2, 0);
      const named = signals.flatMap((signal, i) => {
        const share = sizes[i]! ** 2 / all;
        if (!(share >= worthNaming)) return [];
        const value = levels(i);
        const expected = value - rests[i]! / by.unexplained(i);
        const band = (bearable * usualSize(i) * by.deviation(i)) / by.unexplained(i);
        return [{ signal, share, value, expected, low: expected - band, high: expected + band }];
      });
      return named.sort((a, b) => b.share - a.share);
    },
    save: () => ({ misses: misses.slice(), rests: rests.slice(), usual: usual.slice(), learned }),
  };
}

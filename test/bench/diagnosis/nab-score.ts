/**
 * The score of the Numenta Anomaly Benchmark (Lavin & Ahmad, ICMLA 2015; NAB v1.1 `nab/sweeper.py`): an early find in a labelled
 * window is worth most, each alarm outside of one costs, and an unseen window costs as much as a find gains.
 */

/** A file's labelled windows as row numbers, both ends included, in order. */
export type Windows = readonly (readonly [left: number, right: number])[];

/** What a find, an alarm for nothing and a missed window weigh. */
export type Profile = { tp: number; fp: number; fn: number };

/** NAB's three cost profiles (`config/profiles.json`). */
export const profiles = {
  standard: { tp: 1, fp: 0.11, fn: 1 },
  lowFp: { tp: 1, fp: 0.22, fn: 1 },
  lowFn: { tp: 1, fp: 0.11, fn: 2 },
} as const satisfies Record<string, Profile>;

/** How many first rows of a file are not judged: NAB leaves a detector this long to learn. */
export const probation = (rows: number) => Math.min(Math.floor(0.15 * rows), 750);

const sigmoid = (x: number) => (x > 3 ? -1 : 2 / (1 + Math.exp(5 * x)) - 1);

/**
 * The raw score of one file.
 * @param alarms row numbers at which the detector alarmed, ascending; those within the probation are passed over
 */
export function scoreFile(rows: number, windows: Windows, alarms: readonly number[], profile: Profile): number {
  const first = probation(rows);
  const best = windows.map(() => -profile.fn);
  let raw = 0;
  for (const row of alarms) {
    if (row < first) continue;
    const inside = windows.findIndex(([left, right]) => row >= left && row <= right);
    if (inside >= 0) {
      const [left, right] = windows[inside]!;
      const found = (profile.tp * sigmoid(-(right - row + 1) / (right - left + 1))) / sigmoid(-1);
      best[inside] = Math.max(best[inside]!, found);
      continue;
    }
    const last = windows.findLast(([, right]) => right < row);
    raw += last ? profile.fp * sigmoid((row - last[1]) / (last[1] - last[0])) : -profile.fp;
  }
  return raw + best.reduce((sum, value) => sum + value, 0);
}

/** 0 for a detector that never alarms, 100 for one that alarms at the first row of every window and never else. */
export const normalised = (raw: number, windows: number, { tp, fn }: Profile) =>
  (100 * (raw + fn * windows)) / (tp * windows + fn * windows);

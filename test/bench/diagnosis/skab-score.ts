/** One file of the benchmark: the label of each row, and whether the detector called it faulty. */
export type Judged = { truth: readonly boolean[]; called: readonly boolean[] };

/** F1 of the faulty rows; the share of false alarms among healthy rows and of misses among faulty ones, percent. */
export type Score = { f1: number; far: number; mar: number };

/** How many first rows of a file are for learning; they are not scored. */
export const fitted = 400;

/** The outlier score of the Skoltech Anomaly Benchmark (SKAB v0.9): all scored rows of all files together. */
export function scoreRows(files: readonly Judged[]): Score {
  let [found, falsely, missed, quiet] = [0, 0, 0, 0];
  for (const { truth, called } of files) {
    for (let row = fitted; row < truth.length; row++) {
      if (called[row]) truth[row] ? found++ : falsely++;
      else truth[row] ? missed++ : quiet++;
    }
  }
  return {
    f1: (2 * found) / Math.max(1, 2 * found + falsely + missed),
    far: (100 * falsely) / Math.max(1, falsely + quiet),
    mar: (100 * missed) / Math.max(1, missed + found),
  };
}

/**
 * How long to wait before the next attempt, in ms: "full jitter", any time up to a ceiling that doubles with each failure, so that a
 * thousand devices do not come back to a restarted edge in the same second (M. Brooker, "Exponential Backoff And Jitter", AWS 2015).
 * @param failures attempts that have failed in a row, at least 1
 * @param random uniform in [0, 1)
 */
export function backoff(failures: number, random: () => number, { first = 500, most = 30_000 } = {}): number {
  const ceiling = Math.min(most, first * 2 ** Math.min(failures - 1, 16));
  // Never at once: half the first step is what a broker needs to notice that the old connection is gone.
  return first / 2 + random() * (ceiling - first / 2);
}

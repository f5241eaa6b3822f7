/**
 * How long to wait before the next attempt: 1, 2, 4, 8, then 15 s, each shortened by up to a third so that several panels
 * do not knock at the same moment.
 * @returns milliseconds
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const whole = Math.min(15_000, 1_000 * 2 ** Math.min(attempt, 4));
  return Math.round(whole * (1 - random() / 3));
}

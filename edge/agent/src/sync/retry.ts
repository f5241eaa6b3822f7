/**
 * Full-jitter exponential backoff: a random wait between 0 and min(cap, base × 2^attempt), so that a thousand edges do not
 * come back in step (AWS Architecture Blog, "Exponential Backoff And Jitter").
 * @returns milliseconds
 */
export function backoff(attempt: number, random: () => number = Math.random, base = 500, cap = 30_000): number {
  return random() * Math.min(cap, base * 2 ** Math.min(attempt, 16));
}

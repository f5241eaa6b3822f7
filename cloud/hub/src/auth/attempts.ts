import { WaysideError } from '@wayside/protocol';

const most = 10_000;

/**
 * Counts failures by key in a sliding window and refuses further attempts until the window has passed.
 * Memory is bounded: beyond 10,000 keys the oldest is forgotten.
 */
export class Attempts {
  private readonly failures = new Map<string, { count: number; until: number }>();
  private readonly limit: number;
  private readonly windowMs: number;
  private readonly now: () => number;

  constructor(limit: number, windowMs: number, now: () => number) {
    this.limit = limit;
    this.windowMs = windowMs;
    this.now = now;
  }

  /** @throws WaysideError `rate-limited` that says how long to wait */
  check(key: string): void {
    const seen = this.failures.get(key);
    if (!seen || seen.until <= this.now() || seen.count < this.limit) return;
    const minutes = Math.ceil((seen.until - this.now()) / 60_000);
    throw new WaysideError('rate-limited', `Too many failed attempts. Try again in ${minutes} min.`);
  }

  /** Counts an attempt before its outcome is known, so that many at once do not slip past. */
  count(key: string): void {
    const seen = this.failures.get(key);
    const fresh = !seen || seen.until <= this.now();
    this.failures.delete(key);
    this.failures.set(key, { count: fresh ? 1 : seen.count + 1, until: this.now() + this.windowMs });
    if (this.failures.size > most) this.failures.delete(this.failures.keys().next().value as string);
  }

  clear(key: string): void {
    this.failures.delete(key);
  }
}

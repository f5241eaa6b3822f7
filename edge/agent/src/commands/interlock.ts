import { holds, type Interlock, type Quality, type Value } from '@wayside/protocol';

/** What the newest sample of a signal says; times are epoch ms. */
export type Reading = { value: Value; observedAt: number; receivedAt: number; quality: Quality };

/** Why an interlock does not hold. */
export type Block = { interlock: Interlock; kind: 'missing' | 'stale' | 'doubtful' | 'unmet'; value?: Value; ageMs?: number };

/** Data older than this says nothing about now. */
export const freshMs = 2_000;

/**
 * The interlocks that do not hold now; none means it is safe as far as the pack can tell. Data that is missing, older than two seconds by
 * either clock, or marked doubtful counts as unsafe: what is not known to hold does not hold.
 */
export function blocks(interlocks: readonly Interlock[], read: (signal: string) => Reading | undefined, now: number): Block[] {
  return interlocks.flatMap((interlock): Block[] => {
    const reading = read(interlock.signal);
    if (!reading) return [{ interlock, kind: 'missing' }];
    const { value, quality } = reading;
    // Received just now but seen long ago (a buffer being emptied) is as stale as silence; a clock set back makes an age negative.
    const ages = [now - reading.receivedAt, now - reading.observedAt];
    const ageMs = Math.max(...ages);
    if (ageMs > freshMs) return [{ interlock, kind: 'stale', value, ageMs }];
    if (quality !== 'good' || Math.min(...ages) < -freshMs) return [{ interlock, kind: 'doubtful', value }];
    return holds(interlock, value) ? [] : [{ interlock, kind: 'unmet', value }];
  });
}

import { describe, expect, it } from 'vitest';
import { backoff } from './backoff.ts';

describe('the wait before another attempt', () => {
  it('has a ceiling that doubles up to half a minute', () => {
    expect([1, 2, 3, 4, 10, 1_000].map((n) => backoff(n, () => 0.999_999_9))).toEqual(
      [500, 1_000, 2_000, 4_000, 30_000, 30_000].map((ms) => expect.closeTo(ms, 0)),
    );
  });

  it('is spread over the whole span and never nothing', () => {
    expect([0, 0.5].map((r) => backoff(3, () => r))).toEqual([250, 1_125]);
  });
});

import { describe, expect, it } from 'vitest';
import { nab } from './nab.ts';
import { normalised, probation, profiles, scoreFile } from './nab-score.ts';

describe('the NAB score', () => {
  const windows = [[200, 299]] as const;
  const score = (alarms: number[], profile: keyof typeof profiles = 'standard') => scoreFile(1000, windows, alarms, profiles[profile]);

  it('is 100 for the first row of every window and 0 for silence', () => {
    expect(normalised(score([200]), 1, profiles.standard)).toBeCloseTo(100, 10);
    expect(normalised(score([]), 1, profiles.standard)).toBe(0);
    expect(normalised(score([], 'lowFn'), 1, profiles.lowFn)).toBe(0);
  });

  it('gives the earliest find in a window, once', () => {
    expect(score([250, 260, 290])).toBe(score([250]));
    expect(score([250])).toBeCloseTo(0.8598, 4);
    expect(score([299])).toBeLessThan(score([250]));
  });

  it('takes the full weight for an alarm before any window or long after, little for one just after', () => {
    expect(score([200, 180])).toBeCloseTo(1 - 0.11, 10);
    expect(score([200, 180], 'lowFp')).toBeCloseTo(1 - 0.22, 10);
    expect(score([200, 900])).toBeCloseTo(1 - 0.11, 10);
    expect(score([200, 301])).toBeGreaterThan(1 - 0.011);
  });

  it('passes over the probation: 15 % of the rows, at most 750', () => {
    expect(probation(1000)).toBe(150);
    expect(probation(20_000)).toBe(750);
    expect(score([149, 200])).toBe(score([200]));
    expect(score([150, 200])).toBeLessThan(score([200]));
  });
});

it('passes over a set that is not there', async () => {
  expect(await nab.run({ share: 1, say: () => {}, data: '/nowhere' })).toHaveProperty('skipped');
});

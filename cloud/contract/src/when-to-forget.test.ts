import { expect, it } from 'vitest';
import { type Ages, whetherToForget } from './when-to-forget.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 22);

/** When something was forgotten, of looks at these times. */
function looks(times: number[]): number[] {
  let ages: Ages = { ranAt: 0, doubtAt: 0 };
  return times.filter((at) => {
    const { run, ...next } = whetherToForget(ages, at);
    ages = next;
    return run;
  });
}

it('forgets once a day, the first time a day after the first look', () => {
  const hours = Array.from({ length: 73 }, (_, n) => start + (n * day) / 24);
  expect(looks(hours)).toEqual([start + day, start + 2 * day, start + 3 * day]);
});

it('believes a clock that leapt once it has gone on for a day, and one that was set back at once', () => {
  const known = [start, start + day];
  const later = start + 90 * day;
  expect(looks([...known, later, later + day / 2, later + day]), 'long without power').toEqual([start + day, later + day]);
  expect(looks([...known, later, start + day * 1.5, start + 2 * day]), 'wrong for hours').toEqual([start + day, start + 2 * day]);
  expect(looks([...known, later, later + 400 * day, later + 401 * day]), 'leapt once more').toEqual([start + day, later + 401 * day]);
  expect(looks([...known, 0, 1_000, start + 2 * day, start + 3 * day]), 'not set after a restart').toEqual([start + day, start + 3 * day]);
});

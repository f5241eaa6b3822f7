import { expect, it } from 'vitest';
import { linkDays } from './link-days.tsx';

const hour = 3_600_000;

it('shares an interruption among the days it lay on, and knows nothing of days before the first link', () => {
  const midnight = new Date(2026, 10, 26).getTime();
  const to = midnight + 12 * hour;
  const from = midnight - 30 * hour;
  const days = linkDays({
    days: 4,
    from,
    to,
    downs: [
      { from: to - hour, to: null },
      { from: midnight - 2 * hour, to: midnight + 3 * hour },
    ],
  });
  expect(days.map(({ knownMs, downMs }) => [knownMs / hour, downMs / hour])).toEqual([
    [0, 0],
    [6, 0],
    [24, 2],
    [12, 4],
  ]);
});

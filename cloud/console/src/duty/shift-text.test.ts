import { expect, it } from 'vitest';
import { hoursOf, stretchesOf } from './shift-text.ts';

it.each(['Mon-Fri 08:00-18:00', 'Mon-Fri 08:00-18:00; Sat 09:00-13:00', 'Mon 22:00-06:00', ''])(
  'a shift is read and written back: %s',
  (hours) => {
    expect(hoursOf(stretchesOf(hours))).toBe(hours);
  },
);

it('writes days that are apart as spans of their own', () => {
  expect(hoursOf([{ days: [4, 0, 1], from: '08:00', to: '12:00' }])).toBe('Mon-Tue 08:00-12:00; Fri 08:00-12:00');
  expect(hoursOf([{ days: [], from: '08:00', to: '12:00' }])).toBe('');
});

it('reads a span over the weekend, and leaves out what is no time', () => {
  expect(stretchesOf('Sat-Mon 08:00-12:00')).toEqual([{ days: [0, 5, 6], from: '08:00', to: '12:00' }]);
  expect(stretchesOf('mornings; Mon 8-9')).toEqual([]);
});

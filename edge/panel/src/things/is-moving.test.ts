import { expect, it } from 'vitest';
import { isMoving } from './is-moving.ts';

const at = (value: number | string, receivedAt = 1000) => ({
  moving: { signal: 'Vehicle.Speed', above: 5 },
  signals: {
    'Vehicle.Speed': {
      title: { en: 'Speed', zh: '车速' },
      type: 'number' as const,
      latest: { value, observedAt: receivedAt, receivedAt, quality: 'good' as const },
    },
  },
});

it('moves above the speed its policy names, as long as that speed is of now', () => {
  expect(isMoving(at(50), 2000)).toBe(true);
  expect(isMoving(at(5), 2000)).toBe(false);
  expect(isMoving(at(50), 60_000)).toBe(false);
});
it('does not move where no policy says how to tell, or no speed came', () => {
  expect(isMoving({ signals: at(50).signals }, 2000)).toBe(false);
  expect(isMoving({ ...at(50), signals: {} }, 2000)).toBe(false);
  expect(isMoving(undefined, 2000)).toBe(false);
});

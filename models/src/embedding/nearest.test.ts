import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const at = (degrees: number) => ({
  degrees,
  vector: Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)),
});

it('finds the likest, in order, and no more than were asked for', () => {
  const items = [90, 10, 45, 0, 180].map(at);
  expect(nearest(at(0).vector, items, 3).map(({ item }) => item.degrees)).toEqual([0, 10, 45]);
  expect(nearest(at(0).vector, items, 9)).toHaveLength(5);
  expect(nearest(at(0).vector, items, 0)).toEqual([]);
  expect(nearest(at(0).vector, [], 3)).toEqual([]);
  expect(nearest(at(0).vector, items, 1)[0]!.likeness).toBeCloseTo(1, 6);
});

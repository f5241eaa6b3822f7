import { expect, it } from 'vitest';
import { createFarEdges } from './far-edges.ts';

it('knows which edges are at other hubs, and forgets those of one that falls silent', () => {
  let now = 0;
  const far = createFarEdges(() => now);
  expect(far.heard('a')).toBe(true);
  expect(far.heard('a')).toBe(false);
  expect(far.update('a', ['car', 'pump'], [])).toEqual(['car', 'pump']);
  expect(far.update('a', ['car'], ['pump', 'house'])).toEqual(['pump']);
  expect([far.has('car'), far.has('pump')]).toEqual([true, false]);
  now = 6_000;
  far.update('b', ['car'], []);
  now = 9_000;
  expect(far.silent()).toEqual(['a']);
  expect(far.forget('a')).toEqual(['car']);
  expect(far.has('car')).toBe(true);
});

import { expect, it } from 'vitest';
import { spotOf } from './spot.ts';

it('a sample citation points at its signal and moment', () => {
  expect(spotOf({ kind: 'sample', ref: 'Vehicle.Speed@1795341600000' })).toEqual({
    signal: { name: 'Vehicle.Speed', at: 1_795_341_600_000 },
  });
});

it('a sample citation without a readable moment still points at its signal', () => {
  expect(spotOf({ kind: 'sample', ref: 'Vehicle.Speed' })).toEqual({ signal: { name: 'Vehicle.Speed', at: undefined } });
  expect(spotOf({ kind: 'sample', ref: 'Vehicle.Speed@soon' })).toEqual({ signal: { name: 'Vehicle.Speed', at: undefined } });
});

it('an article citation opens the article; the others point nowhere', () => {
  expect(spotOf({ kind: 'article', ref: 'coolant-low' })).toEqual({ article: { id: 'coolant-low' } });
  expect(spotOf({ kind: 'rule', ref: 'asked' })).toEqual({});
});

import { describe, expect, it } from 'vitest';
import { referenceOf } from './reference.ts';

describe('a citation’s reference', () => {
  it('names a signal of a thing at a moment', () => {
    expect(referenceOf({ kind: 'sample', ref: 'car/Vehicle.Speed@1763800000000' })).toEqual({
      kind: 'signal',
      thing: 'car',
      signal: 'Vehicle.Speed',
      at: 1763800000000,
    });
  });

  it('may leave out the thing or the moment', () => {
    expect(referenceOf({ kind: 'sample', ref: 'Vehicle.Speed' })).toEqual({
      kind: 'signal',
      thing: undefined,
      signal: 'Vehicle.Speed',
      at: undefined,
    });
    expect(referenceOf({ kind: 'dtc', ref: 'P0301' })).toEqual({ kind: 'dtc', thing: undefined, code: 'P0301' });
    expect(referenceOf({ kind: 'fault', ref: 'car/misfire' })).toEqual({ kind: 'fault', thing: 'car', fault: 'misfire' });
  });

  it('opens nothing for a person, a rule or an empty name', () => {
    expect(referenceOf({ kind: 'person', ref: 'Ana' })).toBeUndefined();
    expect(referenceOf({ kind: 'rule', ref: 'asked' })).toBeUndefined();
    expect(referenceOf({ kind: 'article', ref: '' })).toBeUndefined();
  });
});

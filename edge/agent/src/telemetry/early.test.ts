import { describe, expect, it } from 'vitest';
import { createEarly } from './early.ts';

const row = (value: number, width = 1) => ({ at: undefined, signals: new Array(width).fill('a'), values: new Array(width).fill(value) });
const limits = { ofOne: 4, ofAll: 6 };

describe('what a thing said before it was known what it is', () => {
  it('is given back once, in its order', () => {
    const early = createEarly(limits);
    for (const value of [1, 2, 3]) early.keep('pump', row(value), value);
    expect(early.take('pump').map(({ row, receivedAt }) => [row.values[0], receivedAt])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect([early.take('pump'), early.held()]).toEqual([[], 0]);
  });

  it('is never more of one thing, or of all, than its bounds: the oldest goes first', () => {
    const early = createEarly(limits);
    for (let value = 0; value < 9; value++) early.keep('pump', row(value), 0);
    early.keep('fan', row(1, 3), 0);
    expect(early.held()).toBeLessThanOrEqual(6);
    expect(early.take('pump')).toEqual([]);
    expect(early.take('fan')).toHaveLength(1);
    for (let value = 0; value < 9; value++) early.keep('van', row(value), 0);
    expect(early.take('van').map(({ row }) => row.values[0])).toEqual([5, 6, 7, 8]);
  });
});

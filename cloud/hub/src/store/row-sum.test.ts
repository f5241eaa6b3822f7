import { describe, expect, it } from 'vitest';
import { createRowSum } from './row-sum.ts';

describe('the sum of a table', () => {
  it('is the same whatever the order, and another for any other row', () => {
    const sumOf = (...rows: Record<string, unknown>[]) => {
      const sum = createRowSum();
      rows.forEach(sum.add);
      return sum.total();
    };
    expect(sumOf({ a: 1, b: 'x' }, { a: 2, b: null })).toEqual(sumOf({ b: null, a: 2 }, { b: 'x', a: 1 }));
    expect(sumOf({ a: 1 })).not.toEqual(sumOf({ a: '1' }));
    expect(sumOf({ a: 1 }, { a: 1 })).not.toEqual(sumOf({ a: 1 }));
  });
});

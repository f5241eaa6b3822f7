import { describe, expect, it } from 'vitest';
import { digest } from './digest.ts';

describe('a digest', () => {
  it('does not depend on the order of keys, and does on everything else', () => {
    expect(digest({ a: 1, b: [1, { c: null, d: 'x' }] })).toBe(digest({ b: [1, { d: 'x', c: null }], a: 1 }));
    const all = [
      { a: 1 },
      { a: '1' },
      { a: [1] },
      { a: [[1]] },
      { a: null },
      {},
      [],
      [[], []],
      [[[]]],
      { a: { b: 1 } },
      { 'a":{"b': 1 },
      'a',
      1,
    ].map(digest);
    expect(new Set(all).size).toBe(all.length);
  });

  it('of a record that is stored already is the same in every version', () => {
    const value = { z: [1, { b: null, a: 'é"\ud83d\ude00\ud800' }, [], {}], kind: 'thing', at: 1.5, u: undefined };
    expect(digest(value)).toBe('eB0GCW398S2OSFoD7qDh0-ROxBsO9Rowdxx0USBCZr8');
  });

  it('is none for what is nested too deeply', () => {
    const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;
    expect(digest(nested(64))).toBeDefined();
    expect(digest(nested(65))).toBeUndefined();
    expect(digest(nested(100_000))).toBeUndefined();
  });
});

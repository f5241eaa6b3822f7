import { describe, expect, it } from 'vitest';
import { neighbour } from './order.ts';

describe('j and k', () => {
  const list = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

  it('step through the list and stop at its ends', () => {
    expect(neighbour(list, 'a', 1)).toBe('b');
    expect(neighbour(list, 'c', 1)).toBe('c');
    expect(neighbour(list, 'a', -1)).toBe('a');
  });

  it('begin at the first when the selected one has left the list', () => {
    expect(neighbour(list, 'gone', 1)).toBe('a');
    expect(neighbour([], 'gone', 1)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { Attempts } from './attempts.ts';

describe('attempts', () => {
  it('are refused after the limit, for that key only, until the window has passed', () => {
    let now = 0;
    const attempts = new Attempts(2, 60_000, () => now);
    attempts.count('a');
    attempts.check('a');
    attempts.count('a');
    expect(() => attempts.check('a')).toThrow('1 min');
    attempts.check('b');
    now = 60_000;
    attempts.check('a');
  });

  it('start again at zero after a success', () => {
    const attempts = new Attempts(1, 60_000, () => 0);
    attempts.count('a');
    attempts.clear('a');
    attempts.check('a');
  });

  it('forget the oldest key when there are too many', () => {
    const attempts = new Attempts(1, 60_000, () => 0);
    for (let i = 0; i <= 10_000; i++) attempts.count(String(i));
    attempts.check('0');
    expect(() => attempts.check('1')).toThrow();
  });
});

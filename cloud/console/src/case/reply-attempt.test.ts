import { describe, expect, it } from 'vitest';
import { attempt, newReplyId, readAttempt } from './reply-attempt.ts';

const ids = () => {
  let n = 0;
  return () => `r${++n}`;
};

describe('a reply', () => {
  it('tried again with the same text is the same reply', () => {
    const make = ids();
    const first = attempt(undefined, 'Stop the engine.', make);
    expect(attempt(first, ' Stop the engine. ', make)).toBe(first);
  });

  it('with another text is another reply, since the first may have been stored', () => {
    const make = ids();
    const first = attempt(undefined, 'Stop the engine.', make);
    expect(attempt(first, 'Stop the engine now.', make)).toEqual({ id: 'r2', text: 'Stop the engine now.' });
  });

  it('is still the same reply after the page was loaded again', () => {
    const first = attempt(undefined, 'Stop the engine.', ids());
    expect(attempt(readAttempt(JSON.stringify(first)), 'Stop the engine.')).toEqual(first);
    expect(readAttempt('')).toBeUndefined();
    expect(readAttempt('{"id":1}')).toBeUndefined();
  });

  it('has an id the hub accepts, unlike any other', () => {
    const made = new Set(Array.from({ length: 500 }, newReplyId));
    expect(made.size).toBe(500);
    for (const id of made) expect(id).toMatch(/^r_[0-9a-f]{32}$/);
  });
});

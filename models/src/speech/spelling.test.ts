import { describe, expect, it } from 'vitest';
import { readSpelled, spelledPhrases } from './spelling.ts';

describe('spelling', () => {
  it.each([
    ['P zero three zero one', 'P0301'],
    ['P. 0 3 oh 1.', 'P0301'],
    ['You.', 'U'],
    ['Double you, B A', 'WBA'],
    ['Oh', 'O'],
    ['four for two to', '4422'],
  ])('reads %s as %s', (heard, symbols) => {
    expect(readSpelled(heard)).toBe(symbols);
  });
  it('reads nothing where other words are', () => {
    expect(readSpelled('P zero three, please')).toBeUndefined();
    expect(readSpelled('')).toBeUndefined();
  });
  it('expects any of 36 after any other', () => {
    const phrases = spelledPhrases('en');
    expect(phrases).toContain('Q seven');
    expect(new Set(phrases).size).toBeGreaterThanOrEqual(36 + 36 * 36);
  });
});

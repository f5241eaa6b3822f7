import { describe, expect, it } from 'vitest';
import { blocks, freshMs, type Reading } from './interlock.ts';
import { sayBlocked } from './words.ts';

const now = 1_000_000;
const standing = { signal: 'speed', below: 1, because: { en: 'Only while the car stands.', zh: '只能在停车时进行。' } };
const reading = (more: Partial<Reading> = {}): Reading => ({
  value: 0,
  observedAt: now - 500,
  receivedAt: now - 400,
  quality: 'good',
  ...more,
});
const kinds = (read: Reading | undefined) => blocks([standing], () => read, now).map(({ kind }) => kind);

describe('an interlock', () => {
  it('holds on a fresh, good sample that meets it', () => expect(kinds(reading())).toEqual([]));

  it.each([
    ['missing', undefined],
    ['stale', reading({ receivedAt: now - freshMs - 1 })],
    ['stale', reading({ observedAt: now - 60_000 })],
    ['doubtful', reading({ quality: 'out-of-range' })],
    ['doubtful', reading({ quality: 'undeclared' })],
    ['doubtful', reading({ quality: 'suspect-time' })],
    ['doubtful', reading({ observedAt: now + 60_000 })],
    ['unmet', reading({ value: 50 })],
    ['unmet', reading({ value: 'fast' })],
    ['unmet', reading({ value: true })],
  ])('does not hold when what is known is %s', (kind, read) => expect(kinds(read)).toEqual([kind]));

  it('is said in words, with the value it goes by', () => {
    const signals = { speed: { title: { en: 'Speed', zh: '车速' }, type: 'number' as const, unit: 'km/h' } };
    const said = (read: Reading | undefined) =>
      sayBlocked(
        blocks([standing], () => read, now),
        signals,
      );
    expect(said(reading({ value: 50 }))).toEqual({
      en: 'Only while the car stands. (Speed: 50 km/h)',
      zh: '只能在停车时进行。（车速：50 km/h）',
    });
    expect(said(undefined).en).toMatch(/Speed is not known, so it is not safe/);
    expect(said(reading({ receivedAt: now - 8_000 })).zh).toMatch(/8 秒前/);
  });
});

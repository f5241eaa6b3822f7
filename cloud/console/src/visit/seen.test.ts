import { describe, expect, it } from 'vitest';
import { nothingSeen, see, shownMs } from './seen.ts';

const frame = (at: number, value: number | string) => ({ visit: 'v', at, readings: { speed: { at, value } } });

describe('what is seen of a machine', () => {
  it('holds the last minutes and no more, however long one looks', () => {
    let seen = nothingSeen;
    for (let at = 1_000; at <= 3 * shownMs; at += 1_000) seen = see(seen, frame(at, at));
    expect(seen.points.speed).toHaveLength(shownMs / 1_000 + 1);
    expect(seen.points.speed?.at(-1)).toEqual([3 * shownMs, 3 * shownMs]);
  });
  it('draws numbers alone, keeps the newest of all, and what the first frame said', () => {
    const signals = { speed: { title: { en: 'Speed', zh: '车速' } } };
    const seen = see(see(nothingSeen, { ...frame(1, 'parked'), signals }), frame(2, 'moving'));
    expect(seen.points).toEqual({});
    expect(seen.latest.speed?.value).toBe('moving');
    expect(seen.signals).toEqual(signals);
  });
  it('takes the same moment twice as one', () => {
    expect(see(see(nothingSeen, frame(5, 1)), frame(5, 2)).points.speed).toEqual([[5, 2]]);
  });
});

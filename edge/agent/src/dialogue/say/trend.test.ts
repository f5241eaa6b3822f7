import { describe, expect, it } from 'vitest';
import type { Point } from '../../telemetry/course.ts';
import { trendOf } from './trend.ts';

const every10s = (values: number[]): Point[] => values.map((value, i) => [i * 10_000, value]);
const ramp = Array.from({ length: 20 }, (_, i) => 50 + i);

describe('a trend', () => {
  it('goes where the last quarter lies from the first', () => {
    expect(trendOf(every10s(ramp))).toMatchObject({ goes: 'up', from: 52, to: 67, ms: 190_000 });
    expect(trendOf(every10s(ramp.toReversed()))).toMatchObject({ goes: 'down' });
  });

  it('is not moved by one reading that lies', () => {
    expect(trendOf(every10s(ramp.map((_, i) => (i === 19 ? 900 : 50))))).toMatchObject({ goes: 'level', to: 50 });
  });

  it('is none in noise, nor in too few readings or too short a time', () => {
    expect(trendOf(every10s(ramp.map((_, i) => 50 + (i % 2 === 0 ? 3 : -3))))).toMatchObject({ goes: 'level' });
    expect(trendOf(every10s([1, 9]))).toBeUndefined();
    expect(trendOf(ramp.map((value, i) => [i * 100, value]))).toBeUndefined();
    expect(trendOf(ramp.map((_, i) => [i * 10_000, 'on']))).toBeUndefined();
    expect(trendOf([])).toBeUndefined();
  });
});

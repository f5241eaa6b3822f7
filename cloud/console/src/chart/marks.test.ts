import { describe, expect, it } from 'vitest';
import type { Fault, Trace } from '../api/types.ts';
import { marksOf, nearest, orderTraces, windowOf } from './marks.ts';

const trace = (signal: string, ...times: number[]): Trace => ({
  signal,
  title: { en: signal, zh: signal },
  points: times.map((at) => [at, at]),
});
const text = { en: 'x', zh: 'x' };
const fault = (name: string, probability: number, since: number, ...signals: string[]): Fault => ({
  thing: 't',
  fault: name,
  title: text,
  explanation: text,
  severity: 'warning',
  safety: 'gently',
  safetyAdvice: text,
  probability,
  since,
  evidence: signals.map((signal) => ({ kind: 'symptom', ref: signal, title: text, for: true, signal })),
});

describe('the window', () => {
  it('spans all traces', () => expect(windowOf([trace('a', 5, 9), trace('b', 2, 7), trace('empty')])).toEqual([2, 9]));
  it('of nothing is none', () => expect(windowOf([trace('empty')])).toBeUndefined());
});

describe('marks', () => {
  const dtc = (code: string, at: number) => ({ thing: 't', code, state: 'confirmed' as const, at });

  it('are the likeliest fault, the codes and the handoff, in order of time', () => {
    const marks = marksOf({ faults: [fault('less', 0.2, 11), fault('most', 0.7, 14)], dtcs: [dtc('P0217', 12)], at: 18 }, [10, 20]);
    expect(marks).toEqual([
      { at: 12, kind: 'dtc', label: 'P0217' },
      { at: 14, kind: 'fault' },
      { at: 18, kind: 'handoff' },
    ]);
  });

  it('outside the window are left out', () => {
    expect(marksOf({ faults: [], dtcs: [dtc('P0128', 3)], at: 99 }, [10, 20])).toEqual([]);
  });
});

it('puts the traces first that the likeliest fault rests on', () => {
  const traces = [trace('speed'), trace('oil'), trace('coolant')];
  const shown = orderTraces(traces, [fault('less', 0.2, 0, 'oil'), fault('most', 0.7, 0, 'coolant')]);
  expect(shown.map((each) => each.signal)).toEqual(['coolant', 'oil', 'speed']);
});

describe('the nearest point', () => {
  const { points } = trace('a', 10, 20, 40);

  it('is the closer neighbour on either side', () => {
    expect([0, 14, 16, 29, 31, 99].map((at) => nearest(points, at))).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('of no points is none', () => expect(nearest([], 5)).toBe(-1));
});

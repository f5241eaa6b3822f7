import { describe, expect, it } from 'vitest';
import { calibrationError, falseAlarmsPerDay, falselySeen, medianDelay, pairsOf, scoreOf, type Verdict } from './verdicts.ts';

const said = (fault: string, probability: number, active = true) => ({ fault, probability, active });
const verdict = (truth: string[], asked: Verdict['asked'], more: Partial<Verdict> = {}): Verdict => ({
  truth,
  unasked: [],
  asked,
  questions: 0,
  heard: 3_600_000,
  falseAlarms: 0,
  seen: 0,
  judged: 0,
  ...more,
});

describe('the scores of the scenarios', () => {
  it('call a claim calibrated that is true as often as it says', () => {
    const claims = Array.from({ length: 10 }, (_, i): [number, boolean] => [0.75, i < 8]);
    expect(calibrationError(claims)).toBeCloseTo(0.05, 9);
    const oneBin = [0.92, 0.96, 1].map((claimed, i): [number, boolean] => [claimed, i > 0]);
    expect(calibrationError(oneBin)).toBeCloseTo((0.92 + 0.96 + 1 - 2) / 3, 9);
  });

  it('count a case with two faults as found by either, and each of the two as shown or not', () => {
    const verdicts = [
      verdict(['a', 'b'], [said('b', 0.9), said('c', 0.2, false)]),
      verdict(['a'], [said('x', 0.9), said('y', 0.8), said('a', 0.7)]),
      verdict(['a'], []),
      verdict([], [said('x', 0.6)]),
    ];
    expect(scoreOf(verdicts, 'asked')).toMatchObject({ cases: 3, top1: 1 / 3, top3: 2 / 3, silent: 1 / 3, shown: 2 / 4 });
  });

  it('count of two faults at once how often both are shown', () => {
    const verdicts = [
      verdict(['a', 'b'], [said('a', 0.9), said('b', 0.8)]),
      verdict(['a', 'b'], [said('a', 0.9), said('b', 0.3, false)]),
      verdict(['a'], [said('a', 0.9)]),
    ];
    expect(pairsOf(verdicts, 'asked')).toEqual({ cases: 2, both: 0.5, either: 1 });
  });

  it('tell false alarms by the day and the delay of what was found', () => {
    expect(falseAlarmsPerDay([verdict([], [], { falseAlarms: 1 }), verdict([], [])])).toBe(12);
    expect(falselySeen([verdict([], [], { judged: 30, seen: 1 }), verdict([], [], { judged: 20 })])).toEqual({ judged: 50, seen: 1 });
    expect(medianDelay([verdict(['a'], [], { delay: 5000 }), verdict(['a'], [])])).toBe(5);
  });
});

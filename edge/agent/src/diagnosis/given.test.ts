import { describe, expect, it } from 'vitest';
import { type Diagnosis, nothingSeen } from './diagnose.ts';
import { absentFaults, given } from './given.ts';

const part = (faults: string[], signals: string[], optional = false) => ({ title: { en: 'x', zh: 'x' }, faults, signals, optional });
const components = { boiler: part(['flame', 'pump'], ['gas'], true), water: part(['pump'], ['flow']), pan: part(['drip'], ['wet']) };

describe('a part that not every machine has', () => {
  const reading = (...read: string[]) => ({
    signals: { gas: 1, flow: 1, wet: 1 },
    latest: (signal: string) => (read.includes(signal) ? 1 : undefined),
  });
  it('has no faults where it reads none of its signals, but for those that another part has as well', () => {
    expect(absentFaults({ components }, reading('flow'))).toEqual(new Set(['flame']));
  });
  it('may be there where it reads one, and where nothing is read at all', () => {
    expect(absentFaults({ components }, reading('gas', 'flow', 'wet')).size).toBe(0);
    expect(absentFaults({ components }, reading()).size).toBe(0);
  });
});

describe('a diagnosis', () => {
  const ranked = ['flame', 'drip'].map((fault, n) => ({ fault, probability: n === 0 ? 0.2 : 0.1, active: false, since: 0, evidence: [] }));
  const known: Diagnosis = {
    ...nothingSeen,
    ranked,
    none: 0.7,
    hypotheses: [
      { members: [], unknown: false, probability: 0.7 },
      { members: [0], unknown: false, probability: 0.2 },
      { members: [1], unknown: false, probability: 0.1 },
    ],
  };
  it('leaves what cannot be to what can', () => {
    const left = given(known, { absent: new Set(['flame']) });
    expect(left.ranked.map(({ probability }) => probability)).toEqual([0, expect.closeTo(0.125)]);
    expect(left.none).toBeCloseTo(0.875);
  });
  it('names in trouble what it may be, as likely as before among themselves', () => {
    const left = given(known, { trouble: () => true });
    expect(left.ranked.map(({ probability }) => probability)).toEqual([expect.closeTo(2 / 3), expect.closeTo(1 / 3)]);
    expect(left.none).toBe(0);
  });
  it('blames in trouble only what can be blamed', () => {
    expect(given(known, { trouble: (fault) => fault === 'drip' }).ranked.map(({ probability }) => probability)).toEqual([0, 1]);
  });
  it('stays as it is where that leaves nothing', () => {
    expect(given(nothingSeen, { trouble: () => true })).toBe(nothingSeen);
    expect(given(known, {})).toBe(known);
  });
});

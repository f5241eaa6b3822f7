import { describe, expect, it } from 'vitest';
import { judge, type Repair, type Seen, type Standing } from './confirm.ts';

const both = (text: string) => ({ en: text, zh: text });
const start = 1_000_000;
const minute = 60_000;
const begun = (...refs: string[]): Repair => ({
  repair: 'r_1',
  thing: 't',
  family: 'toy',
  fault: 'belt',
  faultTitle: both('Belt'),
  procedure: 'belt',
  procedureTitle: both('Belt'),
  state: 'watching',
  finishedAt: start,
  until: start + 60 * minute,
  needs: 2 * minute,
  symptoms: refs.map((ref) => ({ ref, title: both(ref), away: 0, there: 0 })),
  from: start,
  codes: ['E1'],
});
/** Lets time pass second by second; `stands` says how each symptom is judged at a time, undefined for not at all. */
const run = (repair: Repair, ms: number, stands: (ref: string, t: number) => boolean | undefined, codeAt?: number): Repair => {
  let now = repair;
  const judged = new Map<string, Standing>();
  for (let t = 1_000; t <= ms; t += 1_000) {
    for (const { ref } of repair.symptoms) {
      const active = stands(ref, t);
      if (active !== undefined) judged.set(ref, { active, at: start + t });
    }
    const seen: Seen = {
      symptom: (ref) => judged.get(ref),
      codeSetAt: () => (codeAt !== undefined && t >= codeAt ? start + codeAt : undefined),
    };
    now = judge(now, seen, start + t);
  }
  return now;
};

describe('whether a repair worked', () => {
  it('is yes once every symptom was judged and stayed away long enough, and not before', () => {
    const goes = (_: string, t: number) => t < 10_000;
    expect(run(begun('hot', 'loud'), 129_000, goes).state).toBe('watching');
    expect(run(begun('hot', 'loud'), 131_000, goes)).toMatchObject({ state: 'fixed', decidedAt: start + 130_000 });
  });

  it('is not said while one symptom cannot be judged, however long', () => {
    const one = (ref: string) => (ref === 'hot' ? false : undefined);
    expect(run(begun('hot', 'loud'), 50 * minute, one).state).toBe('watching');
    expect(run(begun('hot', 'loud'), 61 * minute, one).state).toBe('too-early');
  });

  it('is not said of a machine that is switched off', () => {
    expect(run(begun('hot'), 59 * minute, (_, t) => (t < 60_000 ? false : undefined)).state).toBe('watching');
  });

  it('is no when the symptom is still there', () => {
    expect(run(begun('hot'), 120_000, () => true).state).toBe('watching');
    expect(run(begun('hot'), 121_000, () => true).state).toBe('not-fixed');
  });

  it('starts to count anew when the symptom comes back, and is no when it does so for long enough in all', () => {
    const flutters = (_: string, t: number) => t % (100 * 1_000) < 30_000;
    const later = run(begun('hot'), 300_000, flutters);
    expect(later).toMatchObject({ state: 'watching' });
    expect(later.symptoms[0]?.away).toBeLessThan(2 * minute);
    expect(run(begun('hot'), 600_000, flutters).state).toBe('not-fixed');
  });

  it('is no when the code is set again', () => {
    expect(run(begun('hot'), 61_000, () => false, 60_000)).toMatchObject({ state: 'not-fixed', decidedAt: start + 60_000 });
    expect(run(begun('hot'), 121_000, () => false, -5_000).state).toBe('fixed');
  });

  it('does not rest on what a device kept back and tells of before the last step', () => {
    const late: Seen = { symptom: () => ({ active: true, at: start - minute }), codeSetAt: () => undefined };
    expect(judge(begun('hot'), late, start + minute).symptoms[0]).toMatchObject({ there: 0, away: 0 });
  });

  it('counts no silence between two judgements', () => {
    const rare = (_: string, t: number) => (t % (10 * minute) === 0 ? false : undefined);
    expect(run(begun('hot'), 55 * minute, rare).symptoms[0]?.away).toBe(0);
  });

  it('is decided once', () => {
    const fixed = run(begun('hot'), 130_000, () => false);
    expect(fixed.state).toBe('fixed');
    expect(run(fixed, 10 * minute, () => true)).toBe(fixed);
  });
});

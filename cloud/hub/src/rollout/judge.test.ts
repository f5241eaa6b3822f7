import { expect, it } from 'vitest';
import { type EdgeHealth, healthRules } from '../api/rollout-types.ts';
import { type Judged, judge } from './judge.ts';
import { ringsOf } from './rings.ts';

const rules = healthRules.parse({ soakMinutes: 10, silentMinutes: 15 });
const minute = 60_000;
const well: EdgeHealth = {
  now: { days: 1, faults: 1, heard: 20, understood: 18 },
  before: { days: 7, faults: 7, heard: 100, understood: 90 },
  errors: 0,
};
const edge = (over: Partial<Judged> = {}): Judged => ({
  ...{ edge: 'e', ring: 1, state: 'runs', at: 0, reached: true, goneSince: null, health: well },
  ...over,
});
const ill = (over: Partial<Judged>, now = 20 * minute) => {
  const verdict = judge([edge(), edge({ edge: 'bad', ...over })], 1, rules, now);
  return verdict.is === 'ill' ? verdict.why : verdict.is;
};
const health = (now: Partial<EdgeHealth['now']>, errors = 0): EdgeHealth => ({ ...well, now: { ...well.now, ...now }, errors });

it('a ring is well when all that were reached run it for as long as the rules say, and not before', () => {
  expect(judge([edge()], 1, rules, 9 * minute)).toEqual({ is: 'wait' });
  expect(judge([edge()], 1, rules, 10 * minute)).toEqual({ is: 'well' });
  expect(judge([edge(), edge({ state: 'told', at: 8 * minute })], 1, rules, 10 * minute)).toEqual({ is: 'wait' });
  const away: Partial<Judged> = { state: 'told', reached: false, goneSince: 1 };
  expect(judge([edge(), edge(away)], 1, rules, 90 * minute)).toEqual({ is: 'well' });
  expect(judge([edge({ ring: 0 }), edge(away)], 1, rules, 90 * minute)).toEqual({ is: 'wait' });
});

it('one that is not well stops it, with its reason', () => {
  expect(ill({ state: 'refused', problem: 'faults.yaml: …' })).toEqual({ edge: 'bad', reason: 'refused', detail: 'faults.yaml: …' });
  expect(ill({ state: 'told' })).toMatchObject({ edge: 'bad', reason: 'silent' });
  expect(ill({ goneSince: 1 })).toMatchObject({ reason: 'silent' });
  expect(ill({ health: health({}, 6) })).toEqual({ edge: 'bad', reason: 'errors', is: 6, was: 0 });
  expect(ill({ health: health({ faults: 5 }) })).toEqual({ edge: 'bad', reason: 'faults', is: 5, was: 1 });
  expect(ill({ health: health({ understood: 12 }) })).toMatchObject({ reason: 'understood', is: 0.6, was: 0.9 });
});

it('a bad day within what is usual, or a few sentences, stop nothing', () => {
  expect(ill({ health: health({ faults: 4 }, 5) })).toBe('well');
  expect(ill({ health: health({ heard: 9, understood: 0 }) })).toBe('well');
});

it('every edge is in one ring: those chosen, a share of the others, the rest', () => {
  const edges = Array.from({ length: 11 }, (_, n) => `edge-${n}`);
  const rings = ringsOf(edges, ['edge-3'], 0.2, 'ro-1');
  expect(Object.groupBy(rings.values(), String)).toMatchObject({ 0: { length: 1 }, 1: { length: 2 }, 2: { length: 8 } });
  expect(rings.get('edge-3')).toBe(0);
  expect(ringsOf(edges, ['edge-3'], 0.2, 'ro-1')).toEqual(rings);
  expect(ringsOf(edges, ['edge-3'], 0.2, 'ro-2')).not.toEqual(rings);
});

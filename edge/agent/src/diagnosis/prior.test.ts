import type { FaultModel } from '@wayside/packs';
import { expect, it } from 'vitest';
import { priorOdds } from './prior.ts';

const entry = (when: FaultModel['priors'][number]['when'], times: number) => ({ when, times, source: 'made for this test' });
const now = Date.UTC(2026, 5, 1);
const known = { maker: 'Seat', model: 'Leon', firmware: '3.2.1', year: 2017, climate: 'continental' as const };
const fault = (...priors: ReturnType<typeof entry>[]) => ({ prior: 0.01, priors });
const family = 0.01 / 0.99;

it('is the family’s for a thing of which nothing more is known', () => {
  expect(priorOdds(fault(entry({ model: 'Leon' }, 5), entry({ ageAtLeast: 5 }, 3)))).toBeCloseTo(family, 12);
});

it.each<[FaultModel['priors'][number]['when'], number]>([
  [{ maker: 'SEAT', model: ' leon' }, 5],
  [{ maker: 'Seat', model: 'Ibiza' }, 1],
  [{ firmware: ['3.2.0', '3.2.1'] }, 5],
  [{ firmware: ['3.2'] }, 1],
  [{ ageAtLeast: 9 }, 5],
  [{ ageAtLeast: 10 }, 1],
  [{ ageBelow: 10 }, 5],
  [{ ageAtLeast: 5, ageBelow: 9 }, 1],
  [{ climate: ['polar', 'continental'] }, 5],
  [{ climate: ['tropical'] }, 1],
])('%j makes the odds %i times as large', (when, times) => {
  expect(priorOdds(fault(entry(when, 5)), known, now)).toBeCloseTo(family * times, 12);
});

it('takes every entry that holds, and stays within what a prior can be', () => {
  expect(priorOdds(fault(entry({ model: 'Leon' }, 5), entry({ ageAtLeast: 5 }, 3)), known, now)).toBeCloseTo(family * 15, 12);
  expect(priorOdds(fault(entry({ model: 'Leon' }, 100), entry({ ageAtLeast: 5 }, 100)), known, now)).toBe(1);
  expect(priorOdds({ prior: 0, priors: [] }, known, now)).toBe(1e-9);
});

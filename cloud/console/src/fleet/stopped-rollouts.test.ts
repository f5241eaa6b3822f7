import { expect, it } from 'vitest';
import type { RolloutRow } from '../api/types.ts';
import { stoppedItself } from './stopped-rollouts.ts';

const day = 86_400_000;
const now = 100 * day;
const row = (id: string, over: Partial<RolloutRow> = {}): RolloutRow => ({
  ...{ id, what: { of: 'pack', family: 'vehicle', version: '1', fingerprint: 'f' }, state: 'stopped', ring: 0, ringSince: 1, by: 'Ben' },
  ...{ rules: {} as RolloutRow['rules'], startedAt: now - day, endedAt: now - day, rings: [], edges: [] },
  why: { reason: 'refused', edge: 'e1' },
  ...over,
});
const told = (rows: RolloutRow[], seen: string[] = []) => stoppedItself(rows, seen, now)?.id;

it('tells of the newest that stopped itself, until it is put away, tried anew, or a week old', () => {
  expect(told([])).toBeUndefined();
  expect(told([row('b'), row('a', { what: { of: 'generator', model: 'none' } })])).toBe('b');
  expect(told([row('b'), row('a', { what: { of: 'generator', model: 'none' } })], ['b'])).toBe('a');
  expect(told([row('b', { state: 'running' }), row('a')])).toBeUndefined();
  expect(told([row('a', { endedAt: now - 8 * day })])).toBeUndefined();
});

it('does not tell of what a person stopped, what goes on and what is done', () => {
  expect(told([row('a', { why: { reason: 'person', by: 'Ben' } })])).toBeUndefined();
  expect(told([row('a', { state: 'running', endedAt: null })])).toBeUndefined();
  expect(told([row('a', { state: 'done' })])).toBeUndefined();
});

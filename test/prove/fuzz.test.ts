import { expect, it } from 'vitest';
import { huntFuzz } from './fuzz/hunt.ts';

it('whatever comes from outside is taken or refused in our own words, never thrown over (the quick part of npm run prove:fuzz)', async () => {
  const { faults, byTarget } = await huntFuzz(4_000, 20_260_101);
  expect(faults).toEqual([]);
  expect(Object.keys(byTarget)).toHaveLength(6);
}, 120_000);

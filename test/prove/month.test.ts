import { expect, it } from 'vitest';
import { huntMonth } from './month/hunt.ts';

it('brings up a month in order behind who asks for a person now (the quick part of npm run prove:month)', {
  timeout: 240_000,
}, async () => {
  const { wrong, month } = await huntMonth(20_000, () => {});
  expect(wrong).toEqual([]);
  expect(month).toEqual({ stored: 20_000, different: 20_000, outOfOrder: 0, turns: 1_800, handoffs: 1 });
});

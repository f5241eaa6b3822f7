import { expect, it } from 'vitest';
import { huntMonth } from './month/hunt.ts';

it('brings up a month in order behind who asks for a person now (the quick part of npm run prove:month)', {
  timeout: 240_000,
}, async () => {
  const { wrong, month } = await huntMonth(50_000, () => {});
  expect(wrong).toEqual([]);
  expect(month).toEqual({ stored: 50_000, different: 50_000, outOfOrder: 0, turns: 4_500, handoffs: 1 });
});

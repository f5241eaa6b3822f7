import { expect, it } from 'vitest';
import { healthyWeeks } from './healthy-weeks.ts';

it('shows no fault of any healthy machine when it begins to be watched', { timeout: 120_000 }, async () => {
  const told: string[] = [];
  const rows = await healthyWeeks.run({ share: 0.001, seed: 40, say: (line) => told.push(line) });
  if ('skipped' in rows) throw new Error(rows.skipped);
  const of = (metric: string) => rows.find((row) => row.metric === metric)!.value;
  expect(told).toEqual([]);
  expect(of('weeks')).toBeGreaterThan(0);
  expect(of('faults')).toBe(0);
});

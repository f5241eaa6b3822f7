import { expect, it } from 'vitest';
import { callsOf, skab } from './skab.ts';
import { fitted, scoreRows } from './skab-score.ts';

const rows = (count: number, faulty: (row: number) => boolean) => Array.from({ length: count }, (_, row) => faulty(row));

it('scores the rows after those for learning, all files together', () => {
  const truth = rows(fitted + 100, (row) => row >= fitted + 40 && row < fitted + 90);
  const called = rows(fitted + 100, (row) => row < fitted + 10 || (row >= fitted + 50 && row < fitted + 90));
  // 40 of 50 faulty rows found, 10 of 50 healthy ones called; what was called while it learned does not count.
  expect(scoreRows([{ truth, called }])).toEqual({ f1: 0.8, far: 20, mar: 20 });
  const silent = { truth, called: rows(fitted + 100, () => false) };
  expect(scoreRows([silent])).toEqual({ f1: 0, far: 0, mar: 100 });
  expect(scoreRows([{ truth, called }, silent])).toEqual({ f1: 80 / (80 + 10 + 60), far: 10, mar: 60 });
});

it('replays each row before it sees the next', () => {
  const signals = ['flow', 'pressure'];
  const at = Array.from({ length: 700 }, (_, i) => i * 1000);
  const wave = at.map((_, i) => ({ flow: Math.sin(i) + Math.cos(i * i), pressure: Math.cos(3 * i * i) }));
  const fault = wave.map((row, i) => (i < 600 ? row : { ...row, flow: row.flow + 8 }));
  const called = callsOf({ signals, at, rows: fault });
  expect(called.slice(0, 600)).toEqual(callsOf({ signals, at, rows: wave }).slice(0, 600));
  expect(called.indexOf(true)).toBeGreaterThanOrEqual(600);
  expect(called.indexOf(true)).toBeLessThan(610);
});

it('passes over a set that is not there', async () => {
  expect(await skab.run({ share: 1, say: () => {}, data: '/nowhere' })).toHaveProperty('skipped');
  expect(await skab.run({ share: 1, say: () => {} })).toHaveProperty('skipped');
});

import type { FaultReport } from '@wayside/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EdgeStore, openEdgeStore } from '../store/open.ts';
import { waiting } from '../sync/outbox.ts';
import { createFaultKeeper, keepDtc, pastFaults, recall } from './memory.ts';

const words = { en: 'x', zh: '某' };
const fault = (name: string, probability = 0.9): FaultReport => ({
  thing: 'car',
  fault: name,
  title: words,
  explanation: words,
  severity: 'warning',
  safety: 'stop',
  safetyAdvice: words,
  probability,
  since: 1_000,
  evidence: [],
});

let store: EdgeStore;
beforeEach(async () => {
  store = await openEdgeStore(':memory:', () => 1_000);
});
afterEach(() => store.close());

const told = async () => (await waiting(store.db, 100)).map(({ body }) => [(body as FaultReport).fault, (body as { state: string }).state]);
const kept = async () => (await store.db.selectFrom('fault').select('fault').execute()).map((row) => row.fault);

it('tells the hub once that a fault rose and once that it cleared, also after a restart', async () => {
  await createFaultKeeper(store)('car', [fault('a'), fault('b')], 1);
  const keep = createFaultKeeper(store);
  await keep('car', [fault('b')], 2);
  await keep('car', [fault('b')], 3);
  expect(await told()).toEqual([
    ['a', 'active'],
    ['b', 'active'],
    ['a', 'cleared'],
  ]);
  expect(await kept()).toEqual(['b']);
});

it('says of one whose figures moved only when they moved much', async () => {
  const keep = createFaultKeeper(store);
  for (const probability of [0.5, 0.6, 0.65, 0.9]) await keep('car', [fault('a', probability)], 1);
  expect(await told()).toEqual([
    ['a', 'active'],
    ['a', 'active'],
  ]);
});

it('keeps what is over, newest first, and no more of it than tells a story', async () => {
  const keep = createFaultKeeper(store);
  for (let n = 0; n < 205; n++) {
    await keep('car', [{ ...fault('a'), since: 10 * n }], 10 * n);
    await keep('car', [], 10 * n + 5);
  }
  await keep('van', [fault('b')], 1);
  const past = await pastFaults(store.db, 'car');
  expect(past).toHaveLength(200);
  expect(past[0]).toEqual({ fault: 'a', title: words, since: 2_040, until: 2_045 });
  expect(past.at(-1)).toMatchObject({ since: 50 });
  expect(await pastFaults(store.db, 'van')).toEqual([]);
});

it('does not take for told what could not be written', async () => {
  let full = true;
  const keep = createFaultKeeper({
    db: store.db,
    bulk: (statements) => (full ? Promise.reject(new Error('disk full')) : store.bulk(statements)),
  });
  await expect(keep('car', [fault('a')], 1)).rejects.toThrow('disk full');
  expect(await told()).toEqual([]);
  full = false;
  await keep('car', [fault('a')], 2);
  expect(await told()).toEqual([['a', 'active']]);
});

it('knows after a restart how a code failed and what was frozen with it', async () => {
  const heard = { code: 'P0301', state: 'confirmed' as const, at: 5, failureType: '13', freezeFrame: { 'Vehicle.Speed': 48 } };
  await keepDtc(store.db, { thing: 'car', ...heard }, 6);
  expect((await recall(store.db)).get('car')?.dtcs).toEqual([heard]);
  const { failureType: _, ...again } = { ...heard, at: 7 };
  await keepDtc(store.db, { thing: 'car', ...again }, 8);
  expect((await recall(store.db)).get('car')?.dtcs).toEqual([again]);
});

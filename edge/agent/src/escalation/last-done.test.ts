import { openStore } from '@wayside/sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sayDone } from '../dialogue/say/say-done.ts';
import { type EdgeSchema, migrations } from '../store/schema.ts';
import { lastDone } from './last-done.ts';

const both = (en: string, zh: string) => ({ en, zh });
const day = (n: number) => Date.UTC(2026, 10, n, 12);
let store: Awaited<ReturnType<typeof openStore<EdgeSchema>>>;
beforeAll(async () => {
  store = await openStore<EdgeSchema>(':memory:', migrations);
});
afterAll(() => store.close());

it('is what was done last with the thing, a repair here or a case that a person resolved, and nothing where nothing is known', async () => {
  const { db } = store;
  expect(await lastDone(db, 't1')).toBeUndefined();
  const repair = {
    ...{ repair: 'r1', thing: 't1', family: 'toy', fault: 'belt', faultTitle: both('Belt', '皮带'), procedure: 'belt' },
    ...{
      procedureTitle: both('Tighten the belt', '张紧皮带'),
      state: 'fixed',
      finishedAt: day(17),
      until: day(18),
      needs: 1,
      symptoms: [],
    },
  };
  await db
    .insertInto('repair')
    .values({ id: 'r1', thing: 't1', session: null, state: 'fixed', finishedAt: day(17), body: JSON.stringify(repair) })
    .execute();
  const mended = await lastDone(db, 't1');
  expect(mended).toMatchObject({ kind: 'repair', ref: 'r1', state: 'fixed' });
  expect(sayDone(mended!, day(25), 'en')).toBe(
    '“Tighten the belt” was done here on 17 November; the machine’s own data then showed it fixed.',
  );

  await db
    .insertInto('session')
    .values({ id: 's1', channel: 'text', locale: 'en', person: null, thing: 't1', startedAt: day(20), state: '{}' })
    .execute();
  const open = { urgency: 'normal', because: null, technician: null, rated: null };
  const capsule = JSON.stringify({ faults: [], rule: { id: 'asked', because: both('The person asked.', '用户要求。'), measures: {} } });
  await db
    .insertInto('handoff')
    .values({ ...open, case: 'c1', session: 's1', at: day(20), state: 'seen', rule: 'asked', capsule })
    .execute();
  expect(await lastDone(db, 't1')).toMatchObject({ ref: 'r1' });
  await db.updateTable('handoff').set({ state: 'resolved' }).execute();
  const taken = await lastDone(db, 't1');
  expect(taken).toMatchObject({ kind: 'case', ref: 'c1' });
  expect(sayDone(taken!, day(21), 'zh')).toMatch(/^昨天这台设备已经转过一次人工/);
  // Of one fault only what was done for it: a case may be about several.
  expect(await lastDone(db, 't1', 'belt')).toMatchObject({ kind: 'repair', ref: 'r1' });
  expect(await lastDone(db, 't1', 'fan')).toBeUndefined();
  expect(await lastDone(db, 't2')).toBeUndefined();
});

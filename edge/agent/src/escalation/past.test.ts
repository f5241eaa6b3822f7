import { openStore } from '@wayside/sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sayPast } from '../dialogue/say/say-complaint.ts';
import { type EdgeSchema, migrations } from '../store/schema.ts';
import { pastOf } from './past.ts';

const both = (en: string, zh: string) => ({ en, zh });
const day = (n: number) => Date.UTC(2026, 10, n, 12);
let store: Awaited<ReturnType<typeof openStore<EdgeSchema>>>;
beforeAll(async () => {
  store = await openStore<EdgeSchema>(':memory:', migrations);
});
afterAll(() => store.close());

it('is what was done last with the thing, a repair here or a case that a person resolved, and nothing where nothing is known', async () => {
  const { db } = store;
  expect(await pastOf(db, 't1')).toBeUndefined();
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
  const mended = await pastOf(db, 't1');
  expect(mended).toMatchObject({ kind: 'repair', ref: 'r1', state: 'fixed' });
  expect(sayPast(mended!, 'en')).toBe('On 17 November “Tighten the belt” was done here; the machine’s own data then showed it fixed.');

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
  expect(await pastOf(db, 't1')).toMatchObject({ ref: 'r1' });
  await db.updateTable('handoff').set({ state: 'resolved' }).execute();
  const taken = await pastOf(db, 't1');
  expect(taken).toMatchObject({ kind: 'case', ref: 'c1' });
  expect(sayPast(taken!, 'zh')).toMatch(/^11月20日这台设备已经转过一次人工/);
  expect(await pastOf(db, 't2')).toBeUndefined();
});

import { faultFile, type Pack, procedureFile, symptomFile } from '@wayside/packs';
import { openStore } from '@wayside/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { type EdgeSchema, migrations } from '../store/schema.ts';
import type { Progress } from './progress.ts';
import { createRepairs, type Repairs } from './repairs.ts';

const both = (text: string) => ({ en: text, zh: text });
const pack = {
  family: 'toy',
  ...symptomFile.parse({ symptoms: { slow: { title: both('Slow'), detect: { kind: 'limit', signal: 'speed', below: 1 } } } }),
  ...procedureFile.parse({ procedures: { plug: { title: both('Plug'), steps: [{ id: 'plug', text: both('Change the plug.') }] } } }),
  ...faultFile.parse({
    faults: {
      misfire: {
        title: both('Misfire'),
        explanation: both('It misfires.'),
        severity: 'warning',
        safety: 'gently',
        safetyAdvice: both('Gently.'),
        prior: 0.01,
        symptoms: { slow: 0.4 },
        dtcs: { P0301: 0.9 },
        procedure: 'plug',
        source: 'made for this test',
      },
    },
  }),
  dtcs: { P0301: { title: both('Cylinder 1') } },
} as unknown as Pack;

describe('what is looked for after a repair', () => {
  let store: Awaited<ReturnType<typeof openStore<EdgeSchema>>>;
  let codes: { code: string; state: string; at: number }[];
  let repairs: Repairs;
  const progress: Progress = {
    thing: 't1',
    person: '',
    procedure: 'plug',
    fault: 'misfire',
    showed: [],
    step: 'plug',
    path: [],
    done: true,
    startedAt: 1,
    changedAt: 1,
  };
  const finish = async (showed: string[]) => {
    repairs = createRepairs({
      db: store.db,
      log: createLog('silent', 'test'),
      now: () => 10_000,
      watch: { pack: () => pack, judged: () => new Map(), dtcs: () => codes } as never,
      latest: () => new Map(),
      onChange() {},
    });
    const done = await store.db.transaction().execute((tx) => repairs.keep(tx, { finished: { progress: { ...progress, showed } } }));
    return done()?.symptoms.map(({ ref }) => ref);
  };
  beforeAll(async () => {
    store = await openStore<EdgeSchema>(':memory:', migrations);
  });
  afterAll(() => store.close());

  it('are the symptoms that showed', async () => {
    codes = [{ code: 'P0301', state: 'confirmed', at: 1 }];
    expect(await finish(['slow'])).toEqual(['slow']);
  });
  it('are the codes where no symptom ever showed: one that never was there proves nothing by staying away', async () => {
    codes = [{ code: 'P0301', state: 'confirmed', at: 1 }];
    expect(await finish([])).toEqual(['P0301']);
  });
  it('are all symptoms of the fault where only a person told of it', async () => {
    codes = [];
    expect(await finish([])).toEqual(['slow']);
  });

  it('is no verdict on a code that was just cleared, until the machine has looked again for long enough', async () => {
    let now = 10_000;
    let drives = false;
    let drove = 0;
    repairs = createRepairs({
      db: store.db,
      log: createLog('silent', 'test'),
      now: () => now,
      watch: {
        pack: () => ({ ...pack, monitorsRun: { while: [{ signal: 'speed', above: 40 }], for: '5m' } }),
        judged: () => new Map([['other', { active: false, at: now }]]),
        dtcs: () => codes,
        checkedItself: () => drove,
      } as never,
      latest: () => new Map(),
      onChange() {},
    });
    codes = [{ code: 'P0301', state: 'confirmed', at: 1 }];
    const keep = await store.db
      .transaction()
      .execute((tx) => repairs.keep(tx, { finished: { progress: { ...progress, thing: 't2', showed: [] } } }));
    keep();
    codes = [{ code: 'P0301', state: 'cleared', at: 10_000 }];
    const pass = (minutes: number) => {
      for (let n = 0; n < minutes * 6; n++) {
        now += 10_000;
        if (drives) drove = now;
        repairs.tick();
      }
      return repairs.watched('t2')[0]?.state ?? repairs.decided('t2')?.state;
    };
    expect(pass(30), 'it stands').toBe('watching');
    drives = true;
    expect(pass(4), 'it has not driven long enough').toBe('watching');
    expect(pass(2)).toBe('fixed');
    await repairs.stop();
  });
});

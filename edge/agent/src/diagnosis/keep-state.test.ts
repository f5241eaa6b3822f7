import { faultFile, type Pack, symptomFile } from '@wayside/packs';
import { openStore, type Store } from '@wayside/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { type EdgeSchema, migrations } from '../store/schema.ts';
import { createStateKeeper, type StateKeeper } from './keep-state.ts';
import { madeFault, text } from './made-fault.ts';
import { createWatch } from './watch.ts';

const pack = {
  family: 'toy',
  thing: { signals: { t: { title: 'Temperature', type: 'number', unit: 'celsius' } }, actions: {} },
  ...symptomFile.parse({
    symptoms: {
      hot: { title: text, detect: { kind: 'limit', signal: 't', above: 110, for: '10m' } },
      odd: { title: text, detect: { kind: 'shift', signal: 't', over: '5m', against: '30m' } },
      rising: { title: text, detect: { kind: 'rate', signal: 't', above: 1, over: '1m' } },
    },
  }),
  observations: {},
  ...faultFile.parse({
    faults: {
      hot: madeFault(0.01, { severity: 'danger', safety: 'stop', symptoms: { hot: 0.9 } }),
    },
  }),
  dtcs: {},
} as unknown as Pack;
const start = 1_795_341_600_000;
const minute = 60_000;

let store: Store<EdgeSchema>;
beforeEach(async () => {
  store = await openStore<EdgeSchema>(':memory:', migrations);
});
afterEach(() => store.close());

/** The watch of one life of the edge: what it told, and its keeper. */
function life(things: readonly string[] = ['one']) {
  const told: [string, string[]][] = [];
  const watch = createWatch({
    packs: new Map([['toy', pack]]),
    onChange: (thing, faults) => told.push([thing, faults.map((f) => f.fault)]),
  });
  for (const thing of things) watch.thing(thing, 'toy');
  const keeper = createStateKeeper(store.db, [watch], createLog('silent', 'test'));
  const heat = (thing: string, from: number, to: number, value: number) => {
    for (let at = from; at < to; at += 10_000) watch.samples(thing, [{ signal: 't', value, observedAt: start + at }]);
  };
  return { watch, keeper, told, heat };
}
async function takeUp(keeper: StateKeeper): Promise<void> {
  await keeper.find();
  await keeper.load();
}
const rows = () => store.db.selectFrom('watchState').selectAll().orderBy('thing').orderBy('part').execute();

it('lets a duration run on over a restart', async () => {
  const before = life();
  before.heat('one', 0, 6 * minute, 120);
  await before.keeper.flush(start);
  const after = life();
  await takeUp(after.keeper);
  after.heat('one', 6 * minute, 9 * minute, 120);
  expect(after.told).toEqual([]);
  after.heat('one', 9 * minute, 11 * minute, 120);
  expect(after.told).toEqual([['one', ['hot']]]);
  expect(after.watch.faults('one')).toMatchObject([{ since: start }]);
});

it('still knows a fault that was active, and tells nobody of it again', async () => {
  const before = life();
  before.heat('one', 0, 11 * minute, 120);
  await before.keeper.flush(start);
  const after = life();
  await takeUp(after.keeper);
  expect(after.watch.faults('one').map((f) => f.fault)).toEqual(['hot']);
  expect(after.told).toEqual([]);
});

it('takes up one thing alone when something of it is about to be heard, and the others after', async () => {
  const before = life(['one', 'two']);
  for (const thing of ['one', 'two']) before.heat(thing, 0, 11 * minute, 120);
  await before.keeper.flush(start);
  const after = life(['one', 'two']);
  await after.keeper.find();
  expect(after.keeper.ready('three')).toBeUndefined();
  const [first, again] = [after.keeper.ready('one'), after.keeper.ready('one')];
  expect(again).toBe(first);
  await first;
  expect(after.keeper.ready('one')).toBeUndefined();
  expect(after.watch.faults().map(({ thing }) => thing)).toEqual(['one']);
  after.heat('one', 11 * minute, 22 * minute, 20);
  await after.keeper.load();
  expect(after.watch.faults().map(({ thing }) => thing)).toEqual(['two']);
});

it('keeps what is learned over days apart, and takes it up again', async () => {
  const before = life();
  before.heat('one', 0, 60 * minute, 20);
  await before.keeper.flush(start);
  expect((await rows()).map(({ part }) => part)).toEqual(['detectors', 'learned/t']);
  const after = life();
  await takeUp(after.keeper);
  after.heat('one', 60 * minute, 75 * minute, 60);
  const [, learned] = after.watch.takeLearned('one', true);
  expect(learned).toMatchObject(['learned/t', { odd: { shows: true } }]);
  // One damaged costs only itself.
  await store.db.updateTable('watchState').set({ state: '{"odd":' }).where('part', '=', 'learned/t').execute();
  await takeUp(life().keeper);
  expect((await rows()).map(({ part }) => part)).toEqual(['detectors', 'learned/t (set aside)']);
});

it('writes a thing once in thirty seconds at most, and only when something was heard of it', async () => {
  const { keeper, heat } = life();
  heat('one', 0, minute, 20);
  const written: number[] = [];
  for (let second = 0; second < 100; second++) {
    if (second < 70) heat('one', minute + second * 1_000, minute + second * 1_000 + 1, 20);
    await keeper.beat(start + second * 1_000);
    written.push(...(await rows()).map(({ at }) => (at - start) / 1_000));
  }
  expect([...new Set(written)]).toEqual([0, 30, 60, 90]);
});

it('forgets what was not renewed for ninety days', async () => {
  const { keeper, heat } = life(['one', 'two']);
  heat('one', 0, minute, 20);
  await keeper.flush(start);
  heat('two', 0, minute, 20);
  await keeper.flush(start + 30 * 86_400_000);
  await keeper.beat(start + 100 * 86_400_000);
  expect([...new Set((await rows()).map(({ thing }) => thing))]).toEqual(['two']);
});

it('writes a thousand things in batches, and all of them at the stop', async () => {
  const names = Array.from({ length: 1_000 }, (_, i) => `thing-${i}`);
  const { keeper, heat } = life(names);
  for (const name of names) heat(name, 0, minute, 20);
  await keeper.beat(start);
  const first = await rows();
  expect(first.reduce((sum, { state }) => sum + state.length, 0)).toBeLessThan(300 * 1024);
  expect(first.length).toBeLessThan(1_000);
  await keeper.flush(start + 1_000);
  expect((await rows()).filter(({ part }) => part === 'detectors')).toHaveLength(1_000);
});

it.each([
  ['is no JSON', { state: '{"cells":[' }],
  ['is of another shape', { state: '{"cells":{},"newest":"soon"}' }],
  ['is null', { state: 'null' }],
  ['is of an older format', { format: 0 }],
])('sets aside a state that %s, which costs only itself', async (_, damage) => {
  const before = life(['one', 'two']);
  for (const thing of ['one', 'two']) before.heat(thing, 0, 11 * minute, 120);
  await before.keeper.flush(start);
  await store.db.updateTable('watchState').set(damage).where('thing', '=', 'one').where('part', '=', 'detectors').execute();
  const after = life(['one', 'two']);
  await takeUp(after.keeper);
  expect(after.watch.faults().map(({ thing }) => thing)).toEqual(['two']);
  expect((await rows()).filter(({ part }) => part.startsWith('detectors'))).toMatchObject([
    { thing: 'one', part: 'detectors (set aside)', ...damage },
    { thing: 'two', part: 'detectors' },
  ]);
  after.heat('one', 11 * minute, 22 * minute, 120);
  expect(after.told).toEqual([['one', ['hot']]]);
  await after.keeper.flush(start);
  await takeUp(life().keeper);
  expect((await rows()).flatMap(({ thing, part }) => (thing === 'one' ? [part] : []))).toEqual([
    'detectors',
    'detectors (set aside)',
    'learned/t',
  ]);
});

it('begins one detector anew when the pack has changed its kind, and goes on with the others', async () => {
  const before = life();
  before.heat('one', 0, 11 * minute, 120);
  const [[part, taken]] = before.watch.takeLearned('one', false) as [[string, { states: { symptom: string; state: object }[] }]];
  const states = taken.states.map((one) => (one.symptom === 'rising' ? { ...one, state: { ...one.state, probe: 'odd' } } : one));
  const after = life();
  expect(after.watch.recall('one', part, JSON.parse(JSON.stringify({ ...taken, states })))).toEqual(['rising']);
  expect(after.watch.faults('one').map((f) => f.fault)).toEqual(['hot']);
});

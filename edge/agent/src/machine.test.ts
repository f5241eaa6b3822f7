import type { FaultReport } from '@wayside/contract';
import { loadPack, type Pack, packsRoot } from '@wayside/packs';
import { topicOf } from '@wayside/protocol';
import { openStore, type Store } from '@wayside/sqlite';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Events } from './events.ts';
import { createAdapters } from './link/adapters/adapters.ts';
import { createLog } from './log.ts';
import { createMachine, floodPerSecond, type Machine } from './machine.ts';
import { createMetrics } from './metrics.ts';
import { type EdgeSchema, migrations } from './store/schema.ts';
import { type History, openHistory } from './telemetry/history.ts';

const log = createLog('silent', 'test');
const vehicle: Pack = await loadPack(`${packsRoot}/vehicle`);
const minute = 60_000;

let store: Store<EdgeSchema>;
let history: History;
let now = 1_795_341_600_000;
beforeEach(async () => {
  store = await openStore<EdgeSchema>(':memory:', migrations);
  history = await openHistory(':memory:');
});
afterEach(async () => {
  await history.close();
  await store.close();
});

/** One life of an edge that knows cars. */
async function start(onFlood = () => {}): Promise<Machine> {
  const machine = createMachine({
    store,
    history,
    adapter: createAdapters(log, { send() {}, now: Date.now }),
    packs: new Map([['vehicle', vehicle]]),
    events: new Events(),
    metrics: createMetrics(),
    log,
    now: () => now,
    onRecord: () => {},
    onFlood,
  });
  await machine.load();
  return machine;
}

async function misfires(machine: Machine): Promise<void> {
  const say = (channel: 'description' | 'dtc', words: object) => machine.hear(topicOf('car', channel), Buffer.from(JSON.stringify(words)));
  await say('description', { title: 'Car', family: 'vehicle' });
  await say('dtc', { code: 'P0301', state: 'confirmed' });
}

/** What the hub was told of the car's faults, in order; waits until all that is on its way is stored. */
async function told(): Promise<string[]> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  const rows = await store.db.selectFrom('outbox').select('body').where('kind', '=', 'fault').orderBy('seq').execute();
  return rows.map(({ body }) => JSON.parse(body) as FaultReport & { state: string }).map(({ fault, state }) => `${fault} ${state}`);
}

it('takes back at the hub what vanished while the edge was down, once the grace is over', async () => {
  const before = await start();
  await misfires(before);
  await before.stop();
  expect(await told()).toEqual(['misfire-cylinder-1 active']);

  // The code was cleared by somebody else's tool while the edge was down, so nobody told us.
  await store.db.updateTable('dtc').set({ state: 'cleared' }).execute();
  const after = await start();
  after.tick();
  now += 4 * minute;
  after.tick();
  expect(await told()).toEqual(['misfire-cylinder-1 active']);
  now += 2 * minute;
  after.tick();
  expect(await told()).toEqual(['misfire-cylinder-1 active', 'misfire-cylinder-1 cleared']);
  await after.stop();
});

it('tells the hub nothing again of a fault that is still there after a restart', async () => {
  const before = await start();
  await misfires(before);
  await before.stop();
  const after = await start();
  now += 6 * minute;
  after.tick();
  expect(await told()).toEqual(['misfire-cylinder-1 active']);
  expect(after.watch.faults('car').map(({ fault }) => fault)).toEqual(['misfire-cylinder-1']);
  await after.stop();
});

it('tells of a flood when so many samples came between two ticks, and of none below that', async () => {
  const onFlood = vi.fn();
  const machine = await start(onFlood);
  const say = (channel: 'description' | 'telemetry', words: object) =>
    machine.hear(topicOf('car', channel), Buffer.from(JSON.stringify(words)));
  await say('description', { title: 'Car', family: 'vehicle' });
  const send = (count: number) =>
    Promise.all(Array.from({ length: count }, () => say('telemetry', { at: now++, signals: { 'Vehicle.Speed': 40 } })));
  await send(floodPerSecond - 1);
  machine.tick();
  expect(onFlood).not.toHaveBeenCalled();
  await send(floodPerSecond);
  machine.tick();
  expect(onFlood).toHaveBeenCalledOnce();
  await machine.stop();
});

it('knows of a thing what it knew before a restart when the thing first speaks, and of a faulty one from the start', async () => {
  const say = (machine: Machine, thing: string, signals: object) =>
    machine.hear(topicOf(thing, 'telemetry'), Buffer.from(JSON.stringify({ signals })));
  const before = await start();
  await misfires(before);
  for (const thing of ['van', 'bus'])
    await before.hear(topicOf(thing, 'description'), Buffer.from(JSON.stringify({ title: thing, family: 'vehicle' })));
  for (const thing of ['car', 'van', 'bus'])
    for (let i = 0; i < 60; i++, now += 1_000) await say(before, thing, { 'Vehicle.Chassis.Axle.Row1.Wheel.Left.Brake.PadWear': 10 });
  const known = before.watch.judged('van').size;
  expect(known).toBeGreaterThan(0);
  await before.stop();

  const after = await start();
  expect(after.watch.faults().map(({ thing }) => thing)).toEqual(['car']);
  expect([after.watch.judged('van').size, after.watch.judged('car').size > 0]).toEqual([0, true]);
  await after.hear(topicOf('van', 'presence'), Buffer.from('online'));
  expect(after.watch.judged('van').size).toBe(known);
  expect(after.watch.judged('bus').size).toBe(0);
  await after.whole();
  expect(after.watch.judged('bus').size).toBe(known);
  await after.stop();
});

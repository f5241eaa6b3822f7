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
const hvac: Pack = await loadPack(`${packsRoot}/home-hvac`);
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

/** One life of an edge that knows cars and heat pumps. */
async function start(onFlood = () => {}): Promise<Machine> {
  const machine = createMachine({
    store,
    history,
    adapter: createAdapters(log, { send() {}, now: Date.now }),
    packs: new Map([
      ['vehicle', vehicle],
      ['home-hvac', hvac],
    ]),
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

it('knows of a thing that says what it is only later all that it would know had it said so first', async () => {
  const machine = await start();
  const describe = (thing: string) =>
    machine.hear(
      topicOf(thing, 'description'),
      Buffer.from(
        JSON.stringify({
          title: thing,
          family: 'home-hvac',
          signals: Object.fromEntries(
            ['supply_temperature', 'return_temperature'].map((name) => [name, { title: name, type: 'number', unit: 'degF' }]),
          ),
        }),
      ),
    );
  const began = now;
  for (let second = 0; second < 300; second++, now += 1_000)
    for (const [thing, after] of [
      ['first', 0],
      ['later', 100],
    ] as const) {
      const signals = { supply_temperature: 120 + (second % 7), return_temperature: 100 };
      // In one breath, as a device says it when it comes in.
      await Promise.all([
        ...(second === after ? [describe(thing)] : []),
        machine.hear(topicOf(thing, 'telemetry'), Buffer.from(JSON.stringify({ signals }))),
      ]);
    }
  await machine.stop();
  const spread = (thing: string) => history.read(thing, 'temperature_spread', began, now);
  const [first, later] = [await spread('first'), await spread('later')];
  expect(first.length).toBe(300);
  expect([later.times, later.values]).toEqual([first.times, first.values]);
  expect(first.values[0]).toBeCloseTo((120 - 100) / 1.8, 3);
  expect(machine.watch.judged('first').size).toBeGreaterThan(0);
  expect(machine.watch.judged('later')).toEqual(machine.watch.judged('first'));
});

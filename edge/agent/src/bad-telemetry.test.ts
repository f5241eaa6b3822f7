import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadPack, type Pack, packsRoot } from '@wayside/packs';
import { topicOf } from '@wayside/protocol';
import { createRandom } from '@wayside/simulators';
import { openStore, type Store } from '@wayside/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Events } from './events.ts';
import { createAdapters } from './link/adapters/adapters.ts';
import { createLog } from './log.ts';
import { createMachine, type Machine } from './machine.ts';
import { createMetrics } from './metrics.ts';
import { type EdgeSchema, migrations } from './store/schema.ts';
import { type History, openHistory } from './telemetry/history.ts';

const log = createLog('silent', 'test');
const minute = 60_000;
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** MiB that are held, not those that wait to be thrown away. */
function held(): number {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** A hundred thousand messages, most of them wrong in some way, through the door that devices use. */
describe('telemetry as it comes', () => {
  const count = 100_000;
  const things = 40;
  let store: Store<EdgeSchema>;
  let history: History;
  let machine: Machine;
  let now = 1_795_341_600_000;
  const marks = new Map<string, number>();

  beforeAll(async () => {
    store = await openStore<EdgeSchema>(':memory:', migrations);
    history = await openHistory(':memory:');
    const packs: Pack[] = await Promise.all(['generic', 'vehicle', 'home-hvac'].map((family) => loadPack(`${packsRoot}/${family}`)));
    machine = createMachine({
      store,
      history,
      adapter: createAdapters(log, { send() {}, now: Date.now }),
      packs: new Map(packs.map((pack) => [pack.family, pack])),
      events: new Events(),
      metrics: createMetrics(),
      log,
      now: () => now,
      onRecord: () => {},
      onSamples: (_, samples) => {
        for (const { quality } of samples) marks.set(quality, (marks.get(quality) ?? 0) + 1);
      },
    });
    await machine.load();
  });
  afterAll(async () => {
    await machine.stop();
    await history.close();
    await store.close();
  });

  const say = (thing: string, channel: 'telemetry' | 'description', words: object) =>
    machine.hear(topicOf(thing, channel), Buffer.from(JSON.stringify(words)));

  it('neither stops the edge nor fills its memory, and each sample is marked', { timeout: 300_000 }, async () => {
    const random = createRandom(11, 'garbage');
    const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
    const signals = {
      temperature: { title: 'T', type: 'number', unit: 'celsius', kind: 'temperature', min: -40, max: 60 },
      energy: { title: 'E', type: 'number', unit: 'kWh', kind: 'energy', counter: true },
      smoke: { title: 'S', type: 'boolean', kind: 'smoke' },
    };
    for (let i = 0; i < things; i++)
      if (i % 2 === 0)
        await say(`t${i}`, 'description', { title: `T${i}`, family: pick(['generic', 'vehicle', 'home-hvac', 'spaceship']), signals });
    const odd = [1e308, -1e308, 5e-324, -0, 'on', true, false, '', 'x'.repeat(256), 70, 212, 85, -127];
    const message = (i: number) => {
      const at = random() < 0.3 ? undefined : now + (random() < 0.1 ? (random() - 0.5) * 80 * 86_400_000 : (random() - 0.9) * 10 * minute);
      const body: Record<string, unknown> = {
        temperature: random() < 0.8 ? 21 + random() : pick(odd),
        energy: random() < 0.9 ? (i % 6_000) / 10 : pick(odd),
        smoke: random() < 0.9 ? false : pick(odd),
        [`s${Math.floor(random() ** 4 * 300)}`]: random() < 0.5 ? random() * 100 : pick(odd),
      };
      return JSON.stringify({
        ...(at === undefined ? {} : { at: random() < 0.5 ? Math.max(0, Math.floor(at)) : new Date(at).toISOString() }),
        signals: body,
      });
    };
    const garble = (text: string) => {
      const at = Math.floor(random() * text.length);
      return (
        text.slice(0, at) + pick(['', '{', '"', '\u0000', '1e999', 'NaN', '[[[', '\ud800', '🜂']) + text.slice(at + Math.floor(random() * 9))
      );
    };
    let before: string | undefined;
    const settled = held();
    for (let i = 0; i < count; i += 250) {
      const burst: Promise<void>[] = [];
      for (let k = i; k < i + 250; k++) {
        if (random() < 0.3) now += Math.floor(random() ** 3 * 5_000);
        const thing = `t${Math.floor(random() * things)}`;
        const said: string = random() < 0.1 && before !== undefined ? before : message(k);
        before = said;
        burst.push(machine.hear(topicOf(thing, 'telemetry'), Buffer.from(random() < 0.1 ? garble(said) : said)));
      }
      await Promise.all(burst);
      machine.tick();
      // Now and then everything stands still for hours.
      if (random() < 0.01) now += 7 * 3_600_000;
    }
    for (const mark of [
      'good',
      'undeclared',
      'suspect-time',
      'late',
      'repeated',
      'out-of-range',
      'suspect-unit',
      'wrong-type',
      'counter-reset',
    ])
      expect(marks.get(mark) ?? 0, mark).toBeGreaterThan(0);
    expect(held() - settled).toBeLessThan(60);
  });

  it('does not keep a device that speaks well from being heard', async () => {
    await say('hall', 'description', {
      title: 'Hall',
      family: 'generic',
      signals: { leak: { title: 'Leak', type: 'boolean', kind: 'moisture' } },
    });
    await say('hall', 'telemetry', { signals: { leak: false } });
    expect(machine.watch.faults('hall')).toEqual([]);
    now += 1_000;
    await say('hall', 'telemetry', { signals: { leak: true } });
    expect(machine.watch.faults('hall').map(({ fault }) => fault)).toEqual(['water-leak']);
  });

  it('in another unit raises no alarm of heat, and is told as what it is', async () => {
    const temperature = { title: 'Room', type: 'number', unit: 'celsius', kind: 'temperature', min: -20, max: 45 };
    await say('room', 'description', { title: 'Room', family: 'generic', signals: { temperature } });
    for (let i = 0; i < 30; i++) {
      now += minute;
      await say('room', 'telemetry', { signals: { temperature: 21 + (i % 4) / 10 } });
    }
    for (let i = 0; i < 5; i++) {
      now += minute;
      await say('room', 'telemetry', { signals: { temperature: 70 } });
      machine.tick();
    }
    expect(machine.telemetry.latest('room').get('temperature')).toMatchObject({ value: 70, quality: 'suspect-unit' });
    expect(machine.watch.faults('room').map(({ fault }) => fault)).toEqual(['sensor-wrong']);
  });

  it('of a counter that wraps begins it anew once, and no detector takes that for a fall', async () => {
    const energy = { title: 'Meter', type: 'number', unit: 'kWh', kind: 'energy', counter: true };
    await say('meter', 'description', { title: 'Meter', family: 'generic', signals: { energy } });
    const heard: string[] = [];
    for (let i = 0; i < 3 * 24 * 12; i++) {
      now += 5 * minute;
      await say('meter', 'telemetry', { signals: { energy: (64_000 + 2 * i) % 65_536 } });
      heard.push(machine.telemetry.latest('meter').get('energy')!.quality);
    }
    expect(heard.filter((quality) => quality !== 'good')).toEqual(['counter-reset']);
    expect(machine.watch.faults('meter')).toEqual([]);
  });

  it('of a sensor that is stuck is marked as not to be believed', async () => {
    const pressure = { title: 'Pressure', type: 'number', unit: 'kPa', kind: 'pressure' };
    await say('pipe', 'description', { title: 'Pipe', family: 'generic', signals: { pressure } });
    const from = now - 3 * 86_400_000;
    const hear = (i: number, value: number) => say('pipe', 'telemetry', { at: from + i * 5 * minute, signals: { pressure: value } });
    for (let i = 0; i < 600; i++) await hear(i, 150 + Math.round(10 * Math.sin(i * 1.7)) / 10);
    for (let i = 600; i < 860; i++) await hear(i, 150);
    expect(machine.watch.faults('pipe').map(({ fault }) => fault)).toEqual(['sensor-stuck']);
    expect(machine.telemetry.latest('pipe').get('pressure')?.quality).toBe('doubted');
    await hear(861, 151.3);
    await hear(862, 150.2);
    await hear(863, 150.9);
    expect(machine.telemetry.latest('pipe').get('pressure')?.quality).toBe('good');
  });
});

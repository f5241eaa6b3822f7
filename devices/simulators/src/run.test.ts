import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packsRoot } from '@wayside/packs';
import { topicOf } from '@wayside/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBroker, until } from '../../sdk/src/test-broker.ts';
import { startDemo } from './demo.ts';
import { findScenario, openScenario } from './open.ts';
import { repairThing } from './repair.ts';
import { replay, replaySamples } from './replay.ts';
import { runScenario } from './run.ts';

let broker: Awaited<ReturnType<typeof startBroker>>;
let root: string;
beforeEach(async () => {
  broker = await startBroker();
  root = await mkdtemp(join(tmpdir(), 'simulators-'));
  for (const [file, text] of Object.entries(files)) await write(file, text);
});
afterEach(async () => {
  await broker.stop();
  await rm(root, { recursive: true });
});

async function write(file: string, text: string): Promise<string> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
  return join(root, file);
}

const files = {
  'kettle/pack.yaml': `family: kettle
version: 1.0.0
title: { en: Kettle, zh: 水壶 }
summary: { en: Boils water., zh: 烧水。 }
licence: Apache-2.0
`,
  'kettle/thing.yaml': `signals:
  power: { title: Power, type: number }
  level: { title: Level, type: number }
actions:
  clear: { title: Clear, risk: R1 }
  beep: { title: Beep, risk: R1 }
  explode: { title: Explode, risk: R3 }
`,
  'kettle/recordings/boil.csv': 'seconds,level\n0,80\n1,81\n2,82\n',
  'kettle/tests/scenarios/hot.yaml': `id: hot
title: { en: Hot, zh: 热 }
family: kettle
thing: { id: kettle-1, title: Kettle, maker: Acme }
seed: 3
every: 1s
duration: 30s
base: { recording: boil.csv, signals: { power: { value: 2000, noise: 5 } } }
timeline:
  - { at: 5s, signal: power, do: ramp, to: 2600, over: 5s }
  - { at: 10s, do: dtc, code: E1, state: confirmed }
  - { at: 15s, do: offline }
  - { at: 20s, do: online }
onCommand:
  clear: [{ do: dtc, code: E1, state: cleared }, { signal: power, do: release }]
expect: { fault: null }
`,
};
const hot = () => join(root, 'kettle/tests/scenarios/hot.yaml');
const telemetry = () => broker.on('telemetry').map(({ json }) => json as { at: number; signals: Record<string, number> });
const codes = () => broker.on('dtc').map(({ json }) => `${json.code} ${json.state}`);

describe('a running scenario', () => {
  it('is mended from elsewhere by an event on its own topic', async () => {
    let mended = 0;
    const run = runScenario({ ...(await openScenario(hot())), url: broker.url, lead: 12_000, onRepair: () => mended++ });
    await run.start();
    await until(() => telemetry().some(({ signals }) => (signals.power ?? 0) > 2_500));
    await repairThing({ url: broker.url, thing: 'kettle-1' });
    await until(() => mended === 1 && (telemetry().at(-1)?.signals.power ?? 0) < 2_100);
    await run.stop();
    await expect(repairThing({ url: 'mqtt://127.0.0.1:1', thing: 'kettle-1' })).rejects.toThrow(/Is the edge on .* running/);
  });

  it('is a device on a real broker: describes itself, measures, finds a code, leaves and comes back, ends', async () => {
    const began = Date.now();
    const run = runScenario({ ...(await openScenario(hot())), url: broker.url, speed: 30 });
    await run.start();
    await run.ended;
    const ended = Date.now();

    expect(broker.on('description')[0]?.json).toEqual({ title: 'Kettle', family: 'kettle', maker: 'Acme' });
    // 31 seconds, five of them offline; QoS 1 may say one twice.
    const times = [...new Set(telemetry().map(({ at }) => at))];
    expect(times).toHaveLength(26);
    expect(codes()).toEqual(['E1 cleared', 'E1 confirmed']);
    expect(broker.on('dtc')[1]?.json.freezeFrame).toMatchObject({ level: expect.any(Number), power: expect.any(Number) });
    expect(broker.on('presence').map(({ text }) => text)).toEqual(['online', 'offline', 'online', 'offline']);
    // Spans are true to the scenario though it ran thirty times as fast, and no time lies in the future.
    expect((times.at(-1) as number) - (times[0] as number)).toBe(30_000);
    expect(times[0]).toBeGreaterThanOrEqual(began - 30_000);
    expect(times.at(-1)).toBeLessThanOrEqual(ended);
  });

  it('carries out what the scenario answers, tells when nothing changes, and never takes an R3', async () => {
    const run = runScenario({ ...(await openScenario(hot())), url: broker.url, lead: 12_000 });
    await run.start();
    await until(() => codes().includes('E1 confirmed'));
    for (const name of ['clear', 'beep', 'explode']) {
      await broker.publish(topicOf('kettle-1', 'command'), { id: `c_${name}`, name, args: {}, expires: Date.now() + 5_000 });
    }
    await until(() => broker.on('outcome').length === 3 && codes().at(-1) === 'E1 cleared');
    await run.stop();
    const outcomes = broker.on('outcome').map(({ json }) => [json.id, json.state, json.detail]);
    expect(outcomes.sort()).toEqual([
      ['c_beep', 'done', expect.stringMatching(/changes nothing/)],
      ['c_clear', 'done', undefined],
      ['c_explode', 'refused', expect.stringMatching(/no command/)],
    ]);
  });

  it('says what it lived through before as history, up to the present', async () => {
    const run = runScenario({ ...(await openScenario(hot())), url: broker.url, lead: 9_000 });
    await run.start();
    await until(() => telemetry().length >= 10);
    await run.stop();
    const times = telemetry().map(({ at }) => at);
    expect((times[9] as number) - (times[0] as number)).toBe(9_000);
    expect(times[9]).toBeLessThanOrEqual(Date.now());
  });

  it('begins again when it loops, and takes its codes back first', async () => {
    const text = files['kettle/tests/scenarios/hot.yaml']
      .replace('every: 1s', 'every: 20ms')
      .replace('duration: 30s', 'duration: 200ms')
      .replace('at: 10s', 'at: 100ms');
    const run = runScenario({ ...(await openScenario(await write('kettle/tests/scenarios/hot.yaml', text))), url: broker.url, loop: true });
    await run.start();
    await until(() => codes().filter((code) => code === 'E1 confirmed').length >= 2);
    await run.stop();
    expect(codes().slice(0, 4)).toEqual(['E1 cleared', 'E1 confirmed', 'E1 cleared', 'E1 confirmed']);
  });

  it('refuses a speed that is none, and a fast loop', async () => {
    const opened = await openScenario(hot());
    expect(() => runScenario({ ...opened, url: broker.url, speed: 0 })).toThrow(/between 0.1 and 1000/);
    expect(() => runScenario({ ...opened, url: broker.url, speed: Number.NaN })).toThrow(/between 0.1 and 1000/);
    expect(() => runScenario({ ...opened, url: broker.url, speed: 2, loop: true })).toThrow(/speed 1 only/);
  });
});

describe('without a broker', () => {
  it('a scenario is replayed at full speed with the times of its own clock', async () => {
    const opened = await openScenario(hot());
    const steps = [...replay({ ...opened, start: 1_000_000 })];
    expect(steps).toHaveLength(31);
    expect(steps[10]).toMatchObject({ thing: 'kettle-1', at: 1_010_000, dtcs: [{ code: 'E1', state: 'confirmed' }] });
    const samples = [...replaySamples({ ...opened, start: 1_000_000, thing: 'other' })];
    expect(samples).toHaveLength(26 * 2);
    expect(samples.find(({ signal }) => signal === 'level')).toEqual({
      thing: 'other',
      signal: 'level',
      value: 80,
      observedAt: 1_000_000,
      receivedAt: 1_000_000,
      quality: 'good',
    });
  });
});

describe('a bare recording', () => {
  it('is a scenario that replays it, its columns described', async () => {
    const file = await write('plant 7.csv', 'time,Flow Rate,mode\n2020-03-09 10:00:00,1,on\n2020-03-09 10:00:05,2,on\n');
    const { scenario, signals, recording } = await openScenario(file);
    expect(scenario).toMatchObject({ family: 'recording', every: '5000ms', thing: { id: 'plant-7' } });
    expect(signals).toEqual({ Flow_Rate: { title: 'Flow_Rate', type: 'number' }, mode: { title: 'mode', type: 'string' } });
    expect([...replaySamples({ scenario, recording, start: 0 })].map(({ value }) => value)).toEqual([1, 'on', 2, 'on', 1, 'on']);
  });
});

describe('a scenario that cannot be played', () => {
  const change = (from: string, to: string) =>
    write('kettle/tests/scenarios/hot.yaml', files['kettle/tests/scenarios/hot.yaml'].replace(from, to));

  it.each([
    ['do: ramp', 'do: jump', /timeline\.0\.do \(line 10\)/],
    [', to: 2600', '', /timeline\.0: "ramp" needs to/],
    ['duration: 30s', 'duration: long', /duration \(line 7\): a span is a number/],
    ['seed: 3', 'sede: 3', /"sede", which has no meaning here/],
    ['boil.csv', '../../secret.csv', /lies outside its folder/],
    ['boil.csv', 'gone.csv', /no recording at .*gone\.csv/],
  ])('says what is wrong when "%s" is "%s"', async (from, to, why) => {
    await expect(openScenario(await change(from, to))).rejects.toThrow(why);
  });

  it('is found by name, and a name that is none lists what there is', async () => {
    expect(await findScenario(root, 'hot')).toBe(hot());
    expect(await findScenario(root, 'kettle/hot')).toBe(hot());
    expect(await findScenario(root, hot())).toBe(hot());
    await expect(findScenario(root, 'cold')).rejects.toThrow(/no scenario or file "cold".*kettle\/hot/);
    await write('pan/tests/scenarios/hot.yaml', '');
    await expect(findScenario(root, 'hot')).rejects.toThrow(/several packs: say which one: kettle\/hot, pan\/hot/);
  });
});

describe('the demo', () => {
  it('plays its things and leaves out, telling so, what cannot be played', async () => {
    const file = await write(
      'demo.yaml',
      'again: 1h\nthings:\n  - { id: a-1, scenario: kettle/tests/scenarios/hot.yaml, lead: 5s }\n  - { id: b-1, scenario: gone.yaml }\n',
    );
    const warnings: string[] = [];
    const demo = await startDemo({ mqttUrl: broker.url, packsRoot: root, file, onWarning: (w) => warnings.push(w) });
    expect(demo.things).toEqual(['a-1']);
    expect(warnings.join()).toMatch(/b-1 is left out of the demo: .*gone\.yaml/s);
    await until(() => telemetry().length >= 5);
    expect(broker.heard.every(({ topic }) => topic.includes('/a-1/'))).toBe(true);
    await demo.stop();
  });

  it('that ships brings up a car, a heat pump and a pump', async () => {
    const warnings: string[] = [];
    const demo = await startDemo({ mqttUrl: broker.url, packsRoot, onWarning: (w) => warnings.push(w) });
    const heard = (thing: string) => broker.heard.some(({ topic }) => topic === topicOf(thing, 'telemetry'));
    await until(() => demo.things.every(heard));
    await demo.stop();
    expect(demo.things).toEqual(['car-1', 'heat-pump-1', 'pump-1']);
    expect(warnings).toEqual([]);
    const families = broker.on('description').map(({ json }) => json.family);
    expect(families.sort()).toEqual(['home-hvac', 'industrial-pump', 'vehicle']);
  });

  it('with nothing to play says what to do', async () => {
    await expect(startDemo({ mqttUrl: broker.url, packsRoot: root, things: [] })).rejects.toThrow(/wayside pack check/);
  });
});

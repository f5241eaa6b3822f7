import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { topicOf } from '@wayside/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDevice } from './device.ts';
import { startBroker, until } from './test-broker.ts';
import type { Device, DeviceOptions } from './types.ts';

let broker: Awaited<ReturnType<typeof startBroker>>;
let devices: Pick<Device, 'stop'>[];
let warnings: string[];
beforeEach(async () => {
  broker = await startBroker({ username: 'device', password: 'secret' });
  devices = [];
  warnings = [];
});
afterEach(async () => {
  await Promise.all(devices.map((device) => device.stop()));
  await broker.stop();
});

const description = {
  title: 'Lamp',
  family: 'lamp',
  signals: { level: { title: 'Level', type: 'number' } },
  actions: { dim: { title: 'Dim', risk: 'R1', args: { level: { type: 'number', min: 0, max: 100 } } } },
} as const;
type Lamp = typeof description;

function make(more: Partial<DeviceOptions<Lamp>> = {}): Device<Lamp> {
  const device = createDevice<Lamp>({
    url: broker.url,
    username: 'device',
    password: 'secret',
    id: 'lamp-1',
    description,
    onWarning: (w) => warnings.push(w),
    random: () => 0,
    ...more,
  });
  devices.push(device);
  return device;
}

const order = (id: string, more: object = {}) =>
  broker.publish(topicOf('lamp-1', 'command'), { id, name: 'dim', args: { level: 40 }, expires: Date.now() + 5_000, ...more });
const outcomes = () => broker.on('outcome').map(({ json }) => json);

describe('a device', () => {
  it('describes itself and says it is there, both retained', async () => {
    await make().start();
    await until(() => broker.on('presence').length > 0);
    expect(broker.on('description')[0]).toMatchObject({
      topic: 'wayside/v1/things/lamp-1/description',
      retain: true,
      json: { title: 'Lamp' },
    });
    expect(broker.on('presence')[0]).toMatchObject({ text: 'online', retain: true });
  });

  it('publishes readings, codes and events stamped with when they were said', async () => {
    let clock = 1_000;
    const device = make({ now: () => clock });
    device.publish({ level: 3 });
    clock = 2_000;
    device.dtc('E4', 'confirmed', { freezeFrame: { level: 3 } });
    device.event('button', 'help', { at: 2_500 });
    await device.start();
    await until(() => device.state().sent === 3);
    expect(broker.on('telemetry')[0]?.json).toEqual({ at: 1_000, signals: { level: 3 } });
    expect(broker.on('dtc')[0]?.json).toEqual({ at: 2_000, code: 'E4', state: 'confirmed', freezeFrame: { level: 3 } });
    expect(broker.on('event')[0]?.json).toEqual({ at: 2_500, kind: 'button', name: 'help' });
  });

  it('refuses at once what may not go on the wire', () => {
    const device = make();
    expect(() => device.publish({ level: Number.NaN })).toThrow(/publish: signals/);
    // @ts-expect-error the types say so too
    expect(() => device.publish({ '<b>': 1 })).toThrow(/publish/);
    expect(() => device.publish(Object.fromEntries(Array.from({ length: 1_500 }, (_, i) => [`s${i}`, 'x'.repeat(250)])))).toThrow(
      /larger than/,
    );
    expect(() => device.dtc('', 'confirmed')).toThrow(/code/);
    expect(() => make({ id: 'a/b' })).toThrow(/id/);
    expect(() => make({ url: 'localhost' })).toThrow(/mqtt:\/\//);
    expect(device.state().buffered).toBe(0);
  });

  it('says offline when it stops and leaves nothing unsent', async () => {
    const device = make();
    await device.start();
    for (let i = 0; i < 500; i++) device.publish({ level: i });
    await device.stop();
    expect(device.state()).toMatchObject({ connected: false, buffered: 0, sent: 500 });
    expect(broker.on('telemetry').map(({ json }) => (json.signals as { level: number }).level)).toEqual(
      Array.from({ length: 500 }, (_, i) => i),
    );
    expect(broker.on('presence').at(-1)).toMatchObject({ text: 'offline', retain: true });
  });

  it('is said to be offline by its last will when it vanishes', async () => {
    await make().start();
    await until(() => broker.on('presence').length === 1);
    await broker.cut();
    await until(() => broker.on('presence').at(-1)?.text === 'offline');
  });

  it('keeps what it says while the edge is away and sends it after', async () => {
    const device = make();
    await device.start();
    await broker.cut();
    await until(() => !device.state().connected);
    for (let i = 0; i < 50; i++) device.publish({ level: i });
    expect(device.state().buffered).toBe(50);
    await broker.back();
    await until(() => device.state().buffered === 0);
    const levels = broker.on('telemetry').map(({ json }) => (json.signals as { level: number }).level);
    expect(new Set(levels).size).toBe(50);
    expect(broker.on('presence').at(-1)?.text).toBe('online');
  });

  it('drops its oldest readings, and no trouble code, when the buffer is full', async () => {
    const device = make({ buffer: { limit: 10 } });
    device.dtc('E4', 'confirmed');
    for (let i = 0; i < 30; i++) device.publish({ level: i });
    expect(device.state()).toMatchObject({ buffered: 10, dropped: 21 });
    await device.start();
    await until(() => device.state().sent === 10);
    expect(broker.on('dtc')).toHaveLength(1);
    expect(broker.on('telemetry').map(({ json }) => (json.signals as { level: number }).level)).toEqual([
      21, 22, 23, 24, 25, 26, 27, 28, 29,
    ]);
  });

  it('is told in words that its password is wrong, and can still be stopped', async () => {
    const device = make({ password: 'guess' });
    await device.start();
    expect(device.state().connected).toBe(false);
    expect(warnings.join()).toMatch(/Bad username or password|Not authorized/i);
    await device.stop();
  });

  it('is told when another device uses its id', async () => {
    await make().start();
    await make().start();
    await until(() => warnings.some((warning) => warning.includes('Is another device using the same id?')));
  });

  it('starts without an edge and finds it later', async () => {
    await broker.cut();
    const device = make();
    await device.start();
    expect(warnings.join()).toMatch(/tried again by itself/);
    await broker.back();
    await until(() => device.state().connected);
  });
});

describe('a command', () => {
  it('is carried out and its outcome said', async () => {
    const args: unknown[] = [];
    await make({ commands: { dim: (given) => void args.push(given) } }).start();
    await until(() => broker.on('presence').length > 0);
    await order('c_1');
    await until(() => outcomes().length === 1);
    expect(args).toEqual([{ level: 40 }]);
    expect(outcomes()).toEqual([{ id: 'c_1', state: 'done' }]);
  });

  it('that comes twice is carried out once and answered twice, with the first outcome', async () => {
    let runs = 0;
    await make({ commands: { dim: () => ({ state: 'done', detail: `run ${++runs}` }) } }).start();
    await until(() => broker.on('presence').length > 0);
    await Promise.all([order('c_1'), order('c_1')]);
    await until(() => outcomes().length === 2);
    expect(outcomes()).toEqual([
      { id: 'c_1', state: 'done', detail: 'run 1' },
      { id: 'c_1', state: 'done', detail: 'run 1' },
    ]);
  });

  it.each([
    ['has expired', { expires: 1 }, /expired/],
    ['is unknown', { name: 'explode' }, /no command "explode"/],
    ['is an inherited name', { name: 'toString' }, /no command "toString"/],
    ['lacks an argument', { args: {} }, /"level" is missing/],
    ['has an argument of the wrong type', { args: { level: 'high' } }, /must be a number/],
    ['has an argument out of range', { args: { level: 101 } }, /at most 100/],
    ['has an argument nobody declared', { args: { level: 1, color: 'red' } }, /unknown argument "color"/],
  ])('that %s is refused and not carried out', async (_what, change, why) => {
    let runs = 0;
    await make({ commands: { dim: () => void runs++ } }).start();
    await until(() => broker.on('presence').length > 0);
    await order('c_1', change);
    await until(() => outcomes().length === 1);
    expect(outcomes()[0]).toMatchObject({ id: 'c_1', state: 'refused', detail: expect.stringMatching(why) });
    expect(runs).toBe(0);
  });

  it('that throws has failed, with the reason', async () => {
    const dim = () => {
      throw new Error('the bulb is missing');
    };
    await make({ commands: { dim } }).start();
    await until(() => broker.on('presence').length > 0);
    await order('c_1');
    await until(() => outcomes().length === 1);
    expect(outcomes()[0]).toEqual({ id: 'c_1', state: 'failed', detail: 'the bulb is missing' });
  });

  it('that does not end is aborted when it expires', async () => {
    let aborted = false;
    const dim = (_args: unknown, { signal }: { signal: AbortSignal }) =>
      new Promise<void>(() => signal.addEventListener('abort', () => (aborted = true)));
    await make({ commands: { dim } }).start();
    await until(() => broker.on('presence').length > 0);
    await order('c_1', { expires: Date.now() + 150 });
    await until(() => outcomes().length === 1);
    expect(outcomes()[0]).toMatchObject({ state: 'failed', detail: 'did not finish before it expired' });
    expect(aborted).toBe(true);
  });

  it('that runs while the device stops is answered before it leaves', async () => {
    const device = make({ commands: { dim: () => new Promise<void>(() => {}) } });
    await device.start();
    await until(() => broker.on('presence').length > 0);
    await order('c_1');
    await new Promise((r) => setTimeout(r, 50));
    await device.stop();
    expect(outcomes()).toEqual([{ id: 'c_1', state: 'failed', detail: 'the device is stopping' }]);
  });

  it('that is no command at all is told and disturbs nothing', async () => {
    await make({ commands: { dim: () => {} } }).start();
    await until(() => broker.on('presence').length > 0);
    for (const bad of ['{', '[]', '{"id":"c"}', 'x'.repeat(300_000)]) await broker.publish(topicOf('lamp-1', 'command'), bad);
    await order('c_1');
    await until(() => outcomes().length === 1);
    expect(warnings).toHaveLength(4);
  });
});

describe('the examples', () => {
  it.each([
    ['thermometer', 'thermometer', 2],
    ['pump', 'well-pump', 1],
  ])('%s runs and is heard', async (example, family, readings) => {
    const folder = await mkdtemp(join(tmpdir(), 'example-'));
    const child = spawn(process.execPath, [resolve(import.meta.dirname, `../examples/${example}.ts`)], {
      env: { ...process.env, MQTT_URL: broker.url, MQTT_USERNAME: 'device', MQTT_PASSWORD: 'secret', STORE: join(folder, 'waiting') },
      stdio: 'ignore',
    });
    try {
      await until(() => broker.on('telemetry').length >= readings, 15_000);
      expect(broker.on('description')[0]?.json).toMatchObject({ family });
    } finally {
      const gone = new Promise((r) => child.once('exit', r));
      child.kill('SIGINT');
      await gone;
      await rm(folder, { recursive: true });
    }
    expect(broker.on('presence').at(-1)?.text).toBe('offline');
  });
});

import { topicOf } from '@wayside/protocol';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { type EdgeStore, openEdgeStore } from '../store/open.ts';
import { type Broker, createBroker } from './broker.ts';
import { createDeviceKeys, type DeviceKeys, newDevice } from './device-keys.ts';
import { createDoorKeeper, deviceLimits } from './door-keeper.ts';
import { createPairing } from './pairing.ts';
import { mayGet, mayHear, maySay, type Scope } from './scope.ts';

const site = { username: 'device', password: 'the key of the site' };
const told = (thing: string) => ({ things: [thing], trees: [] });
const gateway: Scope = { things: [], trees: ['zigbee2mqtt'] };

describe('what a device may say and hear', () => {
  it.each<[Scope, string, boolean]>([
    [told('car'), 'wayside/v1/things/car/telemetry', true],
    [told('car'), 'wayside/v1/things/car/presence', true],
    [told('car'), 'wayside/v1/things/car/command', false],
    [told('car'), 'wayside/v1/things/car2/telemetry', false],
    [told('car'), 'wayside/v1/things/pump/telemetry', false],
    [told('car'), 'wayside/v1/things/car/telemetry/more', false],
    [told('car'), 'wayside/v2/things/car/telemetry', false],
    [told('car'), 'zigbee2mqtt/lamp', false],
    [told('car'), '$SYS/x', false],
    [gateway, 'zigbee2mqtt/lamp', true],
    [gateway, 'zigbee2mqttx/lamp', false],
    [gateway, 'wayside/v1/things/car/telemetry', false],
    [{ things: [], trees: [], everything: true }, 'wayside/v1/things/car/command', false],
  ])('%j says %s: %s', (scope, topic, allowed) => expect(maySay(scope, topic)).toBe(allowed));

  it.each<[Scope, string, boolean]>([
    [told('car'), 'wayside/v1/things/car/command', true],
    [told('car'), 'wayside/v1/things/car/#', true],
    [told('car'), 'wayside/v1/things/+/command', false],
    [told('car'), 'wayside/v1/things/#', false],
    [told('car'), 'wayside/v1/things/carpet/command', false],
    [told('car'), 'wayside/#', false],
    [told('car'), '#', false],
    [told('car'), '+/v1/things/car/command', false],
    [told('car'), 'zigbee2mqtt/#', false],
    [gateway, 'zigbee2mqtt/+/set', true],
    [gateway, 'zigbee2mqtt/#', true],
    [gateway, 'homeassistant/status', true],
    [gateway, 'homeassistant/#', false],
    [gateway, 'wayside/v1/things/car/command', false],
  ])('%j hears %s: %s', (scope, filter, allowed) => expect(mayHear(scope, filter)).toBe(allowed));

  it('gets no message that is not its own, by whatever filter', () => {
    expect(mayGet(told('car'), 'wayside/v1/things/car/command')).toBe(true);
    expect(mayGet(told('car'), 'wayside/v1/things/pump/command')).toBe(false);
    expect(mayGet(gateway, 'wayside/v1/things/pump/command')).toBe(false);
  });

  it.each(['wayside', 'wayside/v1', '#', 'a/#', 'a/+/b', '$SYS', '', ' ', 'a b'])('%j is no tree to give to anybody', (tree) =>
    expect(newDevice.safeParse({ device: 'x', trees: [tree] }).success).toBe(false),
  );
});

describe('a device with a secret of its own', () => {
  let store: EdgeStore;
  let keys: DeviceKeys;
  let broker: Broker;
  let port: number;
  let heard: string[];
  const clients: MqttClient[] = [];

  beforeEach(async () => {
    heard = [];
    store = await openEdgeStore(':memory:', Date.now);
    keys = createDeviceKeys(store.db, Date.now);
    await keys.load();
    broker = createBroker({
      host: '127.0.0.1',
      port: 0,
      credentials: site,
      keys,
      log: createLog('silent', 'test'),
      async onMessage(topic, payload) {
        heard.push(`${topic} ${Buffer.from(payload).toString()}`);
      },
    });
    ({ port } = await broker.start());
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.end(true);
    await broker.stop();
    await store.close();
  });

  const connect = async (login: { username?: string; password?: string }, more: IClientOptions = {}) => {
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { ...login, reconnectPeriod: 0, ...more });
    clients.push(client);
    return client;
  };
  const closed = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', () => resolve()));
  const say = (client: MqttClient, topic: string, text = 'x') => client.publishAsync(topic, text, { qos: 1 });

  it('comes in with it alone, on loopback too', async () => {
    const car = await keys.add({ device: 'car' });
    const pump = await keys.add({ device: 'pump' });
    await say(await connect(car), topicOf('car', 'telemetry'));
    expect(heard).toEqual(['wayside/v1/things/car/telemetry x']);
    for (const wrong of [
      {},
      { username: 'car' },
      { username: 'car', password: pump.password },
      { username: 'nobody', password: car.password },
      { username: 'car', password: '' },
    ])
      await expect(connect(wrong), JSON.stringify(wrong)).rejects.toThrow();
  });

  it('is cut off when it speaks for another, also by the straight way of telemetry', async () => {
    const car = await keys.add({ device: 'car' });
    for (const [topic, retain] of [
      [topicOf('pump', 'telemetry'), false],
      [topicOf('pump', 'description'), true],
      [topicOf('car', 'command'), false],
    ] as const) {
      const client = await connect(car);
      const end = closed(client);
      client.publish(topic, '{}', { qos: 1, retain });
      await end;
    }
    expect(heard).toEqual([]);
  });

  it('leaves no last will in the name of another', async () => {
    const car = await keys.add({ device: 'car' });
    const will = (thing: string) => ({ topic: topicOf(thing, 'presence'), payload: Buffer.from('offline'), qos: 1 as const, retain: true });
    for (const thing of ['pump', 'car']) {
      const client = await connect(car, { will: will(thing) });
      client.stream.destroy();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(heard).toEqual(['wayside/v1/things/car/presence offline']);
  });

  it('hears its own commands and nobody else’s, and takes over no session of another', async () => {
    const [car, pump] = [await keys.add({ device: 'car' }), await keys.add({ device: 'pump' })];
    const client = await connect(car, { clientId: 'device-car', clean: false });
    await expect(client.subscribeAsync('wayside/v1/things/+/command')).rejects.toThrow();
    await client.subscribeAsync(topicOf('car', 'command'), { qos: 1 });
    await client.endAsync();
    await broker.publish(topicOf('car', 'command'), 'for the car alone');
    // The same client id would get what waits for the car, and its subscriptions.
    await expect(connect(pump, { clientId: 'device-car', clean: false })).rejects.toThrow();
    const got: string[] = [];
    const back = await connect(car, { clientId: 'device-car', clean: false });
    back.on('message', (topic, payload) => got.push(`${topic} ${payload}`));
    await broker.publish(topicOf('pump', 'command'), 'for the pump');
    await broker.publish(topicOf('car', 'command'), 'once more');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(got.at(-1)).toBe('wayside/v1/things/car/command once more');
    expect(got.some((one) => one.includes('pump'))).toBe(false);
  });

  it('that comes back speaking for less has the rest of its kept subscriptions taken away', async () => {
    const both = await keys.add({ device: 'box', things: ['car', 'pump'] });
    const client = await connect(both, { clientId: 'box', clean: false });
    await client.subscribeAsync([topicOf('car', 'command'), topicOf('pump', 'command')], { qos: 1 });
    await client.endAsync();
    const less = await keys.add({ device: 'box', things: ['car'], anew: true });
    const got: string[] = [];
    const back = await connect(less, { clientId: 'box', clean: false });
    back.on('message', (topic) => got.push(topic));
    for (const thing of ['pump', 'car']) await broker.publish(topicOf(thing, 'command'), '{}');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect([...new Set(got)]).toEqual(['wayside/v1/things/car/command']);
  });

  it('that is removed is cut off at once and does not come back; its name may be given anew', async () => {
    const car = await keys.add({ device: 'car' });
    await expect(keys.add({ device: 'car' })).rejects.toMatchObject({ code: 'conflict' });
    const client = await connect(car);
    const end = closed(client);
    expect(await keys.remove('car')).toBe(true);
    broker.cut('car');
    await end;
    await expect(connect(car)).rejects.toThrow();
    await connect(await keys.add({ device: 'car' }));
  });

  it('keeps its secret over a restart, of which only the hash is in the store', async () => {
    const car = await keys.add({ device: 'car', things: ['car', 'trailer'] });
    const again = createDeviceKeys(store.db, Date.now);
    await again.load();
    expect(again.check('car', Buffer.from(car.password))).toEqual({ things: ['car', 'trailer'], trees: [] });
    expect(JSON.stringify(await store.db.selectFrom('deviceKey').selectAll().execute())).not.toContain(car.password);
    expect(JSON.stringify(again.all())).not.toContain('hash');
  });

  it('holds four connections, and no fifth', async () => {
    const car = await keys.add({ device: 'car' });
    for (let i = 0; i < deviceLimits.connections; i++) await connect(car);
    await expect(connect(car)).rejects.toThrow();
    const end = closed(clients[0]!);
    clients[0]!.end(true);
    await end;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await connect(car);
  });
});

describe('the keeper of the door', () => {
  it('takes the key of the site from this machine alone, unless it is told otherwise', () => {
    const enter = (siteKeyFrom: 'here' | 'everywhere' | 'nowhere', from: string) =>
      typeof createDoorKeeper({ site, siteKeyFrom, keys: undefined, now: () => 0 }).enter(
        'c',
        site.username,
        Buffer.from(site.password),
        from,
      );
    expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map((from) => enter('here', from))).toEqual(['object', 'object', 'object']);
    expect(['192.168.1.9', '::ffff:10.0.0.1', 'fe80::1'].map((from) => enter('here', from))).toEqual(['string', 'string', 'string']);
    expect(enter('everywhere', '192.168.1.9')).toBe('object');
    expect(enter('nowhere', '127.0.0.1')).toBe('string');
  });

  it('slows a device that floods, and not the others', () => {
    let clock = 0;
    const keys = { check: () => told('car') };
    const keeper = createDoorKeeper({ site, siteKeyFrom: 'here', keys, now: () => clock });
    const [car, pump] = ['car', 'pump'].map((name) => keeper.enter(name, name, Buffer.from('x'), '10.0.0.1')) as [never, never];
    const send = (who: never, count: number) => Array.from({ length: count }, () => keeper.spends(who)).filter(Boolean).length;
    expect(send(car, deviceLimits.burst + 5_000)).toBe(deviceLimits.burst);
    expect(send(pump, 100)).toBe(100);
    clock += 1_000;
    expect(send(car, 5_000)).toBe(deviceLimits.perSecond);
  });
});

describe('the window in which devices pair', () => {
  it('is closed until a person opens it, closes by itself, and closes on a guesser', () => {
    let clock = 0;
    const pairing = createPairing(() => clock);
    expect(() => pairing.check('ANYTHING')).toThrow(/No device is let in now/);
    const { code } = pairing.open(60_000);
    expect(code).toMatch(/^[A-Z2-9]{8}$/);
    pairing.check(`${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase());
    clock += 60_000;
    expect(() => pairing.check(code)).toThrow(/No device is let in now/);
    const again = pairing.open(1e9);
    expect(again.until - clock).toBe(15 * 60_000);
    for (let i = 0; i < 5; i++) expect(() => pairing.check('WRONG')).toThrow(/not the code/);
    expect(() => pairing.check(again.code)).toThrow(/No device is let in now/);
  });
});

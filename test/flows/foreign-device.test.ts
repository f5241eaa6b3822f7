import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as captured from '../../edge/agent/src/link/adapters/captured.ts';
import { createSite, type Site, until } from '../support/site.ts';

/** Devices nobody wrote a pack for: they appear by what they announce, and are diagnosed by the kind of what they measure. */
describe('a device that knows nothing of us', () => {
  let site: Site;
  let client: MqttClient;
  const connect = async () => {
    const { mqttPort, mqtt } = site.edge();
    client = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, mqtt);
  };
  beforeAll(async () => {
    site = await createSite();
    await connect();
  });
  afterAll(async () => {
    await client.endAsync();
    await site.close();
  });

  const say = (messages: captured.Captured['messages']) =>
    messages.reduce<Promise<unknown>>(
      (before, [topic, payload]) => before.then(() => client.publishAsync(topic, payload, { qos: 1 })),
      Promise.resolve(),
    );
  const faultsOf = async (thing: string) => (await site.operator.get(`/v1/things/${thing}`)).faults.map((f: { fault: string }) => f.fault);
  const ask = async (thing: string, text: string, locale = 'en') => {
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale, thing });
    const { answer } = await site.operator.post(`/v1/sessions/${session}/turns`, { text });
    return answer as { text: string; rung: string; citations: { kind: string; ref: string }[] };
  };

  it('by Zigbee2MQTT: its battery falls, and “what is wrong with it” is answered from diagnosis, with citations', async () => {
    const thing = 'zigbee2mqtt_0x00158d0003cb2b18';
    const [low] = captured.zigbee2mqtt.messages.slice(-1);
    await say([...captured.zigbee2mqtt.messages.slice(0, -1), [low![0], low![1].replace('"battery":7', '"battery":61')]]);
    expect(await until('the sensor', () => site.operator.get(`/v1/things/${thing}`))).toMatchObject({
      title: 'NAS_Temperatuur1',
      family: 'generic',
      faults: [],
    });
    await say([low!]);
    await until('the fault', async () => (await faultsOf(thing)).includes('battery-low'));
    const answer = await ask(thing, 'What is wrong with it?');
    expect(answer.rung).toBe('diagnosis');
    expect(answer.text).toMatch(/battery/i);
    expect(answer.citations).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'sample', ref: expect.stringContaining(`${thing}/battery@`) }),
        expect.objectContaining({ kind: 'article', ref: 'battery-low' }),
      ]),
    );
    expect((await ask(thing, '它怎么了？', 'zh')).text).toMatch(/电池/);
    const { faults } = await site.operator.get(`/v1/things/${thing}`);
    expect(faults[0].evidence[0]).toMatchObject({ signal: 'battery', value: 7, unit: 'percent', low: 15 });
  });

  it('by Home Assistant’s device discovery: its leak sensor is wet, and what to do comes first', async () => {
    await say(captured.deviceBased.messages);
    await until('the fault', async () => (await faultsOf('ea334450945afc')).includes('water-leak'));
    expect((await ask('ea334450945afc', 'What is wrong?')).text).toMatch(/^Shut the water off/);
  });

  it('by Tasmota and by Shelly: nothing is wrong, and that is said', async () => {
    await say([...captured.tasmota.messages, ...captured.shelly.messages]);
    for (const thing of ['tasmota-DC4F220756C6', 'shellyplus1pm-a8032abe2f18']) {
      await until(thing, () => site.operator.get(`/v1/things/${thing}`));
      expect((await ask(thing, 'Is everything okay?')).text).toMatch(/I find nothing wrong/);
    }
  });

  it('by OVMS: it is known for a car, and what a car could do is refused plainly, since it hears no command', async () => {
    await say(captured.ovms.messages);
    const thing = await until('the car', async () => {
      const { things } = await site.operator.get('/v1/things');
      return things.find((one: { family: string; id: string }) => one.family === 'vehicle')?.id as string | undefined;
    });
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing });
    const command = await site.operator.post(`/v1/sessions/${session}/commands`, { action: 'hazard-lights', args: { on: true } });
    expect(command).toMatchObject({ state: 'refused', why: { en: expect.stringMatching(/takes no commands from me/) } });
    expect((await ask(thing, '打开双闪', 'zh')).text).toMatch(/不接受我的命令/);
  });

  it('by Home Assistant’s discovery with a command topic: it is switched by asking, after a yes, and the effect is read back', async () => {
    const told: string[] = [];
    const plug = await connectAsync(`mqtt://127.0.0.1:${site.edge().mqttPort}`, site.edge().mqtt);
    plug.on('message', (_, payload) => {
      told.push(payload.toString());
      void plug.publishAsync('plug/state', JSON.stringify({ state: payload.toString() }), { qos: 1 });
    });
    await plug.subscribeAsync('plug/set', { qos: 1 });
    await say([
      [
        'homeassistant/switch/plug/relay/config',
        JSON.stringify({
          device: { identifiers: ['plug'], name: 'Fountain plug' },
          name: 'Fountain',
          state_topic: 'plug/state',
          value_template: '{{ value_json.state }}',
          command_topic: 'plug/set',
        }),
      ],
      ['plug/state', '{"state":"OFF"}'],
    ]);
    await until('the plug', () => site.operator.get('/v1/things/plug'));
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'plug' });
    const proposed = await site.operator.post(`/v1/sessions/${session}/commands`, { action: 'turn_on_relay' });
    expect(proposed).toMatchObject({ state: 'proposed', risk: 'R2', title: { en: 'Turn on Fountain' } });
    expect(told).toEqual([]);
    await site.operator.post(`/v1/sessions/${session}/commands/${proposed.command}/consent`);
    const done = await until('the read-back', async () => {
      const { commands } = await site.operator.get(`/v1/sessions/${session}`);
      return commands[0].readBack.met && commands[0];
    });
    expect(told).toEqual(['ON']);
    expect(done.readBack).toMatchObject({ signal: 'relay', met: true });
    await plug.endAsync();
  });

  it('that only sends a number: twenty days it is as usual, the edge restarts, then it is not', { timeout: 120_000 }, async () => {
    const [start, step, count] = [Date.now() - 20 * 86_400_000, 300_000, 5_700];
    const level = (i: number) => 40 + 6 * Math.sin((2 * Math.PI * i) / 288) + ((i * 7_919) % 101) / 50;
    const publish = (i: number, value: number) =>
      client.publishAsync(
        'wayside/v1/things/tank/telemetry',
        JSON.stringify({ at: start + i * step, signals: { level: Number(value.toFixed(2)) } }),
        { qos: 1 },
      );
    for (let i = 0; i < count; i += 100) await Promise.all(Array.from({ length: 100 }, (_, k) => publish(i + k, level(i + k))));
    expect(await faultsOf('tank')).toEqual([]);
    // What it learned in twenty days is not lost with a restart.
    await client.endAsync();
    await site.stopEdge();
    await site.startEdge();
    await connect();
    for (let i = count; i < count + 6; i++) await publish(i, level(i) + 60);
    await until('the fault', async () => (await faultsOf('tank')).includes('unusual-course'));
    const answer = await ask('tank', 'What is wrong with it?');
    expect(answer.rung).toBe('diagnosis');
    expect(answer.text).toMatch(/not as it usually is/);
    expect(answer.citations.map(({ ref }) => ref)).toContainEqual(expect.stringContaining('tank/level@'));
    const { faults } = await site.operator.get('/v1/things/tank');
    const [seen] = faults[0].evidence;
    expect(seen.value).toBeGreaterThan(seen.high);
    expect(seen.high).toBeLessThan(60);
    expect(seen.oneIn).toBeGreaterThanOrEqual(1_000);
  });
});

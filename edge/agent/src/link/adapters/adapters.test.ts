import { description, dtc, telemetry, type Value } from '@wayside/protocol';
import { createRandom } from '@wayside/simulators';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../log.ts';
import type { Said } from './adapter.ts';
import { createAdapters } from './adapters.ts';
import * as captured from './captured.ts';
import { createHomeAssistant } from './home-assistant.ts';
import { createMapping, mappingFile } from './mapping.ts';
import { createOvms } from './ovms.ts';
import { createShelly } from './shelly.ts';
import { createTasmota } from './tasmota.ts';
import { loadTemplates } from './template.ts';
import { createWican } from './wican.ts';

// As who hears messages does, by `prepare`.
beforeAll(() => loadTemplates());

const log = createLog('silent', 'test');
const world = { send() {}, now: Date.now };

/** What is known of each thing after these messages. */
function after({ messages }: captured.Captured, adapter = createAdapters(log, world)) {
  const things: Record<
    string,
    { title?: string; units: Record<string, string | undefined>; values: Record<string, Value>; presence?: string; codes: string[] }
  > = {};
  for (const [topic, payload] of messages)
    for (const said of adapter.hear(topic, payload) ?? []) {
      things[said.thing] ??= { units: {}, values: {}, codes: [] };
      const thing = things[said.thing]!;
      if (said.description) {
        thing.title = said.description.title;
        thing.units = Object.fromEntries(Object.entries(said.description.signals ?? {}).map(([name, { unit }]) => [name, unit]));
      }
      Object.assign(thing.values, said.telemetry?.signals);
      if (said.presence) thing.presence = said.presence;
      if (said.dtc) thing.codes.push(`${said.dtc.code} ${said.dtc.state}`);
    }
  return things;
}

describe('devices that know nothing of us', () => {
  it('Zigbee2MQTT: a climate sensor appears with its values, its units and its battery', () =>
    expect(after(captured.zigbee2mqtt)).toEqual({
      zigbee2mqtt_0x00158d0003cb2b18: {
        title: 'NAS_Temperatuur1',
        units: { humidity: 'percent', battery: 'percent' },
        values: { humidity: 54.2, battery: 7 },
        presence: 'online',
        codes: [],
      },
    }));

  it('Tasmota through Home Assistant: base topics and bracket paths are understood', () =>
    expect(after(captured.tasmotaToHomeAssistant)).toMatchObject({
      '522851': { units: { energy_today: 'kWh' }, values: { energy_today: 0.123 }, presence: 'online' },
    }));

  it('Tasmota by its own discovery: both thermometers and the switch', () =>
    expect(after(captured.tasmota)).toMatchObject({
      'tasmota-DC4F220756C6': {
        title: 'CV-Ruimte',
        units: { ds18b20_1_temperature: 'celsius' },
        values: { ds18b20_1_temperature: 18.5, ds18b20_2_temperature: 17.6, switch1: false },
        presence: 'online',
      },
    }));

  it('abbreviated keys: pressure in bar becomes kPa once', () =>
    expect(after(captured.abbreviated)).toMatchObject({
      'ems-esp-boiler': {
        units: { syspress: 'kPa', boiltemp: 'celsius' },
        values: { syspress: 150, boiltemp: 48.3 },
      },
    }));

  it('device-based discovery: Fahrenheit becomes Celsius, an expression becomes yes or no', () =>
    expect(after(captured.deviceBased)).toMatchObject({
      ea334450945afc: { title: 'Kitchen', values: { some_unique_component_id1: 20, some_unique_id2: true } },
    }));

  it('Shelly: status in parts, watt-hours as kWh, a prefix of the owner’s choice', () =>
    expect(after(captured.shelly)).toMatchObject({
      'shellyplus1pm-a8032abe2f18': { values: { switch_0_output: false, switch_0_voltage: 240.873, switch_0_temperature_tc: 46.2 } },
      'shelly1pmminig3-e4b323133734': { values: { switch_0_aenergy: 2.69073, switch_0_freq: 50 } },
    }));

  it('OVMS: metrics land on their VSS paths', () =>
    expect(after(captured.ovms)).toMatchObject({
      EL12345: {
        values: {
          'Vehicle.LowVoltageBattery.CurrentVoltage': 12.62,
          'Vehicle.LowVoltageBattery.CurrentCurrent': 0,
          'Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed': 62.5,
        },
        presence: 'online',
      },
    }));

  it('WiCAN: OBD-II answers become speed, codes and charge; a maker’s own frames are left alone', () =>
    expect(after(captured.wican)).toMatchObject({
      'wican-dc5475934095': {
        values: {
          'Vehicle.Powertrain.CombustionEngine.Speed': 1726,
          'Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed': 58.1,
        },
        presence: 'online',
        codes: ['P0133 confirmed', 'P0301 confirmed'],
      },
    }));

  it('everything they say passes the doors of our own devices', () => {
    for (const { messages } of captured.everyCaptured) {
      const adapter = createAdapters(log, world);
      for (const said of messages.flatMap(([topic, payload]) => adapter.hear(topic, payload) ?? [])) passes(said);
    }
  });

  it('an update that waits is a yes or no, however it is told', () => {
    const device = { identifiers: ['lamp'], name: 'Lamp' };
    const update = (config: object, state: object) =>
      after({
        from: 'here',
        messages: [
          ['homeassistant/update/lamp/update/config', JSON.stringify({ device, state_topic: 'lamp', ...config })],
          ['lamp', JSON.stringify(state)],
        ],
      }).lamp?.values;
    const templates = {
      value_template: "{{ value_json['update']['installed_version'] }}",
      latest_version_template: "{{ value_json['update']['latest_version'] }}",
    };
    expect(update(templates, { update: { installed_version: 1, latest_version: 2 } })).toEqual({ update: true });
    expect(update(templates, { update: { installed_version: 2, latest_version: 2 } })).toEqual({ update: false });
    expect(update({}, { installed_version: '1.0', latest_version: '1.1' })).toEqual({ update: true });
    expect(update({}, { installed_version: '1.0' })).toEqual({});
    const shelly = after({
      from: 'here',
      messages: [['shellyplus1-a8032abe2f18/status/sys', '{"available_updates":{"stable":{"version":"1.4.4"}}}']],
    });
    expect(shelly).toMatchObject({ 'shellyplus1-a8032abe2f18': { values: { sys_available_updates: true } } });
  });

  it('what only grows is known as a counter', () => {
    const announced = createAdapters(log, world).hear(
      'homeassistant/sensor/meter/energy/config',
      '{"dev":{"ids":["meter"]},"stat_t":"meter","stat_cla":"total_increasing","unit_of_meas":"kWh","dev_cla":"energy"}',
    );
    expect(announced?.[0]?.description?.signals?.energy).toMatchObject({ counter: true, kind: 'energy' });
  });

  it('an entity that is taken back is heard no more', () => {
    const adapter = createAdapters(log, world);
    const [[config, payload], , [state, values]] = [captured.abbreviated.messages[0]!, null, captured.abbreviated.messages[2]!];
    adapter.hear(config, payload);
    expect(adapter.hear(state, values)?.[0]?.telemetry?.signals).toEqual({ syspress: 150 });
    adapter.hear(config, '');
    expect(adapter.hear(state, values) ?? []).toEqual([]);
  });

  it.each([
    ['homeassistant/sensor/a/t/config', '{name:"T"}', /no JSON object/],
    ['homeassistant/sensor/a/t/config', '{"name":"T"}', /a sensor without a state_topic/],
    ['homeassistant/scene/a/t/config', '{"state_topic":"a"}', /“scene” is a kind of entity that is not read/],
    ['homeassistant/device/a/config', '{"components":{"t":{"state_topic":"a"}}}', /a component without a platform/],
  ])('%s %s is passed over, and the log says why', (topic, payload, why) => {
    const told: string[] = [];
    expect(createHomeAssistant((where, reason) => told.push(`${where} ${reason}`)).hear(topic, payload)).toEqual([]);
    expect(told).toEqual([expect.stringMatching(why)]);
  });

  it('a value that is none is passed over and told of; one that is missing is nothing odd', () => {
    const told: string[] = [];
    const adapter = createHomeAssistant((_, why) => told.push(why));
    adapter.hear('homeassistant/sensor/a/t/config', '{"name":"T","state_topic":"a/t","unit_of_measurement":"°C"}');
    for (const word of ['unavailable', '', 'warm', '21']) adapter.hear('a/t', word);
    expect(told).toEqual(['“warm” is no value of t, as it was announced']);
  });

  it.each([
    [createOvms, 'ovms/u/car/metric/v/e/valet', 'no', /VSS has no place for this metric/],
    [createOvms, 'ovms/u/car/metric/v/b/soc', 'much', /“much” is no number/],
    [createOvms, 'ovms/u/car/notify/alert/flatbed', 'tilted', /alerts and events are not read/],
    [createOvms, 'ovms/u/---/metric/v/b/soc', '5', /nothing that an id may have/],
    [createWican, 'wican/1/autopid', 'SOC=5', /no JSON object/],
    [createWican, 'wican/1/autopid', '{"SOH":97}', /“SOH” means differs from car to car/],
    [createWican, 'wican/1/autopid', '{"SOC":"5"}', /SOC is no number/],
    [createWican, 'wican/1/status', '{"status":"asleep"}', /neither online nor offline/],
    [createWican, 'wican/1/can/rx', '{"frame":[{"id":1995,"data":[5,98,3,8,2,69]}]}', /a frame that is no answer/],
    [createWican, 'wican/1/can/rx', '{"frame":[{"id":2024,"data":[3,65,31,0]}]}', /parameter 0x1f of service 01/],
    [createTasmota, 'tasmota/discovery/A1/config', '{"t":"plug"}', /does not say its topics/],
    [createShelly, 'shellyplus1-a8032abe2f18/status/sys', 'on', /no JSON object/],
    [createShelly, 'shellies/announce', '{}', /does not say whose it is/],
  ])('%o: of %s %s is told why it is passed over, and no value comes of it', (create, topic, payload, why) => {
    const told: string[] = [];
    const said = create((where, reason) => told.push(`${where} ${reason}`)).hear(topic, payload);
    expect(said?.filter(({ telemetry: values, presence }) => values ?? presence)).toEqual([]);
    expect(told).toEqual([expect.stringMatching(why)]);
    expect(told[0]).toContain(topic);
  });

  it('nothing is told of what was captured of real devices and is read', () => {
    const told: string[] = [];
    const tell = (where: string, why: string) => told.push(`${where}: ${why}`);
    for (const [create, { messages }] of [
      [createOvms, captured.ovms],
      [createWican, captured.wican],
      [createTasmota, captured.tasmota],
      [createShelly, captured.shelly],
    ] as const) {
      const adapter = create(tell);
      for (const [topic, payload] of messages) adapter.hear(topic, payload);
    }
    expect(told).toEqual([
      'ovms/user/EL12345/metric/m/hardware: VSS has no place for this metric',
      'wican/dc5475934095/can/rx: a frame that is no answer of one frame to the OBD-II services 01, 03 or 07',
    ]);
  });

  it('the log hears each reason once for a topic, with who says it, and is not flooded', () => {
    const lines: [object, string][] = [];
    const adapter = createAdapters(
      { ...log, info: ((...line: unknown[]) => lines.push(line as [object, string])) as unknown as typeof log.info },
      world,
    );
    for (let i = 0; i < 3; i++) adapter.hear('ovms/u/car/metric/x/a', 'yes');
    expect(lines).toEqual([[{ adapter: 'ovms', topic: 'ovms/u/car/metric/x/a' }, 'passed over: VSS has no place for this metric']]);
    for (let i = 0; i < 1_000; i++) adapter.hear(`ovms/u/car/metric/x/${i}`, 'yes');
    expect(lines).toHaveLength(301);
    expect(lines.at(-1)?.[1]).toBe('more is passed over than is told of');
    // One that has much to tell does not silence another.
    adapter.hear('wican/1/autopid', 'SOC=5');
    expect(lines).toHaveLength(302);
  });

  it('a template that could run for ever is not run', () => {
    const adapter = createAdapters(log, world);
    const announced = adapter.hear(
      'homeassistant/sensor/x/y/config',
      JSON.stringify({
        stat_t: 'a/b',
        uniq_id: 'y',
        dev: { ids: ['x'] },
        stat_cla: 'measurement',
        val_tpl: '{% for i in range(1000000000) %}{{ i }}{% endfor %}',
      }),
    );
    expect(announced).toEqual([]);
    expect(adapter.hear('a/b', '1')).toBeUndefined();
  });

  it('nothing that is sent makes an adapter throw, and what comes out passes the doors', () => {
    const random = createRandom(7, 'adapters');
    const all = captured.everyCaptured.flatMap(({ messages }) => messages);
    const adapter = createAdapters(log, world);
    for (let i = 0; i < 20_000; i++) {
      const [topic] = all[Math.floor(random() * all.length)]!;
      const [, payload] = all[Math.floor(random() * all.length)]!;
      const at = Math.floor(random() * payload.length);
      const broken =
        random() < 0.5
          ? payload.slice(0, at) + String.fromCharCode(32 + Math.floor(random() * 95)) + payload.slice(at + 1)
          : payload.replaceAll(/\d+/g, '1e999');
      for (const said of adapter.hear(topic, broken) ?? [])
        if (said.telemetry)
          expect(Object.values(said.telemetry.signals).every((v) => typeof v !== 'number' || Number.isFinite(v))).toBe(true);
    }
  });
});

describe('a mapping file', () => {
  const file = mappingFile.parse({
    devices: [
      {
        topic: 'plant/+/state',
        thing: 'pump-{1}',
        title: 'Pump {1}',
        family: 'industrial-pump',
        signals: {
          vibration: { from: 'vib.rms', unit: 'in/s' },
          running: { type: 'boolean', from: 'mode', on: 'RUN' },
          flow: { from: '{{ value_json.flow * 2 }}' },
        },
      },
    ],
  });

  it('makes a thing of plain JSON on a topic of its own', () =>
    expect(
      after({ from: 'here', messages: [['plant/7/state', '{"vib":{"rms":0.1},"mode":"RUN","flow":3}']] }, createMapping(file)),
    ).toEqual({
      'pump-7': {
        title: 'Pump 7',
        units: { vibration: 'mm/s', running: undefined, flow: undefined },
        values: { vibration: 2.54, running: true, flow: 6 },
        codes: [],
      },
    }));

  it.each([
    ['{"vib":{"rms":"much"},"mode":"RUN"}', /what is found for vibration is no number/],
    ['{"speed":3}', /none of its signals is in it$/],
    ['vib=3', /none of its signals is in it, which is no JSON object/],
  ])('tells why of %s something is passed over, and nothing of what is only missing', (payload, why) => {
    const told: string[] = [];
    const adapter = createMapping(file, 'mapping', (_, reason) => told.push(reason));
    adapter.hear('plant/7/state', '{"mode":"RUN"}');
    expect(told).toEqual([]);
    adapter.hear('plant/7/state', payload);
    expect(told).toEqual([expect.stringMatching(why)]);
  });

  it('leaves topics it does not name to others', () => expect(createMapping(file).hear('plant/7/other', '{}')).toBeUndefined());

  it('says which signal cannot be read', () =>
    expect(() => createMapping(mappingFile.parse({ devices: [{ topic: 'a', thing: 'a', signals: { x: { from: '{{ oops' } } }] }))).toThrow(
      /a, signal x: "\{\{ oops"/,
    ));
});

function passes({ description: described, telemetry: values, dtc: code }: Said): void {
  if (described) expect(description.safeParse(described).error).toBeUndefined();
  if (values) expect(telemetry.safeParse(values).error).toBeUndefined();
  if (code) expect(dtc.safeParse(code).error).toBeUndefined();
}

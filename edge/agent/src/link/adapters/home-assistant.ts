import { canonicalUnit, conversion, type Value } from '@wayside/protocol';
import { type Adapter, objectOf, type Said } from './adapter.ts';
import { type Order, ordersOf, partsOf } from './home-assistant-commands.ts';
import { type Availability, availabilityOf, type Device, describe, nameOf, objectIn, textIn, thingOf } from './home-assistant-device.ts';
import { longKeys } from './home-assistant-keys.ts';
import { type Tell, untold } from './passed-over.ts';
import { compileTemplate, loadTemplates, type Read } from './template.ts';

/** One entity: a value of a thing, where it is published and how it is read. */
type Entity = { thing: string; signal: string; topic: string; read: Read; turn(text: string): Value | undefined };

/** Bounds, so that no device can fill the memory with announcements. */
const most = { entities: 5_000, signalsPerThing: 500, ordersPerThing: 200, text: 256 };
const prefix = 'homeassistant/';
const readable = new Set([
  'sensor',
  'binary_sensor',
  'switch',
  'number',
  'select',
  'light',
  'lock',
  'valve',
  'fan',
  'text',
  'update',
  'cover',
]);

/**
 * Devices that announce themselves to Home Assistant over MQTT: Zigbee2MQTT, ESPHome, Tasmota (older), EMS-ESP, Z-Wave JS and hundreds
 * more. Both layouts: one topic per entity, `homeassistant/<component>/[<node>/]<object>/config`, and one per device,
 * `homeassistant/device/<object>/config` with `components`. Keys long or abbreviated, `~` as the base topic.
 * Home Assistant documentation, "MQTT", section MQTT Discovery.
 * @param tell told why an announcement or a value could not be taken
 */
export function createHomeAssistant(tell: Tell = untold): Adapter {
  const devices = new Map<string, Device>();
  const byTopic = new Map<string, Entity[]>();
  const availability = new Map<string, Availability[]>();
  /** Which entities a config topic made, to take them back when it is emptied or said again. */
  const byConfig = new Map<string, { entities: Entity[]; thing: string; orders: string[] }>();
  let count = 0;

  function forget(config: string): void {
    const known = byConfig.get(config);
    for (const name of known?.orders ?? []) devices.get(known!.thing)?.orders.delete(name);
    for (const entity of known?.entities ?? []) {
      const left = (byTopic.get(entity.topic) ?? []).filter((one) => one !== entity);
      if (left.length > 0) byTopic.set(entity.topic, left);
      else byTopic.delete(entity.topic);
      count--;
    }
    byConfig.delete(config);
  }

  function announce(config: string, payload: string): Said[] {
    forget(config);
    const parsed = objectOf(payload);
    // An empty payload takes the entity away; its thing stays known.
    if (!parsed && payload.trim() !== '') tell(config, 'the announcement is no JSON object');
    if (!parsed) return [];
    const whole = longKeys(parsed);
    const head = longKeys(objectIn(whole.device) ?? {});
    const [component, ...rest] = config.slice(prefix.length, -'/config'.length).split('/');
    const thing = thingOf(head, rest);
    if (!thing) {
      tell(config, 'it does not say whose it is: it needs a device with identifiers, or an object id in its topic');
      return [];
    }
    const device = devices.get(thing) ?? { description: { title: thing, family: 'generic' }, signals: new Map(), orders: new Map() };
    const parts =
      component === 'device' ? Object.entries(objectIn(whole.components) ?? {}) : [[rest.at(-1) ?? '', { platform: component }] as const];
    const made: Entity[] = [];
    const orders: string[] = [];
    for (const { object, part } of parts.flatMap(([key, part]) => partsOf(key, { ...whole, ...longKeys(objectIn(part) ?? {}) }))) {
      if (count >= most.entities) break;
      const entity = entityOf(thing, object, part, device);
      for (const order of ordersFor(thing, object, part, entity)) {
        if (device.orders.size >= most.ordersPerThing) break;
        device.orders.set(order.name, order);
        orders.push(order.name);
      }
      for (const [topic, one] of availabilityOf(thing, part))
        if (!(availability.get(topic) ?? []).some((known) => known.thing === thing))
          availability.set(topic, [...(availability.get(topic) ?? []), one]);
      if (!entity) continue;
      made.push(entity);
      byTopic.set(entity.topic, [...(byTopic.get(entity.topic) ?? []), entity]);
      count++;
    }
    byConfig.set(config, { entities: made, thing, orders });
    if (made.length === 0 && orders.length === 0) {
      tell(
        config,
        `nothing of it can be read here: ${parts.map(([, part]) => whyNot({ ...whole, ...longKeys(objectIn(part) ?? {}) })).join('; ')}`,
      );
      return [];
    }
    device.description = describe(device, head, thing);
    devices.set(thing, device);
    return [{ thing, description: device.description }];
  }

  function hearState(topic: string, payload: string): Said[] | undefined {
    const entities = byTopic.get(topic);
    const presences = availability.get(topic);
    if (!entities && !presences) return undefined;
    const signals = new Map<string, Record<string, Value>>();
    for (const { thing, signal, read, turn } of entities ?? []) {
      const text = read(payload)?.trim();
      const value = text === undefined || unknownWords.has(text.toLowerCase()) ? undefined : turn(text);
      if (value === undefined) {
        if (text !== undefined && !unknownWords.has(text.toLowerCase()))
          tell(topic, `“${text.slice(0, 40)}” is no value of ${signal}, as it was announced`);
        continue;
      }
      const of = signals.get(thing) ?? {};
      of[signal] = value;
      signals.set(thing, of);
    }
    const said: Said[] = [...signals].map(([thing, of]) => ({ thing, telemetry: { signals: of } }));
    for (const { thing, read, available, notAvailable } of presences ?? []) {
      const text = read(payload)?.trim();
      if (text === available) said.push({ thing, presence: 'online' });
      else if (text === notAvailable) said.push({ thing, presence: 'offline' });
    }
    return said;
  }

  return {
    name: 'home-assistant',
    order: (thing, action, args) => devices.get(thing)?.orders.get(action)?.say(args),
    announces: isConfig,
    prepare: (topic) => (isConfig(topic) ? loadTemplates() : undefined),
    hear(topic, payload) {
      if (isConfig(topic)) return announce(topic, payload);
      return hearState(topic, payload) ?? (topic.startsWith(prefix) ? [] : undefined);
    },
  };
}

const isConfig = (topic: string): boolean => topic.startsWith(prefix) && topic.endsWith('/config');

/** What Home Assistant takes as "no value". */
const unknownWords = new Set(['', 'unknown', 'unavailable', 'none', 'null', 'nan']);

function entityOf(thing: string, object: string, part: Record<string, unknown>, device: Device): Entity | undefined {
  const platform = textIn(part.platform) ?? textIn(part.p) ?? '';
  const topic = textIn(part.state_topic);
  const read = compileTemplate(textIn(part.value_template) ?? textIn(part.state_value_template) ?? jsonState(part));
  if (!readable.has(platform) || !topic || !read) return undefined;
  const signal = nameOf(thing, object, part);
  if (!device.signals.has(signal) && device.signals.size >= most.signalsPerThing) return undefined;
  const deviceClass = textIn(part.device_class);
  const title = titleOf(part, signal);
  const unit = textIn(part.unit_of_measurement);
  const base = { thing, signal, topic, read };
  if (platform === 'binary_sensor' || platform === 'switch' || platform === 'light' || platform === 'fan') {
    const on = textIn(part.state_on) ?? textIn(part.payload_on) ?? 'ON';
    const off = textIn(part.state_off) ?? textIn(part.payload_off) ?? 'OFF';
    device.signals.set(signal, { title, type: 'boolean', ...kindOf(deviceClass) });
    return { ...base, turn: (text) => (same(text, on) ? true : same(text, off) ? false : undefined) };
  }
  if (platform === 'update') {
    const template = textIn(part.latest_version_template);
    const latest = template === undefined ? undefined : compileTemplate(template);
    device.signals.set(signal, { title, type: 'boolean', kind: 'update' });
    return { ...base, read: (payload) => versions(read(payload), latest?.(payload)), turn: isUpdate };
  }
  if (platform === 'number' || unit !== undefined || part.state_class !== undefined) {
    const canonical = unit === undefined ? undefined : canonicalUnit(unit);
    const convert = unit === undefined ? undefined : conversion(unit, canonical!);
    device.signals.set(signal, {
      title,
      type: 'number',
      ...(canonical ? { unit: canonical.slice(0, 32) } : {}),
      ...kindOf(deviceClass),
      ...(part.state_class === 'total_increasing' ? { counter: true } : {}),
    });
    return { ...base, turn: (text) => (Number.isFinite(Number(text)) ? (convert ?? identity)(Number(text)) : undefined) };
  }
  device.signals.set(signal, { title, type: 'string', ...kindOf(deviceClass) });
  return { ...base, turn: (text) => text.slice(0, most.text) };
}

/** Why no value comes of a part of an announcement. */
function whyNot(part: Record<string, unknown>): string {
  const platform = textIn(part.platform) ?? textIn(part.p);
  if (platform === undefined) return 'a component without a platform';
  if (!readable.has(platform)) return `“${platform.slice(0, 40)}” is a kind of entity that is not read`;
  if (!textIn(part.state_topic)) return `a ${platform} without a state_topic`;
  return `a ${platform} whose value_template is beyond what is read, or which is one too many`;
}

const titleOf = (part: Record<string, unknown>, signal: string): string =>
  (textIn(part.name) ?? textIn(part.device_class) ?? signal).slice(0, 200);
/** A light of the JSON schema tells its state in JSON, and brings no template for it. */
const jsonState = ({ platform, schema }: Record<string, unknown>): string | undefined =>
  platform === 'light' && schema === 'json' ? '{{ value_json.state }}' : undefined;

function ordersFor(thing: string, object: string, part: Record<string, unknown>, entity: Entity | undefined): Order[] {
  const signal = entity?.signal ?? nameOf(thing, object, part);
  return ordersOf(textIn(part.platform) ?? '', signal, titleOf(part, signal), part, entity !== undefined);
}

/**
 * What an update entity tells, in one text: the state may be the installed version with the latest beside it, or JSON with both (Home
 * Assistant documentation, "MQTT Update").
 */
function versions(state: string | undefined, latest: string | undefined): string | undefined {
  const told = objectOf(state ?? '');
  const [a, b] = told ? [textIn(told.installed_version), textIn(told.latest_version)] : [state, latest];
  return a === undefined || b === undefined ? undefined : `${a}\n${b}`;
}
const isUpdate = (text: string): boolean => {
  const [installed, latest] = text.split('\n');
  return installed !== latest;
};

const identity = (value: number) => value;
// Python's `True` is what a Jinja expression prints for true.
const same = (text: string, state: string) => text.toLowerCase() === state.toLowerCase();
const kindOf = (deviceClass: string | undefined) => (deviceClass === undefined ? {} : { kind: deviceClass.slice(0, 64) });

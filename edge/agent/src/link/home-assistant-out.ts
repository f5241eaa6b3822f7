import type { Pack } from '@wayside/packs';
import { type Description, type Signal, topicOf } from '@wayside/protocol';
import type { Events } from '../events.ts';
import type { Log } from '../log.ts';
import type { KnownThing, Registry } from './registry.ts';

/** As Home Assistant writes it where we write it otherwise; a class such as `temperature` is only good with its unit. */
const units: Record<string, string> = { celsius: '°C', degC: '°C', degF: '°F', percent: '%', 'l/min': 'L/min', 'm3/h': 'm³/h' };

/** Kinds that are device classes of a number there, and of a truth (Home Assistant developer documentation, sensor and binary sensor). */
const classes = {
  number:
    'absolute_humidity apparent_power aqi area atmospheric_pressure battery carbon_dioxide carbon_monoxide conductivity current data_rate data_size distance duration energy energy_storage frequency gas humidity illuminance irradiance moisture nitrogen_dioxide ozone ph pm1 pm10 pm25 power power_factor precipitation precipitation_intensity pressure reactive_power signal_strength sound_pressure speed sulphur_dioxide temperature voltage volume volume_flow_rate volume_storage water weight wind_speed',
  boolean:
    'battery battery_charging carbon_monoxide cold connectivity door garage_door gas heat light lock moisture motion moving occupancy opening plug power presence problem running safety smoke sound tamper update vibration window',
};
const isClass = (type: 'number' | 'boolean', kind: string): boolean => classes[type].split(' ').includes(kind);

const objectId = (name: string): string => name.replace(/[^A-Za-z0-9_-]/g, '_');
const titleOf = ({ title }: { title: Signal['title'] }): string => (typeof title === 'string' ? title : title.en);

export type Discovery = { topic: string; payload: Record<string, unknown> };

/**
 * A thing in the words of Home Assistant's MQTT discovery (its documentation, "MQTT", device discovery): it reads the device's own telemetry, so nothing
 * is said twice. Values only. A command comes through this edge, where somebody agrees to it.
 * @param edge this edge's id, so that two edges' things are not one there
 */
export function discoveryOf(
  thing: string,
  description: Description,
  signals: Record<string, Signal>,
  edge: string,
  version: string,
): Discovery {
  const { title, maker, model, serial, firmware, location } = description;
  const parts = Object.entries(signals).map(([name, signal]) => [
    objectId(name),
    componentOf(name, signal, `wayside_${edge}_${thing}_${name}`),
  ]);
  return {
    topic: `homeassistant/device/wayside_${objectId(thing)}/config`,
    payload: {
      device: {
        identifiers: [`wayside_${edge}_${thing}`],
        name: title,
        ...(maker ? { manufacturer: maker } : {}),
        ...(model ? { model } : {}),
        ...(serial ? { serial_number: serial } : {}),
        ...(firmware ? { sw_version: firmware } : {}),
        ...(location ? { suggested_area: location } : {}),
      },
      origin: { name: 'Wayside', sw_version: version },
      state_topic: topicOf(thing, 'telemetry'),
      availability_topic: topicOf(thing, 'presence'),
      components: Object.fromEntries(parts),
    },
  };
}

/** A message may hold other signals only: an empty value is passed over there, and a word stays what it was. */
const templateOf = (name: string, otherwise: string): string => `{{ value_json.signals['${name}'] | default(${otherwise}) }}`;

function componentOf(name: string, signal: Signal, uniqueId: string): Record<string, unknown> {
  const { type, kind, unit, states, counter } = signal;
  const common = { unique_id: uniqueId, name: titleOf(signal) };
  switch (type) {
    case 'boolean':
      return {
        ...common,
        platform: 'binary_sensor',
        value_template: templateOf(name, "''"),
        // A truth as Jinja prints it.
        payload_on: 'True',
        payload_off: 'False',
        ...(kind && isClass('boolean', kind) ? { device_class: kind } : {}),
      };
    case 'number':
      return {
        ...common,
        platform: 'sensor',
        value_template: templateOf(name, "''"),
        state_class: counter ? 'total_increasing' : 'measurement',
        ...(unit ? { unit_of_measurement: units[unit] ?? unit } : {}),
        ...(kind && isClass('number', kind) ? { device_class: kind } : {}),
      };
    case 'string':
      return {
        ...common,
        platform: 'sensor',
        value_template: templateOf(name, 'this.state'),
        ...(states ? { device_class: 'enum', options: states } : {}),
      };
  }
}

/** What the device itself measures; what follows from that is not in its telemetry. */
function measuredBy(pack: Pack | undefined): Record<string, Signal> {
  const derived = new Set(pack?.derived.map(({ name }) => name));
  return Object.fromEntries(Object.entries(pack?.thing.signals ?? {}).filter(([name]) => !derived.has(name)));
}

/** Announces every thing that speaks in our words, now and when it changes, kept at the broker. Those with words of their own announce themselves. */
export function announceToHomeAssistant(parts: {
  events: Events;
  registry: Pick<Registry, 'all' | 'get'>;
  packs: ReadonlyMap<string, Pack>;
  edge: string;
  version: string;
  publish(topic: string, payload: string, how: { retain: boolean }): Promise<void>;
  log: Log;
}): () => void {
  const { events, registry, packs, edge, version, publish, log } = parts;
  const announced = new Map<string, Description>();

  function announce({ id, description, ownWords }: KnownThing): void {
    if (!description || ownWords || announced.get(id) === description) return;
    announced.set(id, description);
    const signals = description.signals ?? measuredBy(packs.get(description.family));
    const { topic, payload } = discoveryOf(id, description, signals, edge, version);
    publish(topic, JSON.stringify(payload), { retain: true }).catch((err) =>
      log.warn({ err, thing: id }, 'it could not be announced to Home Assistant'),
    );
  }

  for (const thing of registry.all()) announce(thing);
  return events.onSite(
    ({ event, data }) => {
      const thing = event === 'things' ? registry.get(data.thing) : undefined;
      if (thing) announce(thing);
    },
    new Set(['things']),
  );
}

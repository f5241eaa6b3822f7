import { conversion, type Signal, type Value } from '@wayside/protocol';
import { type Adapter, idOf, objectOf, type Said, signalOf } from './adapter.ts';
import { type Tell, untold } from './passed-over.ts';

const maxDevices = 1_000;
const maxSignals = 200;
const ownId = /^shelly[a-z0-9]+-[0-9a-f]{6,12}$/i;

/** What a component's fields are. Shelly API documentation, Gen2+ components: Switch, Input, Temperature, Humidity, DevicePower, EM, PM1. */
const fields: Record<string, { unit?: string; kind?: string }> = {
  apower: { unit: 'W', kind: 'power' },
  voltage: { unit: 'V', kind: 'voltage' },
  current: { unit: 'A', kind: 'current' },
  freq: { unit: 'Hz', kind: 'frequency' },
  tC: { unit: 'celsius', kind: 'temperature' },
  rh: { unit: 'percent', kind: 'humidity' },
  percent: { unit: 'percent', kind: 'battery' },
  V: { unit: 'V', kind: 'voltage' },
  rssi: { unit: 'dBm', kind: 'signal_strength' },
  total: { unit: 'kWh', kind: 'energy' },
};

/**
 * Shelly devices as they come. Gen2 and later: `<id>/events/rpc` (NotifyStatus, NotifyFullStatus), `<id>/status/<component>` and
 * `<id>/online`. Gen1: `shellies/announce` and `shellies/<id>/<component>/…` with plain numbers. Shelly API documentation, MQTT.
 * @param tell told what is passed over, and why
 */
export function createShelly(tell: Tell = untold): Adapter {
  const prefixes = new Map<string, string>();
  const devices = new Map<string, { signals: Map<string, Signal>; model?: string; firmware?: string }>();

  function heard(topic: string, id: string, values: [string, Value, Signal][], more: { model?: string; firmware?: string } = {}): Said[] {
    const thing = idOf(id);
    if (!thing || (!devices.has(thing) && devices.size >= maxDevices)) {
      tell(topic, thing ? `this edge reads ${maxDevices} of these already` : 'its name has nothing that an id may have');
      return [];
    }
    const device = devices.get(thing) ?? { signals: new Map<string, Signal>() };
    const news = !devices.has(thing) || Object.keys(more).length > 0;
    Object.assign(device, more);
    devices.set(thing, device);
    const before = device.signals.size;
    const signals: Record<string, Value> = {};
    for (const [name, value, signal] of values) {
      if (!device.signals.has(name) && device.signals.size >= maxSignals) continue;
      device.signals.set(name, signal);
      signals[name] = value;
    }
    const { model, firmware } = device;
    const description = {
      title: id.slice(0, 120),
      family: 'generic',
      maker: 'Shelly',
      ...(model ? { model } : {}),
      ...(firmware ? { firmware } : {}),
      signals: Object.fromEntries(device.signals),
    };
    return [
      ...(news || device.signals.size > before ? [{ thing, description }] : []),
      ...(Object.keys(signals).length > 0 ? [{ thing, telemetry: { signals } }] : []),
    ];
  }

  /** The prefix is the device's id unless its owner chose another; then its first notification says whose it is. */
  function idBehind(prefix: string, channel: string, payload: string): string | undefined {
    if (ownId.test(prefix)) return prefix;
    const source = channel === 'events/rpc' ? objectOf(payload)?.src : undefined;
    if (typeof source === 'string' && ownId.test(source) && prefixes.size < maxDevices) prefixes.set(prefix, source);
    return prefixes.get(prefix);
  }

  return {
    name: 'shelly',
    hear(topic, payload) {
      if (topic === 'shellies/announce') {
        const told = objectOf(payload);
        if (typeof told?.id !== 'string') {
          tell(topic, 'the announcement does not say whose it is');
          return [];
        }
        return heard(topic, told.id, [], {
          ...(typeof told.model === 'string' ? { model: told.model.slice(0, 120) } : {}),
          ...(typeof told.fw_ver === 'string' ? { firmware: told.fw_ver.slice(0, 60) } : {}),
        });
      }
      const [, gen1, rest] = /^shellies\/([^/]+)\/(.+)$/.exec(topic) ?? [];
      if (gen1 && rest)
        return rest === 'online'
          ? [{ thing: idOf(gen1), presence: payload === 'true' ? 'online' : 'offline' }]
          : heard(topic, gen1, [...gen1Values(rest, payload)]);
      const [, prefix, channel] = /^(.+?)\/(events\/rpc|status\/[a-z0-9]+(?::\d+)?|online)$/i.exec(topic) ?? [];
      if (!prefix || !channel) return undefined;
      const id = idBehind(prefix, channel, payload);
      if (!id) return undefined;
      if (channel === 'online') return [{ thing: idOf(id), presence: payload === 'true' ? 'online' : 'offline' }];
      const told = objectOf(payload);
      if (!told) {
        tell(topic, 'it is no JSON object');
        return [];
      }
      if (channel.startsWith('status/')) return heard(topic, id, [...componentValues(channel.slice('status/'.length), told)]);
      const parameters =
        channel === 'events/rpc' && typeof told.params === 'object' && told.params !== null ? (told.params as Record<string, unknown>) : {};
      return heard(
        topic,
        id,
        Object.entries(parameters).flatMap(([component, status]) =>
          typeof status === 'object' && status !== null ? [...componentValues(component, status as Record<string, unknown>)] : [],
        ),
      );
    },
  };
}

function* componentValues(component: string, status: Record<string, unknown>): Generator<[string, Value, Signal]> {
  for (const [key, value] of Object.entries(status)) {
    const name = signalOf(`${component}_${key}`.replace(':', '_'));
    const title = `${component} ${key}`;
    if (typeof value === 'boolean') yield [name, value, { title, type: 'boolean' }];
    else if (key === 'available_updates' && typeof value === 'object' && value !== null)
      yield [name, Object.hasOwn(value, 'stable'), { title, type: 'boolean', kind: 'update' }];
    else if (typeof value === 'number' && Number.isFinite(value) && fields[key] && key !== 'total')
      yield [name, value, { title, type: 'number', ...fields[key] }];
    else if ((key === 'aenergy' || key === 'temperature' || key === 'battery') && typeof value === 'object' && value !== null) {
      const inner = value as Record<string, unknown>;
      // Gen2 counts energy in Wh.
      if (key === 'aenergy' && typeof inner.total === 'number')
        yield [name, conversion('Wh', 'kWh')!(inner.total), { title, type: 'number', unit: 'kWh', kind: 'energy', counter: true }];
      else yield* componentValues(`${component}_${key}`, Object.fromEntries(Object.entries(inner).filter(([field]) => field !== 'tF')));
    }
  }
}

/** Gen1: the last words of the topic say what the plain payload is. */
function* gen1Values(rest: string, payload: string): Generator<[string, Value, Signal]> {
  const [component, , field] = rest.split('/');
  const number = Number(payload);
  const name = signalOf(rest.replaceAll('/', '_'));
  if (component === 'relay' && field === undefined && (payload === 'on' || payload === 'off'))
    yield [name, payload === 'on', { title: rest, type: 'boolean' }];
  else if (payload.trim() === '' || !Number.isFinite(number)) return;
  // Gen1 counts energy in watt-minutes.
  else if (field === 'energy') yield [name, number / 60_000, { title: rest, type: 'number', unit: 'kWh', kind: 'energy', counter: true }];
  else if (field === 'power') yield [name, number, { title: rest, type: 'number', unit: 'W', kind: 'power' }];
  else if (rest === 'temperature' || rest === 'sensor/temperature')
    yield [name, number, { title: rest, type: 'number', unit: 'celsius', kind: 'temperature' }];
  else if (rest === 'sensor/humidity') yield [name, number, { title: rest, type: 'number', unit: 'percent', kind: 'humidity' }];
  else if (rest === 'sensor/battery') yield [name, number, { title: rest, type: 'number', unit: 'percent', kind: 'battery' }];
  else if (rest === 'sensor/flood') yield [name, payload === 'true', { title: rest, type: 'boolean', kind: 'moisture' }];
}

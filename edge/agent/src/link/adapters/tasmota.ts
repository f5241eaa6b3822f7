import { canonicalUnit, conversion, type Signal, type Value } from '@wayside/protocol';
import { type Adapter, idOf, objectOf, type Said, signalOf } from './adapter.ts';
import { type Tell, untold } from './passed-over.ts';

type Plug = {
  thing: string;
  title: string;
  model?: string;
  firmware?: string;
  tele: string;
  stat: string;
  online: string;
  offline: string;
  signals: Map<string, Signal>;
};

const maxPlugs = 1_000;
const maxSignals = 200;
/** Tasmota names what it measures; the unit is fixed for each, but for temperature and pressure, which the message itself tells. */
const units: Record<string, string> = {
  Voltage: 'V',
  Current: 'A',
  Power: 'W',
  ApparentPower: 'VA',
  ReactivePower: 'var',
  Total: 'kWh',
  Today: 'kWh',
  Yesterday: 'kWh',
  Frequency: 'Hz',
  Humidity: '%',
  DewPoint: '°C',
  Illuminance: 'lx',
  CarbonDioxide: 'ppm',
};

/**
 * Tasmota's own discovery (since 9.2): `tasmota/discovery/<MAC>/config` tells names and topics, `…/sensors` what it measures, and
 * `<tele>/SENSOR`, `<tele>/STATE`, `<stat>/RESULT`, `<tele>/LWT` the values. Tasmota documentation, "MQTT" and "Commands", SetOption19.
 * @param tell told what is passed over, and why
 */
export function createTasmota(tell: Tell = untold): Adapter {
  const plugs = new Map<string, Plug>();
  const byTopic = new Map<string, { plug: Plug; what: 'values' | 'presence' }>();

  function config(topic: string, mac: string, payload: string): Said[] {
    const told = objectOf(payload);
    const prefixes = told?.tp;
    if (!told || typeof told.t !== 'string' || typeof told.ft !== 'string' || !Array.isArray(prefixes) || prefixes.length < 3) {
      tell(topic, 'the announcement does not say its topics: it needs t, ft and tp');
      return [];
    }
    if (!plugs.has(mac) && plugs.size >= maxPlugs) {
      tell(topic, `this edge reads ${maxPlugs} of these already`);
      return [];
    }
    const filled = (prefixed: unknown) =>
      (told.ft as string)
        .replace('%prefix%', String(prefixed))
        .replace('%topic%', told.t as string)
        .replace(/\/$/, '');
    const plug: Plug = {
      thing: idOf(`tasmota-${mac}`),
      title: String(told.dn ?? told.t).slice(0, 120) || mac,
      tele: filled(prefixes[2]),
      stat: filled(prefixes[1]),
      online: String(told.onln ?? 'Online'),
      offline: String(told.ofln ?? 'Offline'),
      signals: plugs.get(mac)?.signals ?? new Map(),
      ...(typeof told.md === 'string' ? { model: told.md.slice(0, 120) } : {}),
      ...(typeof told.sw === 'string' ? { firmware: told.sw.slice(0, 60) } : {}),
    };
    plugs.set(mac, plug);
    for (const end of ['SENSOR', 'STATE']) byTopic.set(`${plug.tele}/${end}`, { plug, what: 'values' });
    byTopic.set(`${plug.stat}/RESULT`, { plug, what: 'values' });
    byTopic.set(`${plug.tele}/LWT`, { plug, what: 'presence' });
    return [{ thing: plug.thing, description: describe(plug) }];
  }

  function values(plug: Plug, told: Record<string, unknown>): Said[] {
    const signals: Record<string, Value> = {};
    const before = plug.signals.size;
    for (const [name, value, signal] of leaves(told)) {
      if (!plug.signals.has(name) && plug.signals.size >= maxSignals) continue;
      plug.signals.set(name, signal);
      signals[name] = value;
    }
    return [
      ...(plug.signals.size > before ? [{ thing: plug.thing, description: describe(plug) }] : []),
      ...(Object.keys(signals).length > 0 ? [{ thing: plug.thing, telemetry: { signals } }] : []),
    ];
  }

  return {
    name: 'tasmota',
    announces: (topic) => topic.startsWith('tasmota/discovery/'),
    hear(topic, payload) {
      const [, mac, kind] = /^tasmota\/discovery\/([^/]+)\/(config|sensors)$/.exec(topic) ?? [];
      if (mac && kind === 'config') return config(topic, mac, payload);
      const plug = mac ? plugs.get(mac) : undefined;
      if (mac) {
        const sensors = objectOf(payload)?.sn;
        return plug && typeof sensors === 'object' && sensors !== null ? values(plug, sensors as Record<string, unknown>) : [];
      }
      const known = byTopic.get(topic);
      if (!known) return undefined;
      if (known.what === 'presence')
        return [{ thing: known.plug.thing, presence: payload.trim() === known.plug.online ? 'online' : 'offline' }];
      const told = objectOf(payload);
      if (!told) tell(topic, 'it is no JSON object');
      return told ? values(known.plug, told) : [];
    },
  };
}

const describe = ({ title, model, firmware, signals }: Plug) => ({
  title,
  family: 'generic',
  maker: 'Tasmota',
  ...(model ? { model } : {}),
  ...(firmware ? { firmware } : {}),
  signals: Object.fromEntries(signals),
});

/** The values in a SENSOR or STATE message: one level of groups (`ENERGY.Power`, `DS18B20-1.Temperature`), relays and switches as booleans. */
function* leaves(told: Record<string, unknown>): Generator<[name: string, value: Value, signal: Signal]> {
  const own: Record<string, string> = {
    ...units,
    Temperature: told.TempUnit === 'F' ? '°F' : '°C',
    Pressure: typeof told.PressureUnit === 'string' ? told.PressureUnit : 'hPa',
    SeaPressure: typeof told.PressureUnit === 'string' ? told.PressureUnit : 'hPa',
  };
  for (const [group, inner] of Object.entries(told)) {
    if (/^(POWER|Switch)\d*$/.test(group) && (inner === 'ON' || inner === 'OFF')) {
      yield [signalOf(group), inner === 'ON', { title: group, type: 'boolean' }];
    } else if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
      for (const [key, value] of Object.entries(inner)) {
        if (typeof value !== 'number' || !Number.isFinite(value)) continue;
        const unit = own[key];
        const canonical = unit && canonicalUnit(unit);
        const converted = unit && canonical ? (conversion(unit, canonical)?.(value) ?? value) : value;
        yield [
          signalOf(`${group}_${key}`),
          converted,
          {
            title: `${group} ${key}`,
            type: 'number',
            ...(canonical ? { unit: canonical } : {}),
            kind: key.toLowerCase(),
            ...(key === 'Total' ? { counter: true } : {}),
          },
        ];
      }
    }
  }
}

import { dtcFromObd, type Value } from '@wayside/protocol';
import { type Adapter, idOf, objectOf, type Said } from './adapter.ts';
import { type Tell, untold } from './passed-over.ts';
import { readPid } from './vehicle-metrics.ts';

const maxDongles = 500;
/** ECUs answer on 0x7E8 to 0x7EF (ISO 15765-4 §10.4, 11-bit), or 0x18DAF1xx (29-bit). */
const isAnswer = (id: number) => (id >= 0x7e8 && id <= 0x7ef) || (id & 0x1fffff00) === 0x18daf100;

/** AutoPID's own names that mean the same on every car; others vary by profile and are left to a mapping file. */
const named: Record<string, string> = {
  SOC: 'Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed',
  SOC_D: 'Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed',
  SOC_BMS: 'Vehicle.Powertrain.TractionBattery.StateOfCharge.Current',
  SPEED: 'Vehicle.Speed',
  HV_V: 'Vehicle.Powertrain.TractionBattery.CurrentVoltage',
  HV_A: 'Vehicle.Powertrain.TractionBattery.CurrentCurrent',
  HV_T_MAX: 'Vehicle.Powertrain.TractionBattery.Temperature.Max',
  HV_T_MIN: 'Vehicle.Powertrain.TractionBattery.Temperature.Min',
  HV_T_AVG: 'Vehicle.Powertrain.TractionBattery.Temperature.Average',
  LV_V: 'Vehicle.LowVoltageBattery.CurrentVoltage',
  battery_voltage: 'Vehicle.LowVoltageBattery.CurrentVoltage',
  T_AMB: 'Vehicle.Exterior.AirTemperature',
};

/**
 * MeatPi WiCAN dongles: `wican/<id>/can/rx` carries CAN frames, of which the answers to OBD-II services 01 (values), 03 and 07 (codes)
 * are read where one frame holds them; `wican/<id>/status` and `…/can/status` presence; any other JSON below `wican/<id>/` AutoPID values.
 * @param tell told what is passed over, and why
 */
export function createWican(tell: Tell = untold): Adapter {
  const dongles = new Set<string>();

  return {
    name: 'wican',
    hear(topic, payload) {
      const [, id, rest] = /^wican\/([^/]+)\/(.+)$/.exec(topic) ?? [];
      const thing = id && idOf(`wican-${id}`);
      if (!thing || !rest) return undefined;
      if (!dongles.has(thing) && dongles.size >= maxDongles) {
        tell(topic, `this edge reads ${maxDongles} dongles already`);
        return [];
      }
      const news: Said[] = dongles.has(thing)
        ? []
        : [{ thing, description: { title: `WiCAN ${id}`.slice(0, 120), family: 'vehicle', maker: 'MeatPi' } }];
      dongles.add(thing);
      const told = objectOf(payload);
      if (!told) {
        tell(topic, 'it is no JSON object');
        return news;
      }
      if (rest === 'status' || rest === 'can/status') {
        if (told.status === 'online' || told.status === 'offline') return [...news, { thing, presence: told.status }];
        tell(topic, 'its status is neither online nor offline');
        return news;
      }
      if (rest === 'can/rx') return [...news, ...framesOf(told).flatMap((frame) => answer(thing, frame, (why) => tell(topic, why)))];
      const signals: Record<string, Value> = {};
      for (const [name, value] of Object.entries(told)) {
        const path = Object.hasOwn(named, name) ? named[name] : undefined;
        if (path && typeof value === 'number' && Number.isFinite(value)) signals[path] = value;
        else
          tell(
            topic,
            path ? `${name} is no number` : `what “${name.slice(0, 40)}” means differs from car to car: say it in a mapping file`,
          );
      }
      return Object.keys(signals).length > 0 ? [...news, { thing, telemetry: { signals } }] : news;
    },
  };
}

function framesOf(told: Record<string, unknown>): { id: number; data: number[] }[] {
  const frames = Array.isArray(told.frame) ? told.frame.slice(0, 64) : [];
  return frames.flatMap((frame: unknown) => {
    const { id, data } = (frame ?? {}) as { id?: unknown; data?: unknown };
    const bytes = Array.isArray(data) && data.length <= 8 && data.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255);
    return typeof id === 'number' && bytes ? [{ id, data: data as number[] }] : [];
  });
}

/** One ISO-TP single frame (ISO 15765-2 §9.6.2: high nibble 0, low nibble the length) as values or codes. */
function answer(thing: string, { id, data }: { id: number; data: number[] }, passOver: (why: string) => void): Said[] {
  const [length = 0, service = 0, ...rest] = data;
  if (!isAnswer(id) || length > 7 || length < 2 || ![0x41, 0x43, 0x47].includes(service)) {
    passOver('a frame that is no answer of one frame to the OBD-II services 01, 03 or 07');
    return [];
  }
  if (service === 0x41) {
    const signals = readPid(rest[0] ?? -1, rest.slice(1));
    if (!signals) passOver(`VSS has no place for parameter ${hex(rest[0] ?? 0)} of service 01`);
    return signals ? [{ thing, telemetry: { signals } }] : [];
  }
  const state = service === 0x43 ? ('confirmed' as const) : ('pending' as const);
  // On CAN the first byte counts the codes; at most two fit into a single frame.
  const count = Math.min(rest[0] ?? 0, 2);
  return Array.from({ length: count }, (_, i) => dtcFromObd(rest[1 + 2 * i] ?? 0, rest[2 + 2 * i] ?? 0)).flatMap((code) =>
    code ? [{ thing, dtc: { code, state } }] : [],
  );
}

const hex = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`;

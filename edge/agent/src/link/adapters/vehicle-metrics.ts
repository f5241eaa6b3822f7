import { conversion, type Value } from '@wayside/protocol';

/** A foreign name as a COVESA VSS 6.0 path, with the unit it comes in and the one VSS wants. */
export type Metric = { path: string; from?: string; to?: string };

const tire = (row: 1 | 2, side: 'Left' | 'Right') => `Vehicle.Chassis.Axle.Row${row}.Wheel.${side}.Tire`;
const battery = 'Vehicle.Powertrain.TractionBattery';
const engine = 'Vehicle.Powertrain.CombustionEngine';

/**
 * OVMS v3 standard metrics that VSS has a place for (OVMS user guide, "Metrics"). The unit is OVMS's default where a payload brings none.
 */
export const ovmsMetrics: Record<string, Metric> = {
  'v.b.soc': { path: `${battery}.StateOfCharge.Displayed` },
  'v.b.soc.abs': { path: `${battery}.StateOfCharge.Current` },
  'v.b.voltage': { path: `${battery}.CurrentVoltage`, from: 'V', to: 'V' },
  'v.b.current': { path: `${battery}.CurrentCurrent`, from: 'A', to: 'A' },
  'v.b.temp': { path: `${battery}.Temperature.Average`, from: 'celsius', to: 'celsius' },
  'v.b.p.temp.max': { path: `${battery}.Temperature.Max`, from: 'celsius', to: 'celsius' },
  'v.b.p.temp.min': { path: `${battery}.Temperature.Min`, from: 'celsius', to: 'celsius' },
  'v.b.12v.voltage': { path: 'Vehicle.LowVoltageBattery.CurrentVoltage', from: 'V', to: 'V' },
  'v.b.12v.current': { path: 'Vehicle.LowVoltageBattery.CurrentCurrent', from: 'A', to: 'A' },
  'v.c.charging': { path: `${battery}.Charging.IsCharging` },
  'v.c.voltage': { path: `${battery}.Charging.ChargeVoltage.Phase1`, from: 'V', to: 'V' },
  'v.c.current': { path: `${battery}.Charging.ChargeCurrent.Phase1`, from: 'A', to: 'A' },
  'v.p.speed': { path: 'Vehicle.Speed', from: 'km/h', to: 'km/h' },
  'v.p.odometer': { path: 'Vehicle.TraveledDistance', from: 'km', to: 'm' },
  'v.e.temp': { path: 'Vehicle.Exterior.AirTemperature', from: 'celsius', to: 'celsius' },
  'v.e.cabintemp': { path: 'Vehicle.Cabin.HVAC.AmbientAirTemperature', from: 'celsius', to: 'celsius' },
  'v.tp.fl.p': { path: `${tire(1, 'Left')}.Pressure`, from: 'kPa', to: 'kPa' },
  'v.tp.fr.p': { path: `${tire(1, 'Right')}.Pressure`, from: 'kPa', to: 'kPa' },
  'v.tp.rl.p': { path: `${tire(2, 'Left')}.Pressure`, from: 'kPa', to: 'kPa' },
  'v.tp.rr.p': { path: `${tire(2, 'Right')}.Pressure`, from: 'kPa', to: 'kPa' },
};

/** What an OVMS payload says: `12.62V`, `62.5%`, `257km`, `yes`. The unit it brings wins over the default. */
export function readOvms({ path, from, to }: Metric, payload: string): Record<string, Value> | undefined {
  const text = payload.trim();
  if (text === 'yes' || text === 'no') return { [path]: text === 'yes' };
  const [, digits, unit] = /^([-+]?\d+(?:\.\d+)?)\s*([^\d\s].*)?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  // Kilometres to metres: VSS counts distance in metres, our canonical table in kilometres.
  if (to === 'm') return { [path]: (conversion(unit ?? from ?? 'km', 'km')?.(number) ?? number) * 1000 };
  const turned = from && to ? (conversion(unit && conversion(unit, to) ? unit : from, to)?.(number) ?? number) : number;
  return { [path]: turned };
}

/**
 * OBD-II service 01: how the data bytes of a parameter become a value (SAE J1979 / ISO 15031-5, the public table of standard PIDs).
 * @returns the value by VSS path, or undefined for a parameter VSS has no place for
 */
export function readPid(pid: number, [a = 0, b = 0]: readonly number[]): Record<string, Value> | undefined {
  switch (pid) {
    case 0x05:
      return { [`${engine}.EngineCoolant.Temperature`]: a - 40 };
    case 0x0b:
      return { [`${engine}.MAP`]: a };
    case 0x0c:
      return { [`${engine}.Speed`]: (256 * a + b) / 4, [`${engine}.IsRunning`]: 256 * a + b > 0 };
    case 0x0d:
      return { 'Vehicle.Speed': a };
    case 0x10:
      return { [`${engine}.MAF`]: (256 * a + b) / 100 };
    case 0x11:
      return { [`${engine}.TPS`]: (a * 100) / 255 };
    case 0x2f:
      return { 'Vehicle.Powertrain.FuelSystem.RelativeLevel': (a * 100) / 255 };
    case 0x42:
      return { 'Vehicle.LowVoltageBattery.CurrentVoltage': (256 * a + b) / 1000 };
    case 0x46:
      return { 'Vehicle.Exterior.AirTemperature': a - 40 };
    case 0x5b:
      return { [`${battery}.StateOfCharge.Current`]: (a * 100) / 255 };
    case 0x5c:
      return { [`${engine}.EngineOil.Temperature`]: a - 40 };
    default:
      return undefined;
  }
}

import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** One healthy drive: rows of VSS signals, ms from its beginning. A row holds what was read at that moment. */
export type Drive = { name: string; car: string; rows: { ms: number; signals: Record<string, number | boolean> }[] };

const engine = 'Vehicle.Powertrain.CombustionEngine';
/** What the foot off the pedal reads, percent; VSS has 0 for that. */
const pedal = (atRest: number) => (value: number) => Math.max(0, value - atRest);

type Column = { signal: string; convert?: (value: number) => number };

/** KIT's columns, without their units, as VSS signals. What VSS 6.0 has no signal for is left out. */
const kit: Record<string, Column> = {
  'Engine Coolant Temperature': { signal: `${engine}.EngineCoolant.Temperature` },
  'Intake Manifold Absolute Pressure': { signal: `${engine}.MAP` },
  'Engine RPM': { signal: `${engine}.Speed` },
  'Vehicle Speed Sensor': { signal: 'Vehicle.Speed' },
  'Air Flow Rate from Mass Flow Sensor': { signal: `${engine}.MAF` },
  'Absolute Throttle Position': { signal: `${engine}.TPS` },
  'Ambient Air Temperature': { signal: 'Vehicle.Exterior.AirTemperature' },
  'Accelerator Pedal Position D': { signal: 'Vehicle.Chassis.Accelerator.PedalPosition', convert: pedal(14.1) },
};
/** The same of carOBD. */
const carObd: Record<string, Column> = {
  ENGINE_RPM: { signal: `${engine}.Speed` },
  VEHICLE_SPEED: { signal: 'Vehicle.Speed' },
  THROTTLE: { signal: `${engine}.TPS` },
  COOLANT_TEMPERATURE: { signal: `${engine}.EngineCoolant.Temperature` },
  INTAKE_MANIFOLD_PRESSURE: { signal: `${engine}.MAP` },
  FUEL_TANK: { signal: 'Vehicle.Powertrain.FuelSystem.RelativeLevel' },
  PEDAL_D: { signal: 'Vehicle.Chassis.Accelerator.PedalPosition', convert: pedal(16.1) },
  CONTROL_MODULE_VOLTAGE: { signal: 'Vehicle.LowVoltageBattery.CurrentVoltage' },
};
/** carOBD's seconds since the engine started, its only clock. */
const runTime = 'ENGINE_RUN_TINE';

/** Every drive below `obd-drives/`, a car's in order; undefined when the folder is not there. Files of other kinds are passed over. */
export async function drivesOf(dataDir: string): Promise<Drive[] | undefined> {
  const folder = join(dataDir, 'obd-drives');
  const names = await readdir(folder, { recursive: true }).catch(() => undefined);
  if (!names) return undefined;
  const files = names.filter((name) => name.endsWith('.csv')).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const drives = await Promise.all(files.map(async (file) => driveOf(file, await readFile(join(folder, file), 'utf8'))));
  return drives.filter((drive) => drive !== undefined);
}

/** The drive of a file in either format, or undefined when it has another. */
export function driveOf(file: string, text: string): Drive | undefined {
  const [head, ...lines] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const names = head!.map((name) => name.replace(/\s*[[(].*/, '').trim());
  const name = basename(file, '.csv');
  if (names[0] === 'Time') return { name, car: name.split('_').slice(1, 3).join(' '), rows: rowsOf(names, lines, kit, kitClock(lines)) };
  if (names.includes(runTime)) return { name, car: 'carOBD', rows: rowsOf(names, lines, carObd, runClock(names, lines)) };
  return undefined;
}

function rowsOf(names: string[], lines: string[][], columns: Record<string, Column>, msOf: (line: number) => number): Drive['rows'] {
  return lines.map((cells, line) => {
    const signals: Record<string, number | boolean> = {};
    for (const [at, name] of names.entries()) {
      const column = columns[name];
      const cell = cells[at]?.trim() ?? '';
      const value = Number(cell);
      if (!column || cell === '' || !Number.isFinite(value)) continue;
      signals[column.signal] = column.convert?.(value) ?? value;
      // VSS: "True if engine is rotating".
      if (column.signal === `${engine}.Speed`) signals[`${engine}.IsRunning`] = value > 0;
    }
    return { ms: msOf(line), signals };
  });
}

const clockOf = (text: string) => {
  const [hours, minutes, seconds] = text.split(':').map(Number);
  return 1000 * (3600 * hours! + 60 * minutes! + seconds!);
};
const day = 86_400_000;

function kitClock(lines: string[][]): (line: number) => number {
  const from = clockOf(lines[0]![0]!);
  return (line) => (clockOf(lines[line]![0]!) - from + day) % day;
}

/** Its rows come evenly, but faster than the engine's clock counts: the whole run time, spread over them; a second each without one. */
function runClock(names: string[], lines: string[][]): (line: number) => number {
  const clock = names.indexOf(runTime);
  const times = lines.map((cells) => Number(cells[clock])).filter(Number.isFinite);
  const step = (1000 * (Math.max(...times) - Math.min(...times))) / lines.length;
  return (line) => line * (step >= 100 && step <= 2000 ? step : 1000);
}

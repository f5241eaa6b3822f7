import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { conversion, type Value } from '@wayside/protocol';

/** One minute of an air handler, in the units of its pack; what a file does not have, or leaves empty, is not there. */
export type Minute = { at: number; signals: Record<string, Value> };
/** A day from midnight to midnight, by the file's clock; `column` is its ground-truth column, where it has one. */
export type Day = { file: string; day: string; column: boolean | undefined; minutes: Minute[] };

/** What a column is called, without its `AHU:` and in small letters, and what it is here. */
const columns: Record<string, [signal: string, kind: 'temperature' | 'share' | 'switch']> = {
  'supply air temperature': ['supply_air_temperature', 'temperature'],
  'supply air temperature set point': ['supply_air_setpoint', 'temperature'],
  'supply air temperature heating set point': ['supply_air_heating_setpoint', 'temperature'],
  'supply air temperature cooling set point': ['supply_air_cooling_setpoint', 'temperature'],
  'outdoor air temperature': ['outdoor_air_temperature', 'temperature'],
  'mixed air temperature': ['mixed_air_temperature', 'temperature'],
  'return air temperature': ['return_air_temperature', 'temperature'],
  'supply air fan status': ['supply_fan_running', 'switch'],
  'return air fan status': ['return_fan_running', 'switch'],
  'supply air fan speed control signal': ['supply_fan_speed', 'share'],
  'return air fan speed control signal': ['return_fan_speed', 'share'],
  'outdoor air damper control signal': ['outdoor_damper_command', 'share'],
  'return air damper control signal': ['return_damper_command', 'share'],
  'exhaust air damper control signal': ['exhaust_damper_command', 'share'],
  'cooling coil valve control signal': ['cooling_valve_command', 'share'],
  'heating coil valve control signal': ['heating_valve_command', 'share'],
  'occupancy mode indicator': ['occupied', 'switch'],
};
const truthColumn = 'fault detection ground truth';

/** No building is kept this cold in Fahrenheit, nor this hot in Celsius: return air below it is in Celsius, and so is the file. */
const coldestFahrenheit = 45;

/** Every day of every CSV file in `<dataDir>/hvac-fdd`, by file and date; undefined when the folder is not there. */
export async function daysOf(dataDir: string): Promise<Day[] | undefined> {
  const folder = join(dataDir, 'hvac-fdd');
  const names = await readdir(folder).catch(() => undefined);
  const files = names?.filter((name) => name.endsWith('.csv') && name !== 'labels.csv').sort();
  const days = await Promise.all(
    (files ?? []).map(async (name) => readDays(name.slice(0, -4), await readFile(join(folder, name), 'utf8'))),
  );
  return files && days.flat();
}

/**
 * The days of one file, in the order of time. Rows without a time that reads are left out. Control signals are 0 to 1 or 0 to 100,
 * temperatures Fahrenheit or Celsius, as the columns show.
 */
export function readDays(file: string, text: string): Day[] {
  const [head = [], ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const names = head.map((name) =>
    name
      .replace(/^\s*[^:]*:/, '')
      .trim()
      .toLowerCase(),
  );
  const timeAt = Math.max(0, names.indexOf('datetime'));
  const truthAt = names.indexOf(truthColumn);
  const numbersOf = (i: number) => rows.flatMap((row) => numberOf(row[i]) ?? []).sort((a, b) => a - b);
  const indoors = numbersOf(names.indexOf('return air temperature'));
  const inCelsius = (indoors[indoors.length >> 1] ?? Number.POSITIVE_INFINITY) < coldestFahrenheit;
  const readers = names.flatMap((name, i) => {
    const [signal, kind] = columns[name] ?? [];
    if (!signal) return [];
    const read = {
      temperature: (number: number) => (inCelsius ? number : toCelsius(number)),
      share: (numbersOf(i).at(-1) ?? 0) <= 1.5 ? (number: number) => number * 100 : (number: number) => number,
      switch: (number: number) => number >= 0.5,
    }[kind!];
    return [{ i, signal, read }];
  });
  const days = new Map<string, Day>();
  for (const row of rows) {
    const at = timeOf(row[timeAt] ?? '');
    if (at === undefined) continue;
    const signals: Record<string, Value> = {};
    for (const { i, signal, read } of readers) {
      const number = numberOf(row[i]);
      if (number !== undefined) signals[signal] = read(number);
    }
    const day = new Date(at).toISOString().slice(0, 10);
    const known = days.get(day) ?? { file, day, column: truthAt < 0 ? undefined : false, minutes: [] };
    days.set(day, known);
    known.minutes.push({ at, signals });
    if (truthAt >= 0 && Number(row[truthAt]) === 1) known.column = true;
  }
  const inTime = [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
  for (const { minutes } of inTime) minutes.sort((a, b) => a.at - b.at);
  return inTime;
}

const toCelsius = conversion('°F', 'celsius')!;

const numberOf = (cell: string | undefined): number | undefined => {
  const number = cell === undefined || cell.trim() === '' ? Number.NaN : Number(cell);
  return Number.isFinite(number) ? number : undefined;
};

/** `9/11/2017 0:01` or `2017-09-11 00:01:00`, taken as UTC: a day is a day, wherever it was. */
function timeOf(text: string): number | undefined {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})/.exec(text.trim());
  const iso = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{1,2}):(\d{2})/.exec(text.trim());
  const [year, month, day, hour, minute] = (american ? [3, 1, 2, 4, 5].map((i) => american[i]) : (iso?.slice(1) ?? [])).map(Number);
  if (year === undefined || month === undefined) return undefined;
  const at = new Date(Date.UTC(year < 100 ? year + 2000 : year, month - 1, day, hour, minute));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day && at.getUTCMinutes() === minute ? at.getTime() : undefined;
}

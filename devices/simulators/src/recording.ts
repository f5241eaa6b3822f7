import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { signalName, type Value, WaysideError } from '@wayside/protocol';

/** What was once measured: rows by their time, ms from the first, in rising order. */
export type Recording = { times: number[]; rows: Record<string, Value>[] /** ms until it begins again */; length: number };

const maxBytes = 64 * 1024 * 1024;

/**
 * Reads a CSV or JSON recording.
 * - CSV: a header of signal names and a first column of time: seconds, or a date and time. Comma, semicolon or tab.
 * - JSON: an array of `{"seconds": 1.5, "signals": {…}}` or of telemetry messages `{"at": …, "signals": {…}}`.
 * @throws WaysideError `not-found`, `too-large` or `invalid`, naming the file and the line
 */
export async function readRecording(file: string): Promise<Recording> {
  const size = await stat(file).then(
    (s) => s.size,
    () => undefined,
  );
  if (size === undefined) throw new WaysideError('not-found', `There is no recording at ${file}: correct the path.`);
  if (size > maxBytes)
    throw new WaysideError('too-large', `The recording ${file} has ${size} bytes, at most ${maxBytes} are read: cut it.`);
  const text = await readFile(file, 'utf8');
  try {
    return extname(file).toLowerCase() === '.json' ? fromJson(text) : fromCsv(text);
  } catch (error) {
    throw new WaysideError('invalid', `The recording ${file} cannot be replayed: ${(error as Error).message}`, { cause: error });
  }
}

/** @throws Error that says which line is wrong and what it should be */
export function fromCsv(text: string): Recording {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const head = lines[0] ?? '';
  const separator = [',', ';', '\t'].reduce((best, s) => (head.split(s).length > head.split(best).length ? s : best));
  const names = cells(head, separator).map(nameOf);
  if (names.length < 2) throw new Error('line 1 must be a header: a time column, then signal names.');
  const stamps: number[] = [];
  const rows: Record<string, Value>[] = [];
  for (const [i, line] of lines.entries()) {
    if (i === 0 || line.trim() === '') continue;
    const row = cells(line, separator);
    stamps.push(timeOf(row[0] ?? '', i + 1));
    rows.push(Object.fromEntries(names.flatMap((name, column) => (column > 0 && row[column] ? [[name, valueIn(row[column])]] : []))));
  }
  return ordered(stamps, rows);
}

/** @throws Error that says what is wrong */
export function fromJson(text: string): Recording {
  const read: unknown = JSON.parse(text);
  if (!Array.isArray(read)) throw new Error('it must be an array of {"seconds" or "at", "signals": {…}}.');
  const stamps: number[] = [];
  const rows: Record<string, Value>[] = [];
  for (const [i, entry] of (read as { seconds?: unknown; at?: unknown; signals?: unknown }[]).entries()) {
    if (typeof entry?.signals !== 'object' || entry.signals === null) throw new Error(`entry ${i} has no "signals".`);
    const values = Object.entries(entry.signals).filter(([, value]) => ['number', 'boolean', 'string'].includes(typeof value));
    rows.push(Object.fromEntries(values.map(([name, value]) => [nameOf(name), value])));
    stamps.push(typeof entry.at === 'number' ? entry.at : timeOf(String(entry.seconds ?? entry.at ?? ''), i));
  }
  return ordered(stamps, rows);
}

/** The row nearest to a time (ms), as often round as it takes. */
export function rowAt({ times, rows, length }: Recording, t: number): Record<string, Value> {
  const wanted = t % length;
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  const before = Math.max(0, low - 1);
  const nearer = wanted - (times[before] as number) <= Math.abs((times[low] as number) - wanted) ? before : low;
  return rows[nearer] as Record<string, Value>;
}

function ordered(stamps: number[], rows: Record<string, Value>[]): Recording {
  if (rows.length === 0) throw new Error('it holds no row.');
  const first = stamps[0] as number;
  const times = stamps.map((stamp) => stamp - first);
  const back = times.findIndex((t, i) => i > 0 && t < (times[i - 1] as number));
  if (back > 0) throw new Error(`row ${back + 1} is earlier than the one before it: sort it by time.`);
  const last = times.at(-1) as number;
  // The last row stands as long as the others do on average, so that the end joins the beginning.
  return { times, rows, length: last + (times.length > 1 ? Math.max(1, last / (times.length - 1)) : 1_000) };
}

function timeOf(cell: string, line: number): number {
  const seconds = Number(cell);
  if (cell.trim() !== '' && Number.isFinite(seconds)) return seconds * 1_000;
  const epoch = Date.parse(cell);
  if (Number.isNaN(epoch)) throw new Error(`line ${line} begins with "${cell.slice(0, 40)}": it must be seconds, or a date and time.`);
  return epoch;
}

function valueIn(cell: string): Value {
  if (cell === 'true' || cell === 'false') return cell === 'true';
  const number = Number(cell);
  return Number.isFinite(number) && cell.trim() !== '' ? number : cell.slice(0, 256);
}

/** A column's name as a signal name: what may not stand in one becomes `_`. */
function nameOf(cell: string): string {
  const name = cell.trim().replace(/[^A-Za-z0-9._-]+/g, '_');
  return signalName.safeParse(name).success ? name : `s_${name}`.slice(0, 128);
}

/** RFC 4180 cells: quotes may hold the separator, and a doubled quote stands for one. */
function cells(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator);
  const found: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i] as string;
    if (char === '"' && quoted && line[i + 1] === '"') cell += line[++i];
    else if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      found.push(cell);
      cell = '';
    } else cell += char;
  }
  return [...found, cell];
}

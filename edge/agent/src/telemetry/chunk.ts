import type { Value } from '@wayside/protocol';
import { ByteReader, type ByteWriter } from './bytes.ts';

/** One moment of one signal: epoch ms and value. */
export type Point = [at: number, value: Value];

/** Instead of a number of decimals: how else the values are written. */
const raw = 254;
const json = 255;
const maxDecimals = 6;
const powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
/** Beyond it, neighbouring integers are no longer told apart. */
const exactIntegers = 2 ** 52;

/**
 * Packs moments of one signal as bytes into `out`: times as zig-zag varints of how much each step differs from the one before (zero for a steady device), numbers as differences of decimal-scaled integers (telemetry has few
 * digits, so most take one byte), anything else as JSON. Lossless: what is read is what was written.
 * Layout: kind byte (0–6 decimals, 254 raw float64, 255 JSON), count, then the columns.
 * @param times epoch ms, whole, in order
 */
export function pack(out: ByteWriter, times: readonly number[], values: readonly Value[]): void {
  const kind = kindOf(values);
  out.byte(kind);
  out.varint(times.length);
  let [before, step] = [0, 0];
  for (const at of times) {
    out.signed(at - before - step);
    step = at - before;
    before = at;
  }
  if (kind === json) out.bytes(new TextEncoder().encode(JSON.stringify(values)));
  else if (kind === raw) for (const value of values) out.float(value as number);
  else {
    const power = powers[kind]!;
    let last = 0;
    for (const value of values) {
      const scaled = Math.round((value as number) * power);
      out.signed(scaled - last);
      last = scaled;
    }
  }
}

/**
 * Puts the points of a chunk into `into`, from `end` on. @returns where the next one goes
 * @throws RangeError on bytes that are not one
 */
export function unpack(bytes: Uint8Array, into: Point[], end = into.length): number {
  const input = new ByteReader(bytes);
  const kind = input.byte();
  const count = input.varint();
  // A time takes a byte at least.
  if (count > bytes.length) throw new RangeError('not a chunk');
  const times = timesOf(input, count);
  if (kind === json) {
    const values = JSON.parse(new TextDecoder().decode(input.rest())) as Value[];
    for (let i = 0; i < count; i++) into[end++] = [times[i]!, values[i] as Value];
  } else if (kind === raw) for (let i = 0; i < count; i++) into[end++] = [times[i]!, input.float()];
  else {
    const power = powers[kind];
    if (power === undefined) throw new RangeError('not a chunk');
    let scaled = 0;
    for (let i = 0; i < count; i++) {
      scaled += input.signed();
      into[end++] = [times[i]!, scaled / power];
    }
  }
  return end;
}

/** Where times stand until their values are read: a point is made once, whole, and of a read only its points are garbage. */
let scratch = new Float64Array(1_024);

function timesOf(input: ByteReader, count: number): Float64Array {
  if (count > scratch.length) scratch = new Float64Array(2 * count);
  for (let i = 0, at = 0, step = 0; i < count; i++) {
    step += input.signed();
    at += step;
    scratch[i] = at;
  }
  return scratch;
}

/** The fewest decimals that give every value back exactly, else `raw`; `json` when one is no number. */
function kindOf(values: readonly Value[]): number {
  let decimals = 0;
  let largest = 0;
  for (const value of values) {
    if (typeof value !== 'number') return json;
    while (decimals <= maxDecimals && Math.round(value * powers[decimals]!) / powers[decimals]! !== value) decimals++;
    if (decimals > maxDecimals || Object.is(value, -0)) return values.every((one) => typeof one === 'number') ? raw : json;
    largest = Math.max(largest, Math.abs(value));
  }
  const power = powers[decimals]!;
  if (largest * power > exactIntegers) return raw;
  // A later, finer value raised the decimals for all; an earlier one may not survive that exactly.
  for (const value of values) if (Math.round((value as number) * power) / power !== value) return raw;
  return decimals;
}

import type { Value } from '@wayside/protocol';
import type { ByteReader, ByteWriter } from './bytes.ts';
import type { Columns } from './course.ts';

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

function headOf(input: ByteReader): { kind: number; count: number } {
  const kind = input.byte();
  const count = input.varint();
  // A time takes a byte at least.
  if (count > input.left) throw new RangeError('not a chunk');
  return { kind, count };
}

/** How many points the chunk holds that the reader stands at. @throws RangeError on bytes that are not one */
export const countOf = (input: ByteReader): number => headOf(input).count;

/**
 * Puts the points of the chunk that the reader stands at, and that ends where the reader does, behind those in `into`.
 * @throws RangeError on bytes that are not one, or hold more points than fit
 */
export function unpack(input: ByteReader, into: Columns): void {
  const from = into.length;
  const { kind, count } = headOf(input);
  if (from + count > into.times.length) throw new RangeError('more points than fit');
  const { times } = into;
  for (let i = from, at = 0, step = 0; i < from + count; i++) {
    step += input.signed();
    at += step;
    times[i] = at;
  }
  if (kind === json) takeAll(JSON.parse(new TextDecoder().decode(input.rest())) as Value[], count, into);
  else takeNumbers(input, kind, count, into);
  into.length = from + count;
}

function takeNumbers(input: ByteReader, kind: number, count: number, into: Columns): void {
  const power = kind === raw ? 1 : powers[kind];
  if (power === undefined) throw new RangeError('not a chunk');
  // Into the numbers, whatever was before: a loop that writes into one kind of list is several times as fast.
  const { numbers, length } = into;
  const end = length + count;
  if (kind === raw) for (let i = length; i < end; i++) numbers[i] = input.float();
  else
    for (let i = length, scaled = 0; i < end; i++) {
      scaled += input.signed();
      numbers[i] = scaled / power;
    }
  if (into.others) for (let i = length; i < end; i++) into.others[i] = numbers[i]!;
}

function takeAll(values: readonly Value[], count: number, into: Columns): void {
  if (!Array.isArray(values) || values.length !== count) throw new RangeError('not a chunk');
  const column = into.withOthers();
  for (let i = 0; i < count; i++) column[into.length + i] = values[i]!;
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

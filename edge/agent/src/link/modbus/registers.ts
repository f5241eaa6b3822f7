import type { Value } from '@wayside/protocol';
import { type NumberType, type Point, type Table, tables, widths } from './controllers.ts';

/** Where a point lies and how much room it takes there, in registers or bits. */
export function placeOf(point: Point): { table: Table; address: number; length: number } {
  const table = tables.find((one) => point[one] !== undefined) as Table;
  return { table, address: point[table]!, length: isBits(table) ? 1 : widths[point.type] };
}
export const isBits = (table: Table): boolean => table === 'coil' || table === 'discrete';

/** A run of registers or bits that is read in one request. */
export type Block = { table: Table; from: number; count: number; signals: string[] };

/** What one request may bring (MODBUS Application Protocol 1.1b3, clauses 6.1 to 6.4). */
const mostOf = (table: Table): number => (isBits(table) ? 2_000 : 125);

/** The fewest requests that read all points. Only what was named is read: a register in between may be none, and a controller then refuses the whole. */
export function blocksOf(points: Record<string, Point>): Block[] {
  const placed = Object.entries(points)
    .map(([signal, point]) => ({ signal, ...placeOf(point) }))
    .sort((a, b) => tables.indexOf(a.table) - tables.indexOf(b.table) || a.address - b.address);
  const blocks: Block[] = [];
  for (const { signal, table, address, length } of placed) {
    const last = blocks.at(-1);
    const end = last && last.from + last.count;
    const next = address + length;
    if (last?.table === table && address <= end! && next - last.from <= mostOf(table)) {
      last.count = Math.max(last.count, next - last.from);
      last.signals.push(signal);
    } else blocks.push({ table, from: address, count: length, signals: [signal] });
  }
  return blocks;
}

/** The number in so many registers; a register is big-endian by the protocol, the order of registers is the maker's. */
function readNumber(bytes: Buffer, type: NumberType): number {
  switch (type) {
    case 'int16':
      return bytes.readInt16BE();
    case 'uint16':
      return bytes.readUInt16BE();
    case 'int32':
      return bytes.readInt32BE();
    case 'uint32':
      return bytes.readUInt32BE();
    case 'float32':
      return bytes.readFloatBE();
    case 'float64':
      return bytes.readDoubleBE();
  }
}

function numberBytes(value: number, type: NumberType): Buffer {
  const bytes = Buffer.alloc(2 * widths[type]);
  if (type === 'float32') bytes.writeFloatBE(value);
  else if (type === 'float64') bytes.writeDoubleBE(value);
  else if (type.startsWith('u')) bytes.writeUIntBE(value, 0, bytes.length);
  else bytes.writeIntBE(value, 0, bytes.length);
  return bytes;
}

const turned = (bytes: Buffer): Buffer =>
  Buffer.concat(Array.from({ length: bytes.length / 2 }, (_, i) => bytes.subarray(2 * i, 2 * i + 2)).reverse());

/**
 * What a point reads in the answer for its block: the bytes after the count.
 * @param convert into this house's unit
 * @returns undefined for what is no number, or a number that is none of the named states
 */
export function readPoint(point: Point, block: Block, answer: Buffer, convert: (value: number) => number): Value | undefined {
  const { table, address, length } = placeOf(point);
  const at = address - block.from;
  if (isBits(table)) return ((answer[at >> 3] ?? 0) >> (at & 7)) % 2 === 1;
  const bytes = answer.subarray(2 * at, 2 * (at + length));
  const raw = readNumber(point.words === 'little' ? turned(bytes) : bytes, point.type);
  if (point.states) return point.states[String(raw)];
  // The scale of most is a decimal: 215 × 0.1 is 21.5, not 21.500000000000004.
  const value = convert(Number((raw * point.scale + point.offset).toPrecision(12)));
  return Number.isFinite(value) ? value : undefined;
}

/** The bytes that set a point: of its registers, or one byte that is 1 for a bit that is to be set. @returns undefined for what it cannot hold */
export function writePoint(point: Point, value: Value, convertBack: (value: number) => number): Buffer | undefined {
  if (isBits(placeOf(point).table)) return typeof value === 'boolean' ? Buffer.from([Number(value)]) : undefined;
  const raw = rawOf(point, value, convertBack);
  if (raw === undefined || !Number.isFinite(raw)) return undefined;
  const { type, words } = point;
  if (!type.startsWith('float')) {
    const span = 2 ** (16 * widths[type]);
    const [least, most] = type.startsWith('u') ? [0, span - 1] : [-span / 2, span / 2 - 1];
    if (raw < least || raw > most) return undefined;
  }
  const bytes = numberBytes(raw, type);
  return words === 'little' ? turned(bytes) : bytes;
}

function rawOf({ states, scale, offset, type }: Point, value: Value, convertBack: (value: number) => number): number | undefined {
  if (states) {
    const named = Object.entries(states).find(([, word]) => word === value)?.[0];
    return named === undefined ? undefined : Number(named);
  }
  if (typeof value !== 'number') return undefined;
  const raw = (convertBack(value) - offset) / scale;
  return type.startsWith('float') ? raw : Math.round(raw);
}

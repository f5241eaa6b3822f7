import type { Value } from '@wayside/protocol';

/** One moment of one signal: epoch ms and value. */
export type Point = [at: number, value: Value];

/**
 * Packs points into bytes: times as zig-zag varint differences, numbers as differences of decimal-scaled integers (telemetry has few
 * digits, so most take one byte), anything else as JSON. Lossless: what is read is what was written.
 * Layout: kind byte (0–6 decimals, 254 raw float64, 255 JSON), count, then the columns.
 */
export function pack(points: readonly Point[]): Uint8Array {
  const out = new Writer();
  const scale = scaleOf(points);
  out.byte(scale);
  out.varint(points.length);
  let before = 0;
  for (const [at] of points) {
    out.signed(at - before);
    before = at;
  }
  if (scale === JSON_KIND) out.bytes(new TextEncoder().encode(JSON.stringify(points.map(([, value]) => value))));
  else if (scale === RAW_KIND) out.bytes(new Uint8Array(Float64Array.from(points, ([, value]) => value as number).buffer));
  else {
    const factor = 10 ** scale;
    let last = 0;
    for (const [, value] of points) {
      const scaled = Math.round((value as number) * factor);
      out.signed(scaled - last);
      last = scaled;
    }
  }
  return out.take();
}

/** The points of a chunk. Throws RangeError on bytes that are not one. */
export function unpack(bytes: Uint8Array): Point[] {
  const input = new Reader(bytes);
  const scale = input.byte();
  const count = input.varint();
  if (count > 1_000_000) throw new RangeError('not a chunk');
  const times: number[] = [];
  for (let i = 0, at = 0; i < count; i++) {
    at += input.signed();
    times.push(at);
  }
  if (scale === JSON_KIND) {
    const values = JSON.parse(new TextDecoder().decode(input.rest())) as Value[];
    return times.map((at, i) => [at, values[i] as Value]);
  }
  if (scale === RAW_KIND) {
    const raw = input.rest();
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    return times.map((at, i) => [at, view.getFloat64(i * 8, true)]);
  }
  const factor = 10 ** scale;
  let scaled = 0;
  return times.map((at) => {
    scaled += input.signed();
    return [at, scaled / factor];
  });
}

const RAW_KIND = 254;
const JSON_KIND = 255;

function scaleOf(points: readonly Point[]): number {
  let scale = 0;
  for (const [, value] of points) {
    if (typeof value !== 'number') return JSON_KIND;
    while (scale <= 6 && Math.round(value * 10 ** scale) / 10 ** scale !== value) scale++;
    if (scale > 6 || Math.abs(value) * 10 ** scale > 2 ** 52) return RAW_KIND;
  }
  // A later, finer value raises the scale for all; an earlier one may not survive it exactly.
  const exact = points.every(
    ([, value]) =>
      Math.round((value as number) * 10 ** scale) / 10 ** scale === value && Math.abs(value as number) * 10 ** scale <= 2 ** 52,
  );
  return exact && !points.some(([, value]) => Object.is(value, -0)) ? scale : RAW_KIND;
}

class Writer {
  private buffer = new Uint8Array(256);
  private length = 0;

  byte(value: number): void {
    if (this.length === this.buffer.length) this.grow(1);
    this.buffer[this.length++] = value;
  }

  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** Zig-zag: small negative numbers are small too. Arithmetic, not bit shifts: times need more than 32 bits. */
  signed(value: number): void {
    this.varint(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  bytes(more: Uint8Array): void {
    this.grow(more.length);
    this.buffer.set(more, this.length);
    this.length += more.length;
  }

  take(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }

  private grow(by: number): void {
    const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.length + by));
    larger.set(this.buffer);
    this.buffer = larger;
  }
}

class Reader {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new RangeError('a chunk ends too soon');
    return value;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      if (factor > 2 ** 56) throw new RangeError('not a chunk');
    }
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  rest(): Uint8Array {
    return this.bytes.slice(this.at);
  }
}

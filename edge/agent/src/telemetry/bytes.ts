/** Writes numbers into bytes that grow: varints for small ones, zig-zag for signed ones, IEEE 754 for the rest. */
export class ByteWriter {
  private buffer: Buffer;
  private length = 0;

  constructor(size = 256) {
    this.buffer = Buffer.allocUnsafe(size);
  }

  /** How many bytes are written. */
  get written(): number {
    return this.length;
  }

  byte(value: number): void {
    if (this.length === this.buffer.length) this.grow(1);
    this.buffer[this.length++] = value;
  }

  varint(value: number): void {
    let rest = value;
    if (this.length + 10 > this.buffer.length) this.grow(10);
    while (rest >= 0x80) {
      this.buffer[this.length++] = (rest % 0x80) | 0x80;
      rest = rest < 0x8000_0000 ? rest >>> 7 : Math.floor(rest / 0x80);
    }
    this.buffer[this.length++] = rest;
  }

  /** Zig-zag: small negative numbers are small too. Arithmetic, not bit shifts: times need more than 32 bits. */
  signed(value: number): void {
    this.varint(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  float(value: number): void {
    if (this.length + 8 > this.buffer.length) this.grow(8);
    this.length = this.buffer.writeDoubleLE(value, this.length);
  }

  bytes(more: Uint8Array): void {
    if (this.length + more.length > this.buffer.length) this.grow(more.length);
    this.buffer.set(more, this.length);
    this.length += more.length;
  }

  /** A copy of what was written. */
  take(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.buffer.subarray(0, this.length));
  }

  private grow(by: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + by));
    larger.set(this.buffer);
    this.buffer = larger;
  }
}

/** Reads what a `ByteWriter` wrote. Every method throws RangeError where the bytes end too soon. */
export class ByteReader {
  private readonly view: DataView;
  private readonly source: Uint8Array;
  private at = 0;
  private end: number;

  constructor(bytes: Uint8Array) {
    this.source = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.length;
  }

  /** Goes on with the bytes in [from, to), as if there were no others: one reader for many pieces of one buffer. */
  goTo(from: number, to: number): void {
    this.at = from;
    this.end = Math.min(to, this.source.length);
  }

  /** How many bytes are left. */
  get left(): number {
    return this.end - this.at;
  }

  get ended(): boolean {
    return this.at >= this.end;
  }

  byte(): number {
    if (this.at >= this.end) throw new RangeError('the bytes end too soon');
    return this.source[this.at++]!;
  }

  varint(): number {
    const first = this.byte();
    // Nearly every number is a small difference.
    if (first < 0x80) return first;
    let value = first & 0x7f;
    for (let factor = 0x80; ; factor *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      if (factor > 2 ** 56) throw new RangeError('not a number of ours');
    }
  }

  signed(): number {
    // Nearly every difference is a small one, of one byte.
    const first = this.source[this.at] ?? 0x80;
    if (first < 0x80 && this.at < this.end) {
      this.at++;
      return (first >>> 1) ^ -(first & 1);
    }
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  float(): number {
    if (this.at + 8 > this.end) throw new RangeError('the bytes end too soon');
    const value = this.view.getFloat64(this.at, true);
    this.at += 8;
    return value;
  }

  bytes(length: number): Uint8Array {
    if (this.at + length > this.end) throw new RangeError('the bytes end too soon');
    this.at += length;
    return this.source.subarray(this.at - length, this.at);
  }

  rest(): Uint8Array {
    return this.bytes(this.end - this.at);
  }
}

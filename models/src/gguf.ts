import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { WaysideError } from '@wayside/protocol';

/** What a GGUF file says about itself, as far as we use it. */
export type GgufHeader = {
  version: number;
  architecture: string;
  name: string | undefined;
  licence: string | undefined;
  languages: string[];
  contextLength: number | undefined;
  tensors: number;
};

/** Random access to the bytes of a file, so that the reader can be tried on bytes in memory. */
export type Bytes = { size: number; read(at: number, length: number): Buffer };

/** Far above any published model, far below what could hurt. */
const limits = {
  pairs: 4096,
  tensors: 65_536,
  keyBytes: 65_535,
  stringBytes: 64 * 1024,
  arrayItems: 4_000_000,
  dimensions: 4,
  listItems: 64,
};
const windowBytes = 256 * 1024;
const kept = new Set(['general.architecture', 'general.name', 'general.license', 'general.languages', 'general.alignment']);

/** GGUF value types and their widths, from the GGUF specification (ggml, docs/gguf.md). */
const widths: Record<number, number> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
const typeString = 8;
const typeArray = 9;

/** ggml tensor types: values per block, bytes per block (ggml.c, `type_traits`). A type not listed is not checked for its length. */
// biome-ignore format: a table reads best as one
const blocks: Record<number, [values: number, bytes: number]> = {
  0: [1, 4], 1: [1, 2], 2: [32, 18], 3: [32, 20], 6: [32, 22], 7: [32, 24], 8: [32, 34], 10: [256, 84], 11: [256, 110],
  12: [256, 144], 13: [256, 176], 14: [256, 210], 24: [1, 1], 25: [1, 2], 26: [1, 4], 27: [1, 8], 28: [1, 8], 30: [1, 2],
};

const notGguf = (why: string) =>
  new WaysideError('invalid', `This is not a GGUF model file: ${why}. Give a file that ends in .gguf and loads in llama.cpp.`);
const truncated = () =>
  new WaysideError('model-corrupt', 'This GGUF file is cut short: it ends before the weights it announces. Download it again.');

/** Little-endian cursor over `Bytes` through one fixed window; it never holds more than the window and one short string. */
function cursor(bytes: Bytes) {
  let at = 0;
  let start = 0;
  let window: Buffer = Buffer.alloc(0);
  function take(length: number): Buffer {
    if (at + length > bytes.size) throw truncated();
    if (at < start || at + length > start + window.length) {
      start = at;
      window = bytes.read(at, Math.min(Math.max(windowBytes, length), bytes.size - at));
      if (window.length < length) throw truncated();
    }
    const piece = window.subarray(at - start, at - start + length);
    at += length;
    return piece;
  }
  const u32 = () => take(4).readUInt32LE();
  function u64(): number {
    const value = take(8).readBigUInt64LE();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw notGguf('a number in its header is too large');
    return Number(value);
  }
  function text(limit: number): string {
    const length = u64();
    if (length > limit) throw notGguf(`a text in its header is ${length} bytes long`);
    return take(length).toString('utf8');
  }
  function skip(length: number): void {
    if (at + length > bytes.size) throw truncated();
    at += length;
  }
  return { take, u32, u64, text, skip, where: () => at };
}
type Cursor = ReturnType<typeof cursor>;

function scalar(from: Cursor, type: number): number | undefined {
  const width = widths[type];
  if (width === undefined) throw notGguf(`it uses value type ${type}`);
  const raw = from.take(width);
  if (type === 4) return raw.readUInt32LE();
  if (type === 10) return Number(raw.readBigUInt64LE());
  return undefined;
}

/** Reads one metadata value; keeps texts, counts and short lists of texts, and walks past the rest. */
function value(from: Cursor, type: number): string | number | string[] | undefined {
  if (type === typeString) {
    const length = from.u64();
    // Chat templates and licence texts can be long; we keep none of them.
    if (length > limits.stringBytes) return void from.skip(length);
    return from.take(length).toString('utf8');
  }
  if (type !== typeArray) return scalar(from, type);
  const itemType = from.u32();
  const items = from.u64();
  if (items > limits.arrayItems) throw notGguf(`a list in its header has ${items} items`);
  if (itemType === typeString) {
    const texts: string[] = [];
    for (let i = 0; i < items; i++) {
      if (items <= limits.listItems) texts.push(from.text(limits.stringBytes));
      else from.skip(from.u64());
    }
    return texts;
  }
  const width = widths[itemType];
  if (width === undefined) throw notGguf(`it has a list of type ${itemType}`);
  return void from.skip(items * width);
}

function checkTensors(from: Cursor, count: number, alignment: number, size: number): void {
  let end = 0;
  for (let i = 0; i < count; i++) {
    from.text(limits.keyBytes);
    const dimensions = from.u32();
    if (dimensions > limits.dimensions) throw notGguf(`a tensor has ${dimensions} dimensions`);
    let values = 1;
    for (let d = 0; d < dimensions; d++) values *= from.u64();
    const block = blocks[from.u32()];
    const offset = from.u64();
    end = Math.max(end, offset + (block ? Math.ceil(values / block[0]) * block[1] : 0));
  }
  const data = Math.ceil(from.where() / alignment) * alignment;
  if (data + end > size) throw truncated();
}

/**
 * Reads and checks the header of a GGUF model (GGUF specification, versions 2 and 3, little-endian): magic, version,
 * metadata, and that the file is long enough for every tensor it announces. Memory stays under a megabyte whatever
 * the bytes say. Throws `WaysideError` — `invalid` for what is not GGUF, `model-corrupt` for one that is cut short —
 * and nothing else.
 */
export function readGguf(bytes: Bytes): GgufHeader {
  if (bytes.size < 4 || bytes.read(0, 4).toString('latin1') !== 'GGUF') throw notGguf('it does not begin with the letters GGUF');
  const from = cursor(bytes);
  from.skip(4);
  const version = from.u32();
  if (version !== 2 && version !== 3) throw notGguf(`its version is ${version}; versions 2 and 3 can be read`);
  const tensors = from.u64();
  const pairs = from.u64();
  if (tensors > limits.tensors || pairs > limits.pairs) throw notGguf(`it announces ${tensors} tensors and ${pairs} metadata entries`);
  const known = new Map<string, string | number | string[]>();
  for (let i = 0; i < pairs; i++) {
    const key = from.text(limits.keyBytes);
    const found = value(from, from.u32());
    if (found !== undefined && (kept.has(key) || (key.endsWith('.context_length') && typeof found === 'number'))) known.set(key, found);
  }
  const text = (key: string) => (typeof known.get(key) === 'string' ? (known.get(key) as string) : undefined);
  const architecture = text('general.architecture');
  if (!architecture) throw notGguf('it does not name its architecture');
  const alignment = known.get('general.alignment');
  checkTensors(from, tensors, typeof alignment === 'number' && alignment > 0 ? alignment : 32, bytes.size);
  const languages = known.get('general.languages');
  const context = known.get(`${architecture}.context_length`);
  return {
    version,
    architecture,
    name: text('general.name'),
    licence: text('general.license'),
    languages: Array.isArray(languages) ? languages : [],
    contextLength: typeof context === 'number' ? context : undefined,
    tensors,
  };
}

/** `readGguf` on a file. Throws `not-found` when there is no such file. */
export function readGgufFile(path: string): GgufHeader {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    throw new WaysideError('not-found', `There is no readable file at ${path}.`, { cause });
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw notGguf('it is not a file');
    return readGguf({
      size: stat.size,
      read: (at, length) => {
        const buffer = Buffer.alloc(length);
        return buffer.subarray(0, readSync(file, buffer, 0, length, at));
      },
    });
  } finally {
    closeSync(file);
  }
}

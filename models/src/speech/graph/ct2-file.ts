import { readFileSync } from 'node:fs';
import { WaysideError } from '@wayside/protocol';
import { blockSize, type EightBits, type WeightSource } from './graph-writer.ts';

/** Kinds of numbers in the file, by what it calls them (CTranslate2, `DataType`). */
const [float32, float16] = [0, 4];

export type Ct2File = WeightSource & { names: ReadonlySet<string> };

type Held = { shape: number[]; kind: number; bytes: Buffer };

function read(path: string): Map<string, Held> {
  const file = readFileSync(path);
  let at = 0;
  const after = <T>(bytes: number, value: T): T => {
    at += bytes;
    return value;
  };
  const u8 = () => after(1, file.readUInt8(at));
  const u16 = () => after(2, file.readUInt16LE(at));
  const u32 = () => after(4, file.readUInt32LE(at));
  const text = () => {
    const length = u16();
    at += length;
    return file.toString('utf8', at - length, at - 1);
  };
  if (u32() !== 6) throw new RangeError('it is not of version 6');
  text();
  u32();
  const held = new Map<string, Held>();
  for (let left = u32(); left > 0; left--) {
    const name = text();
    const shape = Array.from({ length: u8() }, u32);
    const kind = u8();
    const length = u32();
    if (at + length > file.length) throw new RangeError('it ends too early');
    held.set(name, { shape, kind, bytes: file.subarray(at, at + length) });
    at += length;
  }
  return held;
}

/** Halves or singles as singles. */
function numbersOf({ kind, bytes }: Held): Float32Array {
  const own = Uint8Array.from(bytes).buffer;
  if (kind === float16) return Float32Array.from(new Float16Array(own));
  if (kind === float32) return new Float32Array(own);
  throw new RangeError(`its numbers are of kind ${kind}`);
}

/** Each block of a row in 255 steps about zero: an error of at most a 254th of the block's largest weight. */
function quantise(numbers: Float32Array, [rows, columns]: [number, number]): EightBits {
  const blocks = (rows * columns) / blockSize;
  const weights = new Uint8Array(rows * columns);
  const scales = new Float32Array(blocks);
  for (let block = 0; block < blocks; block++) {
    let most = 0;
    for (let at = block * blockSize; at < (block + 1) * blockSize; at++) most = Math.max(most, Math.abs(numbers[at]!));
    scales[block] = most / 127 || 1;
    for (let at = block * blockSize; at < (block + 1) * blockSize; at++) weights[at] = Math.round(numbers[at]! / scales[block]!) + 128;
  }
  return { rows, columns, weights, scales, zeros: new Uint8Array(blocks).fill(128) };
}

/**
 * Reads the weights of a model in the format of CTranslate2 (its `model.bin`, version 6: names, shapes, numbers). A name may end in `[from:to]`, which
 * are rows of it.
 * @throws `model-corrupt` for another file
 */
export function readCt2File(path: string): Ct2File {
  const refuse = (cause: unknown): never => {
    throw new WaysideError('model-corrupt', `${path} is no model of CTranslate2: ${(cause as Error).message}.`, { cause });
  };
  let held: Map<string, Held>;
  try {
    held = read(path);
  } catch (cause) {
    return refuse(cause);
  }
  function floats(name: string): { shape: number[]; numbers: Float32Array } {
    const [, plain = name, from, to] = /^(.*)\[(\d+):(\d+)\]$/.exec(name) ?? [];
    const found = held.get(plain) ?? refuse(new RangeError(`it has no ${plain}`));
    const numbers = numbersOf(found);
    if (from === undefined) return { shape: found.shape, numbers };
    const size = numbers.length / found.shape[0]!;
    return { shape: [Number(to) - Number(from), ...found.shape.slice(1)], numbers: numbers.slice(Number(from) * size, Number(to) * size) };
  }
  return {
    names: new Set(held.keys()),
    floats,
    eightBits(name) {
      const { shape, numbers } = floats(name);
      return quantise(numbers, shape as [number, number]);
    },
  };
}

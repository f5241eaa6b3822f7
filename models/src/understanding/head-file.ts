import { WaysideError } from '@wayside/protocol';
import { z } from 'zod';
import type { Head } from './head.ts';

/** What stands first in the file of a head, as JSON: enough to read the rest, and `more` for whoever uses it. */
const header = z.object({
  labels: z.array(z.string()).min(1).max(1000),
  buckets: z
    .int()
    .positive()
    .max(2 ** 20),
  width: z.int().min(0).max(4096),
  /** How many units its hidden layer has. */
  units: z.int().min(0).max(4096).default(0),
  temperature: z.number().positive(),
  /** From which chance on a label holds: one for all, or one each. */
  from: z.union([z.number(), z.array(z.number())]),
});

/** A head with what its log-odds are divided by, and from which chance on a label holds. */
export type Kept = { head: Head; temperature: number; from: number | readonly number[] };

const bytesOf = (numbers: Float32Array | Int8Array) => Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** Numbers in eight bits, as shares of the largest among those of the same class. */
function inBytes(numbers: Float32Array, classes: number): { bytes: Int8Array; most: Float32Array } {
  const most = new Float32Array(classes);
  for (const [i, value] of numbers.entries()) most[i % classes] = Math.max(most[i % classes]!, Math.abs(value));
  return { bytes: Int8Array.from(numbers, (value, i) => Math.round((127 * value) / (most[i % classes]! || 1))), most };
}

/**
 * A head as the bytes of a file: a length, a header in JSON, then the numbers, little-endian. Weights of n-grams in eight bits, which
 * changes no judgement worth having, and those that lead into a hidden layer too; the few others in full.
 */
export function writeHead({ head, temperature, from }: Kept): Buffer {
  const { labels, buckets, rarity, mean, factor, weights, bias, hidden } = head;
  const cut = buckets * labels.length;
  const rare = inBytes(rarity, 1);
  const { bytes, most } = inBytes(weights.subarray(0, cut), labels.length);
  const first = Buffer.from(
    JSON.stringify({ labels, buckets, width: mean.length, ...(hidden ? { units: hidden.bias.length } : {}), temperature, from }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(first.length);
  const into = hidden && inBytes(hidden.into, hidden.bias.length);
  const numbers = [rare.most, most, bias, mean, factor, weights.subarray(cut), rare.bytes, bytes];
  const layer = hidden && into ? [into.most, hidden.bias, hidden.out, into.bytes] : [];
  return Buffer.concat([length, first, ...[...numbers, ...layer].map(bytesOf)]);
}

/** Reads a head back. Throws `model-corrupt` for anything but what `writeHead` wrote. */
export function readHead(file: Buffer): Kept {
  const broken = new WaysideError('model-corrupt', 'This is not the file of a head.');
  try {
    let at = 4 + file.readUInt32LE();
    const { labels, buckets, width, units, temperature, from } = header.parse(JSON.parse(file.toString('utf8', 4, at)));
    const classes = labels.length;
    const numbers = (count: number): Float32Array => {
      const piece = Uint8Array.from(file.subarray(at, at + 4 * count));
      at += 4 * count;
      return new Float32Array(piece.buffer, 0, count);
    };
    const [[rarest = 0], most, bias, mean, factor] = [numbers(1), numbers(classes), numbers(classes), numbers(width), numbers(width)];
    const dense = numbers(units > 0 ? 0 : width * classes);
    const fromBytes = (count: number, largest: Float32Array): Float32Array => {
      const piece = Int8Array.from(file.subarray(at, at + count));
      at += count;
      return Float32Array.from(piece, (value, i) => (value * largest[i % largest.length]!) / 127);
    };
    const rarity = fromBytes(buckets, Float32Array.of(rarest));
    const words = fromBytes(buckets * classes, most);
    const weights = new Float32Array(words.length + dense.length);
    weights.set(words);
    weights.set(dense, words.length);
    const head: Head = { labels, buckets, rarity, mean, factor, weights, bias };
    if (units > 0) {
      const [largest, unitBias, out] = [numbers(units), numbers(units), numbers(units * classes)];
      head.hidden = { into: fromBytes(width * units, largest), bias: unitBias, out };
    }
    if (file.length !== at) throw broken;
    return { head, temperature, from };
  } catch (cause) {
    throw cause === broken ? cause : new WaysideError('model-corrupt', broken.message, { cause });
  }
}

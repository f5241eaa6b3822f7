import { WaysideError } from '@wayside/protocol';
import { z } from 'zod';
import { width, windowSteps } from './wake-shape.ts';

const inputs = windowSteps * width;

/** What stands first in the file of a wake word's head, as JSON: enough to read the rest. */
const header = z.object({
  word: z.string().min(1).max(40),
  hidden: z.int().min(1).max(256),
  /** From which chance on the word was said. */
  from: z.number().gt(0).lt(1),
});

/**
 * A small dense net on the last 16 embeddings: each input by its mean and spread, one hidden layer (rectified), one output as log-odds. Rows of `first`
 * are hidden units.
 */
export type WakeNet = z.infer<typeof header> & {
  mean: Float32Array;
  factor: Float32Array;
  first: Float32Array;
  firstBias: Float32Array;
  second: Float32Array;
  secondBias: number;
};

/** The chance, 0 to 1, that the word has just been said. */
export function judgeWake(net: WakeNet, embeddings: Float32Array): number {
  const { hidden, mean, factor, first, firstBias, second } = net;
  const scaled = embeddings.map((value, i) => (value - mean[i]!) * factor[i]!);
  let sum = net.secondBias;
  for (let unit = 0; unit < hidden; unit++) {
    let input = firstBias[unit]!;
    const row = unit * inputs;
    for (let i = 0; i < inputs; i++) input += first[row + i]! * scaled[i]!;
    if (input > 0) sum += input * second[unit]!;
  }
  return 1 / (1 + Math.exp(-sum));
}

const sizes = (hidden: number) => [inputs, inputs, inputs * hidden, hidden, hidden, 1];

/** A head as the bytes of a file: a length, a header in JSON, then 32-bit floats, little-endian. */
export function writeWakeHead({ word, hidden, from, mean, factor, first, firstBias, second, secondBias }: WakeNet): Buffer {
  const lead = Buffer.from(JSON.stringify({ word, hidden, from }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(lead.length);
  const numbers = [mean, factor, first, firstBias, second, Float32Array.of(secondBias)];
  return Buffer.concat([length, lead, ...numbers.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))]);
}

/** Reads a head back. Throws `model-corrupt` for anything but what `writeWakeHead` wrote. */
export function readWakeHead(file: Buffer): WakeNet {
  const broken = (cause?: unknown) => new WaysideError('model-corrupt', 'This is not the file of a wake word.', { cause });
  try {
    const start = 4 + file.readUInt32LE();
    const lead = header.parse(JSON.parse(file.toString('utf8', 4, start)));
    const wanted = sizes(lead.hidden);
    const bytes = Uint8Array.from(file.subarray(start));
    if (bytes.length !== 4 * wanted.reduce((sum, one) => sum + one, 0)) throw broken();
    let at = 0;
    const [mean, factor, first, firstBias, second, bias] = wanted.map((count) => {
      at += 4 * count;
      return new Float32Array(bytes.buffer, at - 4 * count, count);
    });
    return { ...lead, mean: mean!, factor: factor!, first: first!, firstBias: firstBias!, second: second!, secondBias: bias![0]! };
  } catch (cause) {
    throw cause instanceof WaysideError ? cause : broken(cause);
  }
}

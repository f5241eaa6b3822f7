import { InferenceSession, Tensor } from 'onnxruntime-node';
import { moonshineDecoder } from './moonshine-graph.ts';
import { startOfSpeech } from './moonshine-pieces.ts';
import type { Beginnings } from './recognize-beams.ts';

/** Of the sound the model reads. */
export const soundRate = 16_000;
/** Its first layers need this much sound to give anything at all; a shorter one is followed by silence. */
const leastSamples = soundRate / 2;

type Kept = Record<string, Tensor>;

export type Moonshine = {
  /** Hears a sound through and stands before the first word. */
  listen(speech: Float32Array): Promise<Beginnings>;
  close(): Promise<void>;
};

/** One thread: a step is too short for two to pay, and a second one spins while it waits. */
const options: InferenceSession.SessionOptions = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 };

/** Rows of a tensor [rows, …] chosen by number. */
function rowsOf(tensor: Tensor, rows: readonly number[]): Tensor {
  const [count, ...rest] = tensor.dims as [number, ...number[]];
  if (rows.length === count && rows.every((row, at) => row === at)) return tensor;
  const data = tensor.data as Float32Array;
  const size = data.length / count;
  const chosen = new Float32Array(rows.length * size);
  for (const [at, row] of rows.entries()) chosen.set(data.subarray(row * size, (row + 1) * size), at * size);
  return new Tensor('float32', chosen, [rows.length, ...rest]);
}
const renamed = (kept: Kept, from: string, to: string): Kept =>
  Object.fromEntries(Object.entries(kept).map(([name, tensor]) => [name.replace(from, to), tensor]));

/**
 * Moonshine (Jeffries et al., "Moonshine: Speech recognition for live transcription and voice commands", arXiv 2410.15608): an encoder that
 * takes as long as the sound is, and a decoder that writes pieces of words, here several beginnings at a time.
 * @throws `model-corrupt` for a decoder that is none
 */
export async function loadMoonshine(files: { encoder: string; decoder: string }): Promise<Moonshine> {
  const decoder = moonshineDecoder(files.decoder);
  const { width, heads, headWidth, layers } = decoder.shape;
  const encode = await InferenceSession.create(files.encoder, options);
  const remember = await InferenceSession.create(decoder.remember, options);
  const step = await InferenceSession.create(decoder.step, options);
  const nothing = new Tensor('float32', new Float32Array(0), [1, heads, 0, headWidth]);
  const empty = Object.fromEntries(
    Array.from({ length: layers }, (_, n) => ['key', 'value'].map((part) => [`past.${n}.${part}`, nothing] as const)).flat(),
  );

  async function at(memory: Kept, past: Kept, place: number, pieces: readonly number[]): Promise<Beginnings> {
    const vectors = new Float32Array(pieces.length * width);
    for (const [n, piece] of pieces.entries()) decoder.vectorOf(piece, vectors, n * width);
    const { cos, sin } = decoder.turnAt(place);
    const { chances, ...present } = await step.run({
      vectors: new Tensor('float32', vectors, [pieces.length, 1, width]),
      cos: new Tensor('float32', cos, [headWidth]),
      sin: new Tensor('float32', sin, [headWidth]),
      ...past,
      ...memory,
    });
    const said = renamed(present, 'present', 'past');
    return {
      width: decoder.shape.pieces,
      chances: chances!.data as Float32Array,
      next: (from, following) =>
        at(memory, Object.fromEntries(Object.entries(said).map(([name, tensor]) => [name, rowsOf(tensor, from)])), place + 1, following),
    };
  }

  return {
    async listen(speech) {
      const padded = new Float32Array(Math.max(leastSamples, speech.length));
      padded.set(speech);
      const { last_hidden_state: heard } = await encode.run({ input_values: new Tensor('float32', padded, [1, padded.length]) });
      return at(await remember.run({ heard: heard! }), empty, 0, [startOfSpeech]);
    },
    async close() {
      await Promise.all([encode, remember, step].map((session) => session.release()));
    },
  };
}

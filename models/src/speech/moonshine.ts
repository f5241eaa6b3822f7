import { InferenceSession, Tensor } from 'onnxruntime-node';

/** Of the sound the model reads. */
export const soundRate = 16_000;
/** Its first layers need this much sound to give anything at all; a shorter one is followed by silence. */
const leastSamples = soundRate / 2;

const [heads, headWidth] = [8, 52];
type Kept = Record<string, Tensor>;

/** Where several beginnings of a sentence stand: what the decoder remembers of each, and the chances of what comes next. */
export type Beginnings = {
  count: number;
  /** Natural logarithms of chances, `count` rows of `width`. */
  chances: Float32Array;
  width: number;
  /** From chosen beginnings (an index may come up twice), each with the piece that follows it. */
  next(from: readonly number[], pieces: readonly number[]): Promise<Beginnings>;
};

export type Moonshine = {
  /** Hears a sound through and stands before the first word. */
  listen(speech: Float32Array): Promise<Beginnings>;
  close(): Promise<void>;
};

const options: InferenceSession.SessionOptions = { intraOpNumThreads: 2, interOpNumThreads: 1, logSeverityLevel: 3 };

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

/** Log-softmax of each row, in place. */
function chancesOf(logits: Float32Array, width: number): Float32Array {
  for (let from = 0; from < logits.length; from += width) {
    const row = logits.subarray(from, from + width);
    let most = Number.NEGATIVE_INFINITY;
    for (const value of row) if (value > most) most = value;
    let sum = 0;
    for (const value of row) sum += Math.exp(value - most);
    const all = most + Math.log(sum);
    for (let at = 0; at < row.length; at++) row[at]! -= all;
  }
  return logits;
}

/**
 * Moonshine (Jeffries et al., "Moonshine: Speech recognition for live transcription and voice commands", arXiv 2410.15608): an encoder that
 * takes as long as the sound is, and a decoder of eight layers that writes pieces of words. Both are ONNX, the decoder "merged": one graph for
 * the first step and for later ones.
 */
export async function loadMoonshine(files: { encoder: string; decoder: string }): Promise<Moonshine> {
  const encoder = await InferenceSession.create(files.encoder, options);
  const decoder = await InferenceSession.create(files.decoder, options);
  const past = decoder.inputNames.filter((name) => name.startsWith('past_key_values.'));
  const nothing = new Tensor('float32', new Float32Array(0), [1, heads, 0, headWidth]);

  async function step(heard: Tensor, kept: Kept | undefined, pieces: readonly number[]): Promise<Beginnings> {
    const { logits, ...present } = await decoder.run({
      input_ids: new Tensor('int64', BigInt64Array.from(pieces, BigInt), [pieces.length, 1]),
      encoder_hidden_states: heard,
      use_cache_branch: new Tensor('bool', [kept !== undefined], [1]),
      ...(kept ?? Object.fromEntries(past.map((name) => [name, nothing]))),
    });
    // What the decoder remembers of the sound is complete after the first step; later steps give it back empty.
    const remembered: Kept = Object.fromEntries(
      past.map((name) => [
        name,
        kept !== undefined && name.includes('.encoder.') ? kept[name]! : present[name.replace('past_key_values', 'present')]!,
      ]),
    );
    const width = logits!.dims.at(-1)!;
    return {
      count: pieces.length,
      width,
      chances: chancesOf(logits!.data as Float32Array, width),
      next: (from, following) =>
        step(
          rowsOf(heard, from),
          Object.fromEntries(Object.entries(remembered).map(([name, tensor]) => [name, rowsOf(tensor, from)])),
          following,
        ),
    };
  }

  return {
    async listen(speech) {
      const padded = new Float32Array(Math.max(leastSamples, speech.length));
      padded.set(speech);
      const { last_hidden_state } = await encoder.run({ input_values: new Tensor('float32', padded, [1, padded.length]) });
      return step(last_hidden_state!, undefined, [1]);
    },
    async close() {
      await encoder.release();
      await decoder.release();
    },
  };
}

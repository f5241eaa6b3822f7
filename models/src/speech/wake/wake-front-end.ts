import { InferenceSession, Tensor } from 'onnxruntime-node';
import { wakeEmbeddingGraph } from './wake-embedding-graph.ts';
import { bands, hop, overlap, stepFrames, windowFrames } from './wake-shape.ts';

/** Softer than any microphone's own noise, in the spectrogram's decibels: what our own words were trained with. */
export const ownFloorDb = 0;
/** None: openWakeWord's ready heads were trained with digital silence as it is. */
export const readyFloorDb = Number.NEGATIVE_INFINITY;

const options = { intraOpNumThreads: 1, interOpNumThreads: 1, enableCpuMemArena: false, logSeverityLevel: 3 } as const;

/** Embeddings one behind the other, of a tensor that holds their numbers behind each other: [1, width, n, 1]. */
function side({ data, dims }: Tensor): Float32Array {
  const [count, of] = [dims[2]!, dims[1]!];
  return Float32Array.from({ length: count * of }, (_, i) => (data as Float32Array)[(i % of) * count + Math.floor(i / of)]!);
}

/**
 * What a wake word's head looks at: the mel spectrogram, and Google's speech embedding on it (Lin et al., "Training keyword spotters with limited and
 * synthesized speech data", 2020), both as openWakeWord converted them.
 * Gives the front end of heads that know no softer silence than `floorDb`; all share the weights.
 */
export async function loadWakeFrontEnd(files: { spectrogram: string; embedding: string }) {
  const mel = await InferenceSession.create(files.spectrogram, options);
  const { model, tails } = wakeEmbeddingGraph(files.embedding);
  const embedding = await InferenceSession.create(model, options);
  const nothing = Object.fromEntries(
    tails.map(({ name, channels, across }) => [name, new Tensor('float32', new Float32Array(), [1, channels, 0, across])]),
  );
  async function melOf(samples: Float32Array, floorDb: number): Promise<Float32Array> {
    const input = new Tensor(
      'float32',
      samples.map((value) => value * 32_768),
      [1, samples.length],
    );
    const { output } = await mel.run({ input });
    // The scale the embedding was trained with. The graph cuts at 80 dB below the loudest of its call, so true silence (a browser's noise suppression
    // makes it) is a hundred decibels lower by itself than with speech behind it: a floor keeps the two alike.
    return (output!.data as Float32Array).map((value) => Math.max(value, floorDb) / 10 + 2);
  }
  return (floorDb: number) => ({
    /**
     * Mel frames, one behind the other, of samples in [-1, 1]; the first 480 only lead in. The graph was converted for samples as a sound card gives
     * them: at ±1 its logarithms are of almost nothing, and hardly a word is found.
     */
    async spectrogram(samples: Float32Array): Promise<Float32Array> {
      if (floorDb !== readyFloorDb) return melOf(samples, floorDb);
      // As openWakeWord hears it, 80 ms at a time: the loudest of a call decides how soft silence may be.
      const frames = (samples.length - overlap) / hop;
      const pieces: Float32Array[] = [];
      for (let at = 0, next = frames % stepFrames || stepFrames; at < frames; at = next, next += stepFrames)
        pieces.push(await melOf(samples.subarray(at * hop, next * hop + overlap), floorDb));
      const whole = new Float32Array(frames * bands);
      let filled = 0;
      for (const piece of pieces) {
        whole.set(piece, filled);
        filled += piece.length;
      }
      return whole;
    },
    /**
     * Begins to listen. What it gives takes mel frames as they come, first those of one window or more, then whole steps, and gives their embeddings,
     * one behind the other; of the first frames so many that the last window ends with the last one.
     */
    embedder(): (frames: Float32Array) => Promise<Float32Array> {
      let before: Record<string, Tensor> | undefined;
      return async (frames) => {
        const count = frames.length / bands;
        const whole = before ? count : windowFrames + Math.floor((count - windowFrames) / stepFrames) * stepFrames;
        const fresh = frames.slice((count - whole) * bands);
        const out = await embedding.run({ frames: new Tensor('float32', fresh, [1, 1, whole, bands]), ...(before ?? nothing) });
        before = Object.fromEntries(tails.map(({ name }) => [name, out[`next.${name}`] as Tensor]));
        return side(out.embeddings as Tensor);
      };
    },
  });
}

export type WakeFrontEnd = ReturnType<Awaited<ReturnType<typeof loadWakeFrontEnd>>>;

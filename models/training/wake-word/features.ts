import type { WakeFrontEnd } from '../../src/speech/wake/wake-front-end.ts';
import { bands, stepFrames, width, windowFrames, windowSteps } from '../../src/speech/wake/wake-shape.ts';

/** Embeddings of a sound, one each 80 ms, one behind the other. */
export type Steps = { embeddings: Float32Array; count: number };

/** The sample at which what an embedding has seen ends. */
export const endOf = (step: number): number => (step * stepFrames + windowFrames - 1) * 160 + 512;

/** What a head looks at when it judges at a step; undefined where there were not enough before it. */
export const windowAt = ({ embeddings }: Steps, step: number): Float32Array | undefined =>
  step < windowSteps - 1 ? undefined : embeddings.subarray((step - windowSteps + 1) * width, (step + 1) * width);

const atOnce = 64 * 1280;

/** Runs the chain's own front end over a whole sound. */
export async function stepsOf(frontEnd: WakeFrontEnd, sound: Float32Array): Promise<Steps> {
  const pieces: Float32Array[] = [];
  // A piece overlaps the one before by what its first window looks back on.
  const back = windowFrames * 160 + 352;
  for (let at = 0; at + back < sound.length; at += atOnce) {
    const frames = await frontEnd.spectrogram(sound.subarray(at, at + atOnce - 1280 + back));
    pieces.push(await frontEnd.embedder()(frames.subarray(0, Math.floor(frames.length / bands) * bands)));
  }
  const embeddings = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    embeddings.set(piece, at);
    at += piece.length;
  }
  return { embeddings, count: embeddings.length / width };
}

import { InferenceSession, Tensor } from 'onnxruntime-node';
import { readCt2File } from '../graph/ct2-file.ts';
import type { Beginnings } from './recognize-beams.ts';
import { createStepDecoder, sessionOptions } from './step-decoder.ts';
import { whisperEncoder, whisperStep } from './whisper-graph.ts';
import type { WhisperPieces } from './whisper-pieces.ts';
import { bands, framesPerSecond, pictureOf } from './whisper-sound.ts';

/** Of the sound the model reads. */
const soundRate = 16_000;
/** It learned with 30 s, silence behind the speech; so much of the silence is enough for it to know that the speech has ended. */
const [silence, least, longest] = [2 * framesPerSecond, 5 * framesPerSecond, 30 * framesPerSecond];
const headWidth = 64;

/**
 * Whisper (Radford et al., "Robust speech recognition via large-scale weak supervision", arXiv 2212.04356) from the weights CTranslate2 keeps, brought
 * to eight bits here.
 * @param language as its marks call it
 * @throws `model-corrupt` for a file that is no such model
 */
export async function loadWhisper(
  path: string,
  pieces: WhisperPieces,
  language: string,
): Promise<(speech: Float32Array) => Promise<Beginnings>> {
  const file = readCt2File(path);
  const embedding = file.eightBits('decoder/embeddings/weight');
  const width = embedding.columns;
  const layers = [...file.names].filter((name) => /^decoder\/layer_\d+\/ffn\/linear_0\/weight$/.test(name)).length;
  const shape = { width, heads: width / headWidth, headWidth, layers, pieces: embedding.rows };
  const seenAt = file.floats('encoder/position_encodings/encodings').numbers;
  const saidAt = file.floats('decoder/position_encodings/encodings').numbers;
  const encode = await InferenceSession.create(whisperEncoder(file, shape), sessionOptions);
  const step = await InferenceSession.create(whisperStep(file, shape), sessionOptions);

  const blocks = width / 32;
  const feeds = (place: number, ids: readonly number[]) => {
    const vectors = new Float32Array(ids.length * width);
    for (const [n, id] of ids.entries())
      for (let at = 0; at < width; at++) {
        const weight = (embedding.weights[id * width + at]! - 128) * embedding.scales[id * blocks + (at >> 5)]!;
        vectors[n * width + at] = weight + saidAt[place * width + at]!;
      }
    return { vectors: new Tensor('float32', vectors, [ids.length, 1, width]) };
  };
  const start = createStepDecoder(step, shape, feeds, (chances) => chances.fill(Number.NEGATIVE_INFINITY, pieces.marks));
  return async (speech) => {
    const spoken = Math.ceil((speech.length * framesPerSecond) / soundRate);
    const frames = Math.min(longest, Math.max(least, 2 * Math.ceil((spoken + silence) / 2)));
    const memory = await encode.run({
      picture: new Tensor('float32', pictureOf(speech, frames), [1, bands, frames]),
      places: new Tensor('float32', seenAt.slice(0, (frames / 2) * width), [1, frames / 2, width]),
    });
    const [first, ...marks] = pieces.begin(language) as [number, ...number[]];
    let at = await start(memory, first);
    for (const mark of marks) at = await at.next([0], [mark]);
    return at;
  };
}

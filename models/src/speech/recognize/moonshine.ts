import { InferenceSession, Tensor } from 'onnxruntime-node';
import { moonshineDecoder } from './moonshine-graph.ts';
import { startOfSpeech } from './moonshine-pieces.ts';
import type { Beginnings } from './recognize-beams.ts';
import { createStepDecoder, sessionOptions } from './step-decoder.ts';

/** Of the sound the model reads. */
export const soundRate = 16_000;
/** Its first layers need this much sound to give anything at all; a shorter one is followed by silence. */
const leastSamples = soundRate / 2;

/** Hears a sound through and stands before the first word. */
export type Listen = (speech: Float32Array) => Promise<Beginnings>;

/**
 * Moonshine (Jeffries et al., "Moonshine: Speech recognition for live transcription and voice commands", arXiv 2410.15608): an encoder that
 * takes as long as the sound is, and a decoder that writes pieces of words, here several beginnings at a time.
 * @throws `model-corrupt` for a decoder that is none
 */
export async function loadMoonshine(files: { encoder: string; decoder: string }): Promise<Listen> {
  const decoder = moonshineDecoder(files.decoder);
  const { width, headWidth } = decoder.shape;
  const encode = await InferenceSession.create(files.encoder, sessionOptions);
  const remember = await InferenceSession.create(decoder.remember, sessionOptions);
  const start = createStepDecoder(await InferenceSession.create(decoder.step, sessionOptions), decoder.shape, (place, pieces) => {
    const vectors = new Float32Array(pieces.length * width);
    for (const [n, piece] of pieces.entries()) decoder.vectorOf(piece, vectors, n * width);
    const { cos, sin } = decoder.turnAt(place);
    return {
      vectors: new Tensor('float32', vectors, [pieces.length, 1, width]),
      cos: new Tensor('float32', cos, [headWidth]),
      sin: new Tensor('float32', sin, [headWidth]),
    };
  });
  return async (speech) => {
    const padded = new Float32Array(Math.max(leastSamples, speech.length));
    padded.set(speech);
    const { last_hidden_state: heard } = await encode.run({ input_values: new Tensor('float32', padded, [1, padded.length]) });
    return start(await remember.run({ heard: heard! }), startOfSpeech);
  };
}

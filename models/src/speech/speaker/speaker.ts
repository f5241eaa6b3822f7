import { InferenceSession, Tensor } from 'onnxruntime-node';
import { createMel, hop } from '../recognize/mel.ts';
import { meanVoice } from './likeness.ts';
import { bands, frames, speakerGraph, width } from './speaker-graph.ts';

/** How a voice sounds, whatever it says: a vector of length 1. Two of one person point nearly the same way. */
export type VoiceOf = (speech: Float32Array) => Promise<Float32Array>;

/** One window begins 0.77 s after the other; the last may lack a quarter (Resemblyzer's own figures). */
const [step, mostMissing] = [77, frames / 4];
/** Soft speech is made so loud, the mean of its squares; loud speech is left as it is. −30 dB of full scale. */
const loudness = 1e-3;
/** More of it tells nothing new. */
const longest = 10 * 16_000;

const energiesOf = createMel(bands);

/** Where the windows begin, in mel frames: all that are there, and one more when little of it is missing. */
export function windowsOf(count: number): number[] {
  const starts = [0];
  while (starts.at(-1)! + step + frames - mostMissing <= count) starts.push(starts.at(-1)! + step);
  return starts;
}

/** Mel frames of a sound, [frame, band], as they are: no logarithm. */
export function melOf(speech: Float32Array): Float32Array[] {
  const power = speech.reduce((sum, value) => sum + value * value, 0) / (speech.length || 1);
  const louder = power > 0 && power < loudness ? Math.sqrt(loudness / power) : 1;
  const sound = speech.map((value) => value * louder);
  return Array.from({ length: Math.floor(sound.length / hop) + 1 }, (_, frame) => Float32Array.from(energiesOf(sound, frame)));
}

/** Loads the voice encoder into this process: 6 MB of weights, one thread. @throws when the file is not the one it should be */
export async function loadSpeaker(path: string): Promise<VoiceOf> {
  const session = await InferenceSession.create(speakerGraph(path), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    enableCpuMemArena: false,
    logSeverityLevel: 3,
  });
  return async (speech) => {
    const mel = melOf(speech.subarray(0, longest));
    const starts = windowsOf(mel.length);
    const input = new Float32Array(frames * starts.length * bands);
    for (const [n, start] of starts.entries())
      for (let frame = 0; frame < frames; frame++) {
        const seen = mel[start + frame];
        if (seen) input.set(seen, (frame * starts.length + n) * bands);
      }
    const { voice } = await session.run({ mel: new Tensor('float32', input, [frames, starts.length, bands]) });
    const rows = voice!.data as Float32Array;
    return meanVoice(starts.map((_, n) => rows.subarray(n * width, (n + 1) * width)));
  };
}

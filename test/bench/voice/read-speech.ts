import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { readWav } from '../../../cli/src/wav.ts';
import { loadVoiceActivity } from '../../../models/src/speech/ears/voice-activity.ts';
import { createLevelActivity } from '../../../models/src/speech/ears/voice-activity-level.ts';

export const rate = 16_000;
const frame = 512;
/** Kept before and after what is spoken, as the ears do. */
const margin = 0.3 * rate;

/** Samples in [-1, 1] of a WAV, an MP3 or a FLAC of any rate, brought to 16 kHz. @throws for what is no sound */
export async function readSpeech(path: string): Promise<Float32Array> {
  const kind = extname(path).toLowerCase();
  if (kind === '.wav') return Float32Array.from(await readWav(path), (value) => value / 32_768);
  const bytes = await readFile(path);
  if (kind === '.mp3') {
    const decoder = new (await import('mpg123-decoder')).MPEGDecoder();
    return decoded(decoder, () => decoder.decode(bytes));
  }
  if (kind === '.flac') {
    const decoder = new (await import('@wasm-audio-decoders/flac')).FLACDecoder();
    return decoded(decoder, () => decoder.decodeFile(bytes));
  }
  throw new Error(`${path} is no WAV, MP3 or FLAC.`);
}

/** The same; what cannot be read is said, and undefined. */
export async function readOrTell(path: string, say: (line: string) => void): Promise<Float32Array | undefined> {
  try {
    return await readSpeech(path);
  } catch (error) {
    say(`left out: ${(error as Error).message}`);
    return undefined;
  }
}

type Sound = { channelData: Float32Array[]; sampleRate: number };
type Decoder = { ready: Promise<void>; free(): void };

/** The first channel, brought to 16 kHz by straight lines. */
async function decoded(decoder: Decoder, decode: () => Sound | Promise<Sound>): Promise<Float32Array> {
  await decoder.ready;
  const { channelData, sampleRate } = await decode();
  decoder.free();
  const left = channelData[0]!;
  const step = sampleRate / rate;
  return Float32Array.from({ length: Math.floor((left.length - 1) / step) }, (_, at) => {
    const place = Math.floor(at * step);
    const share = at * step - place;
    return left[place]! * (1 - share) + left[place + 1]! * share;
  });
}

const power = (sound: Float32Array): number => sound.reduce((sum, value) => sum + value * value, 0) / sound.length;

/** A sound with noise in it: over the whole recording's power, as the speech-to-intent benchmark mixes. `turn` begins elsewhere in the noise. */
export function mix(sound: Float32Array, noise: Float32Array, decibels: number, turn: number): Float32Array {
  const from = (turn * 7919 * 13) % Math.max(1, noise.length - sound.length);
  const part = noise.subarray(from, from + sound.length);
  const gain = Math.sqrt(power(sound) / power(part) / 10 ** (decibels / 10));
  return sound.map((value, at) => value + gain * (part[at] ?? 0));
}

/**
 * Cuts the silence off both ends of a recording, by the voice activity the ears use: what a recognizer gets of it in the ears.
 * @param model of voice activity; without, by level alone
 */
export async function cutter(model: string | undefined): Promise<(sound: Float32Array) => Promise<Float32Array>> {
  const activities = model === undefined ? undefined : await loadVoiceActivity(model);
  return async (sound) => {
    const activity = activities?.() ?? createLevelActivity();
    let [first, last] = [-1, -1];
    for (let at = 0; at + frame <= sound.length; at += frame) {
      if ((await activity(sound.slice(at, at + frame))) < 0.5) continue;
      if (first < 0) first = at;
      last = at + frame;
    }
    return first < 0 ? sound : sound.slice(Math.max(0, first - margin), Math.min(sound.length, last + margin));
  };
}

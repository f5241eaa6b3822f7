import { readSpeech } from './read-speech.ts';

const s16 = (value: number) => Math.max(-32_768, Math.min(32_767, Math.round(32_768 * value)));

/** A WAV, FLAC or MP3 recording of any rate, brought to 16 kHz. */
export const readSound = async (path: string): Promise<Int16Array> => Int16Array.from(await readSpeech(path), s16);

/** How loud the louder half of a recording is (root mean square of its samples): its pauses do not count. */
function loudness(sound: Int16Array): number {
  const frames = Array.from({ length: Math.floor(sound.length / 512) }, (_, at) => {
    const frame = sound.subarray(at * 512, (at + 1) * 512);
    return frame.reduce((sum, value) => sum + value * value, 0) / 512;
  });
  const loud = frames.toSorted((a, b) => b - a).slice(0, Math.ceil(frames.length / 2));
  return Math.sqrt(loud.reduce((sum, value) => sum + value, 0) / (loud.length || 1));
}

/** A recording with noise so many decibels below its speech, the noise taken from `from` on. */
export function withNoise(sound: Int16Array, noise: Int16Array, decibels: number, from: number): Int16Array {
  const factor = loudness(sound) / (loudness(noise) || 1) / 10 ** (decibels / 20);
  return sound.map((value, i) => Math.max(-32_768, Math.min(32_767, Math.round(value + factor * noise[(from + i) % noise.length]!))));
}

/** With so many seconds of silence before and after. */
export function padded(sound: Int16Array, before: number, after: number): Int16Array {
  const whole = new Int16Array(sound.length + Math.round(16_000 * (before + after)));
  whole.set(sound, Math.round(16_000 * before));
  return whole;
}

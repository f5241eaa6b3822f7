import { readFile } from 'node:fs/promises';
import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { WaysideError } from '@wayside/protocol';

const s16 = (value: number) => Math.max(-32_768, Math.min(32_767, Math.round(32_768 * value)));

/** A WAV (s16) or FLAC recording of 16 kHz, mono. Throws `invalid` for another rate. */
export async function readSound(path: string): Promise<Int16Array> {
  const file = await readFile(path);
  if (!path.endsWith('.flac')) {
    if (file.readUInt32LE(24) !== 16_000) throw new WaysideError('invalid', `${path} is not of 16 kHz.`);
    const data = file.indexOf('data', 12, 'latin1') + 8;
    return new Int16Array(Uint8Array.from(file.subarray(data, file.length - ((file.length - data) % 2))).buffer);
  }
  const decoder = new FLACDecoder();
  await decoder.ready;
  const { channelData, sampleRate } = await decoder.decodeFile(file);
  decoder.free();
  if (sampleRate !== 16_000) throw new WaysideError('invalid', `${path} is not of 16 kHz.`);
  return Int16Array.from(channelData[0]!, s16);
}

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

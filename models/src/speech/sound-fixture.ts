/** Sound for the tests of hearing: real speech from a file, and what surrounds it, made. */
import { readFileSync } from 'node:fs';
import { randomFrom } from '../fixtures.ts';

/** "What's the temperature", said by a person: 2.2 s, of which the middle second is speech (OHF-Voice/speech-to-phrase, Apache-2.0). */
export const temperature = (): Int16Array => readWav(new URL('./sounds/whats-the-temperature.wav', import.meta.url));

/** Our wake words, in Kokoro's voices af_nova and zf_xiaoni, from which nothing was learned. */
export const wakeWords = (): Record<'hey wayside' | '小路小路', Int16Array> => ({
  'hey wayside': readWav(new URL('./sounds/hey-wayside.wav', import.meta.url)),
  小路小路: readWav(new URL('./sounds/xiaolu-xiaolu.wav', import.meta.url)),
});

/** The samples of a WAV file of 16 kHz, mono, s16, whose data chunk is its last. */
export function readWav(path: string | URL): Int16Array {
  const file = readFileSync(path);
  const data = file.indexOf('data', 12, 'latin1') + 8;
  return new Int16Array(Uint8Array.from(file.subarray(data, file.length - ((file.length - data) % 2))).buffer);
}

export const silence = (seconds: number): Int16Array => new Int16Array(16_000 * seconds);

/** White noise, the same for the same seed; `level` is its largest value. */
export function noise(seconds: number, level: number, seed = 1): Int16Array {
  const random = randomFrom(seed);
  return Int16Array.from({ length: 16_000 * seconds }, () => random(2 * level + 1) - level);
}

export function joinSounds(...sounds: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(sounds.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of sounds) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}

/** A sound in pieces of 80 ms, as a microphone gives it. */
export function piecesOf(sound: Int16Array): Int16Array[] {
  return Array.from({ length: Math.ceil(sound.length / 1280) }, (_, at) => sound.subarray(at * 1280, (at + 1) * 1280));
}

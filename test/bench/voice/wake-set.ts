import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomFrom } from '../../../models/src/fixtures.ts';
import { padded, readSound, withNoise } from './read-sound.ts';

export type Recording = { path: string; sound: Int16Array };

/** Every WAV, FLAC and MP3 below a folder; what cannot be read is left out. */
async function recordingsIn(folder: string): Promise<Recording[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => [] as string[]);
  const sounds = names.filter((name) => /\.(wav|flac|mp3)$/i.test(name)).toSorted();
  const all = sounds.map(async (name) => {
    const path = join(folder, name);
    const sound = await readSound(path).catch(() => undefined);
    return sound && { path, sound };
  });
  return (await Promise.all(all)).filter((one) => one !== undefined);
}

/** What was held back when our own words were trained: voices that nothing was learned from (models/training/README.md). */
const held = fileURLToPath(new URL('./wake-words', import.meta.url));

export type WakeSet = {
  /** Sayings of each word; `name` is what its figures are called by, nothing for the public set's. */
  said: { name: string; word: string; recordings: Recording[] }[];
  /** Recordings in which nobody says any of them. */
  others: Recording[];
  noise: Int16Array;
};

/** The recordings to measure on: `wake-word`, `speech-asr` and `speech-commands` below `data`, and our own words. */
export async function readWakeSet(data: string): Promise<WakeSet | undefined> {
  const positive = await recordingsIn(join(data, 'wake-word', 'positive'));
  const isAlexa = ({ path }: Recording) => /[\\/]alexa[\\/]/.test(path);
  if (!positive.some(isAlexa)) return undefined;
  const rest = ['wake-word/negative', 'speech-asr', 'speech-commands/wav', 'speech-commands/noise'];
  const others = await Promise.all(rest.map((folder) => recordingsIn(join(data, folder))));
  return {
    said: [
      { name: '', word: 'alexa', recordings: positive.filter(isAlexa) },
      { name: 'heyWayside', word: 'hey wayside', recordings: await recordingsIn(join(held, 'hey-wayside')) },
      { name: 'xiaolu', word: '小路小路', recordings: await recordingsIn(join(held, 'xiaolu-xiaolu')) },
    ],
    others: [...positive.filter((one) => !isAlexa(one)), ...others.flat()],
    noise: others[3]![0]?.sound ?? whiteNoise(),
  };
}

/** Ten seconds, where there is no recorded noise. */
function whiteNoise(): Int16Array {
  const random = randomFrom(1);
  return Int16Array.from({ length: 160_000 }, () => random(6001) - 3000);
}

/** A recording as it is heard in a room that was quiet before, clean or with noise at 10 dB all the time. */
export function inRoom({ sound }: Recording, noise: Int16Array | undefined, at: number): Int16Array {
  const whole = padded(sound, 1.5, 1);
  return noise ? withNoise(whole, noise, 10, at * 7919) : whole;
}

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom } from '../../src/fixtures.ts';
import { type Clip, type Part, seedOf, type Word } from './clips.ts';
import { loadKokoro } from './kokoro.ts';
import { wavOf } from './sound.ts';

/** Which voices are for what: every fifth is held back, every ninth chooses; so each holds men and women of most languages. */
const partOf = (at: number): Part => (at % 5 === 2 ? 'held' : at % 9 === 4 ? 'choose' : 'train');

/** How often each voice says the word; every fourth says something like it. */
const sayings = { en: 2, zh: 1 } as const;

type Order = { clip: Clip; phonemes: string };

function ordersOf(word: Word, voices: readonly string[], place: string): Order[] {
  const orders: Order[] = [];
  for (const [at, voice] of voices.entries()) {
    if (word.tongues && !word.tongues.includes(voice[0]!)) continue;
    const add = (name: string, is: 'word' | 'near', phonemes: string) =>
      orders.push({ clip: { path: join(place, `${name}.wav`), word: word.word, is, part: partOf(at), voice }, phonemes });
    for (let n = 0; n < sayings[word.locale]; n++)
      add(n ? `plain-${voice}-${n}` : `plain-${voice}`, 'word', word.says[(at + n) % word.says.length]!);
    if (at % 4 === 1) add(`near-${voice}`, 'near', word.near[(at >> 2) % word.near.length]!);
  }
  return orders;
}

/** Has Kokoro say every word and what sounds like it; clips that are there are kept. */
export async function speakByKokoro(folder: string, words: readonly Word[], placeOf: (word: Word) => string): Promise<Clip[]> {
  const kokoro = await loadKokoro(join(folder, 'kokoro'));
  const orders = words.flatMap((word) => ordersOf(word, kokoro.voices, placeOf(word)));
  for (const { clip, phonemes } of orders) {
    if (existsSync(clip.path)) continue;
    const speed = 0.75 + randomFrom(seedOf(clip.path.split('/').at(-1)!))(56) / 100;
    writeFileSync(clip.path, wavOf(await kokoro.speak(phonemes, clip.voice, speed)));
  }
  return orders.map(({ clip }) => clip);
}

import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/** The sounds of the CMU Pronouncing Dictionary, vowels with their stress; in the file each is one character, beginning with `!`. */
export const soundNames: readonly string[] = [
  ...'B CH D DH F G HH JH K L M N NG P R S SH T TH V W Y Z ZH'.split(' '),
  ...'AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW'.split(' ').flatMap((vowel) => ['0', '1', '2'].map((stress) => vowel + stress)),
];
const first = '!'.charCodeAt(0);
export const packSounds = (sounds: readonly string[]) => String.fromCharCode(...sounds.map((sound) => first + soundNames.indexOf(sound)));
export const unpackSounds = (packed: string) => Array.from(packed, (char) => soundNames[char.charCodeAt(0) - first]!);

const newline = 10;
const space = 32;

/**
 * The dictionary: lines of a word and its sounds, sorted by their bytes, looked up where they are. 126,000 words as JavaScript strings would take twenty
 * times the memory.
 */
export function readWords(
  file: string | URL = new URL('../../../pronunciation/words-en.br', import.meta.url),
): (word: string) => string[] | undefined {
  const lines = brotliDecompressSync(readFileSync(file));
  const lineAt = (at: number): [begin: number, end: number] => {
    const end = lines.indexOf(newline, at);
    return [at === 0 ? 0 : lines.lastIndexOf(newline, at - 1) + 1, end === -1 ? lines.length : end];
  };
  return (word) => {
    const wanted = Buffer.from(word);
    let [low, high] = [0, lines.length];
    while (low < high) {
      const [begin, end] = lineAt((low + high) >> 1);
      const middle = lines.indexOf(space, begin);
      const order = wanted.compare(lines, begin, middle);
      if (order === 0) return unpackSounds(lines.toString('latin1', middle + 1, end));
      if (order < 0) high = begin;
      else low = end + 1;
    }
    return undefined;
  };
}

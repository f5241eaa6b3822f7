import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/**
 * A decision tree: a leaf is what the letter sounds like (sounds joined by a blank, often none); a branch asks whether the letter at `[0]` places from this one
 * is `[1]`, or, with `[0]` of `before`, whether the last sound was.
 */
export type Tree = string | [place: number, value: string, yes: Tree, no: Tree];
/** For each letter. */
export type Trees = Record<string, Tree>;

/** The place that stands for the sound before, and the one before that. */
export const before = { one: 101, two: 102 } as const;

/** The letter or sound a branch asks for; beyond the word's ends stands `#`. */
export function seen(word: string, at: number, sounds: readonly string[], place: number): string {
  if (place === before.one) return sounds.at(-1) ?? '#';
  if (place === before.two) return sounds.at(-2) ?? '#';
  return word[at + place] ?? '#';
}

/** One primary stress a word: the first that was found, else the first vowel. */
function withOneStress(sounds: string[]): string[] {
  const primary = sounds.findIndex((sound) => sound.endsWith('1'));
  const chosen = primary === -1 ? sounds.findIndex((sound) => /\d$/.test(sound)) : primary;
  return sounds.map((sound, at) => (at === chosen ? sound.replace(/\d$/, '1') : sound.replace('1', '2')));
}

/** What an English word in small letters sounds like by its spelling, in ARPABET. */
export function soundOut(word: string, trees: Trees): string[] {
  const sounds: string[] = [];
  for (let at = 0; at < word.length; at++) {
    let tree = trees[word[at]!] ?? '';
    while (typeof tree !== 'string') tree = seen(word, at, sounds, tree[0]) === tree[1] ? tree[2] : tree[3];
    if (tree) sounds.push(...tree.split(' '));
  }
  return withOneStress(sounds);
}

/** Reads the trees that models/training/pronunciation grew from the dictionary. */
export function readLetters(
  file: string | URL = new URL('../../../pronunciation/letters-en.br', import.meta.url),
): (word: string) => string[] {
  const trees: Trees = JSON.parse(brotliDecompressSync(readFileSync(file)).toString());
  // Longer than any word; a line of nonsense must not take a second to say.
  return (word) => soundOut(word.slice(0, 40), trees);
}

import type { BiasPlace, CutWords } from './bias-graph.ts';
import { keyOf, wordsOf } from './bias-words.ts';

/**
 * How many words of a sentence stand where a phrase has them, its end counted as one; a word that is only known here, or stands after one other of
 * its phrase, counts in part.
 * @param whole the gain of a piece after two words of its phrase
 */
export function fitOf(pieces: readonly number[], start: BiasPlace, whole: number, { piece, end }: CutWords): number {
  let place = start;
  let fit = 0;
  let word = 0;
  for (const [at, id] of [...pieces, end].entries()) {
    // Squared: a word that merely is said here too tells little of the sentence.
    const part = Math.min(1, (place.expected().get(id) ?? 0) / whole) ** 2;
    const written = piece(id);
    if (at === 0) word = part;
    else if (id === end || written.startsWith(' ')) [fit, word] = [fit + word, part];
    else if (/[\p{L}\p{N}]/u.test(written)) word = Math.min(word, part);
    if (id !== end) place = place.after(id);
  }
  return fit + word;
}

/** A sentence with the words of the phrases as they are written there: "8-Ounce" as "eight ounce", so that a grammar finds them. */
export function createRewriter(phrases: readonly string[]): (text: string) => string {
  const writings = new Map<string, string>();
  const pairs = new Set<string>();
  for (const phrase of phrases) {
    const words = wordsOf(phrase);
    for (const [at, word] of words.entries()) {
      const key = keyOf(word);
      // Small where any phrase has it small: a title begins with a capital, and what is said of it does not.
      if (!writings.has(key) || word === word.toLowerCase()) writings.set(key, word === 'i' ? 'I' : word);
      if (at > 0) pairs.add(`${keyOf(words[at - 1]!)} ${key}`);
    }
  }
  const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  return (text) => {
    const apart = text.replace(/([\p{L}\p{N}']+)-(?=([\p{L}\p{N}']+))/gu, (whole, before: string, after: string) =>
      pairs.has(`${keyOf(before)} ${keyOf(after)}`) ? `${before} ` : whole,
    );
    return apart.replace(/[\p{L}\p{N}]+(?:['’]\p{L}+)*|%/gu, (word, at: number) => {
      const writing = writings.get(keyOf(word));
      if (writing === undefined) return word;
      const spaced = word === '%' && at > 0 && apart[at - 1] !== ' ' ? ` ${writing}` : writing;
      return at === 0 ? upper(spaced) : spaced;
    });
  };
}

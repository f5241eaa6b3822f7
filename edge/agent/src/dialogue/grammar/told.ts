import type { HeardWithin } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import type { Automaton, ListMatcher } from './automaton.ts';

/** What a sentence of a cue says, and where it counts. */
export type CueMeaning = Omit<HeardWithin, 'sentences'>;
/** What is told within a sentence: the slots of the cue, and from where to where, in characters of the sentence as it was read. */
export type Told = { slots: Readonly<Record<string, string>>; at: number; end: number };

/** `{any}` stands for as much as this, in characters, that is of no matter; `{word}` for one word of it, in Chinese one character. */
const longestAside: Record<Locale, number> = { en: 50, zh: 10 };

/**
 * All that a sentence tells by a cue, from left to right.
 * @param automaton of the cue
 * @param sentence normalised
 * @param asked whether it ends with a question mark
 * @param lists what other lists a template names
 */
export function hearTold(
  automaton: Automaton<CueMeaning>,
  { sentence, locale, asked }: { sentence: string; locale: Locale; asked: boolean },
  lists: ListMatcher,
): Told[] {
  const spaced = locale === 'en';
  const endsWord = (at: number) => !spaced || at === sentence.length || sentence[at] === ' ';
  const matcher: ListMatcher = (list, text, at) => {
    const word = list.endsWith('/word');
    if (!word && !list.endsWith('/any')) return lists(list, text, at);
    const ends = Array.from({ length: Math.min(longestAside[locale], text.length - at) }, (_, n) => at + n + 1);
    const words = ends.filter((end) => endsWord(end) && text[end - 1] !== ' ');
    return words.slice(0, word ? 1 : undefined).map((end) => ({ end, out: '' }));
  };
  const told: Told[] = [];
  const not: Told[] = [];
  for (let at = 0; at < sentence.length; at++) {
    if (sentence[at] === ' ' || (spaced && at > 0 && sentence[at - 1] !== ' ')) continue;
    for (const { end, meaning } of automaton.read(sentence, at, matcher)) {
      if (!endsWord(end) || (meaning.asked && !asked)) continue;
      const [first, last] = [meaning.at === 'first' || meaning.at === 'whole', meaning.at === 'last' || meaning.at === 'whole'];
      if ((first && at > 0) || (last && end < sentence.length)) continue;
      (meaning.not ? not : told).push({ slots: meaning.slots, at, end });
    }
  }
  return told.filter((one) => !not.some(({ at, end }) => at < one.end && one.at < end));
}

/** Whether a sentence is made of nothing but what is told in it. */
export function coveredBy(told: readonly Told[], sentence: string): boolean {
  const reached = new Set([0]);
  for (let at = 0; at < sentence.length; at++) {
    if (!reached.has(at)) continue;
    if (sentence[at] === ' ') reached.add(at + 1);
    for (const one of told) if (one.at === at) reached.add(one.end);
  }
  return sentence !== '' && reached.has(sentence.length);
}

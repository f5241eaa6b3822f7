import type { HeardWithin } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import type { Automaton, ListMatcher, Reading } from './automaton.ts';

/** What a sentence of a cue says, and where it counts. */
export type CueMeaning = Omit<HeardWithin, 'sentences'>;
/** What is told within a sentence: the slots of the cue, and from where to where, in characters of the sentence as it was read. */
export type Told = { slots: Readonly<Record<string, string>>; at: number; end: number };

/**
 * Words that no template knows, and how many characters long they may be: `{any}` are of no matter, `{word}` is one of them (in Chinese one character), and
 * `{words}` are told.
 */
const asides: Readonly<Record<string, Readonly<Record<Locale, number>>>> = {
  any: { en: 50, zh: 10 },
  word: { en: 50, zh: 1 },
  words: { en: 40, zh: 12 },
};

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
  // A template that ends with what may be left out has read the space before it.
  const endsWord = (at: number) => !spaced || at === sentence.length || sentence[at] === ' ' || sentence[at - 1] === ' ';
  const matcher: ListMatcher = (list, text, at) => {
    const name = list.slice(list.indexOf('/') + 1);
    const longest = asides[name]?.[locale];
    if (longest === undefined) return lists(list, text, at);
    const ends = Array.from({ length: Math.min(longest, text.length - at) }, (_, n) => at + n + 1);
    const words = ends.filter((end) => endsWord(end) && text[end - 1] !== ' ');
    return words.slice(0, name === 'word' ? 1 : undefined).map((end) => ({ end, out: name === 'words' ? text.slice(at, end) : '' }));
  };
  const told: Told[] = [];
  const not: Told[] = [];
  for (let at = 0; at < sentence.length; at++) {
    if (sentence[at] === ' ' || (spaced && at > 0 && sentence[at - 1] !== ' ')) continue;
    for (const { end, meaning, slots } of automaton.read(sentence, at, matcher)) {
      if (!endsWord(end) || (meaning.asked && !asked)) continue;
      const [first, last] = [meaning.at === 'first' || meaning.at === 'whole', meaning.at === 'last' || meaning.at === 'whole'];
      if ((first && at > 0) || (last && end < sentence.length)) continue;
      (meaning.not ? not : told).push({ slots: { ...meaning.slots, ...filled(slots) }, at, end });
    }
  }
  return told.filter((one) => !not.some((other) => takesAway(other, one)));
}

/** What only sounds like a cue takes away what is told in the same words, where it has slots that which says the same. */
const takesAway = (not: Told, told: Told): boolean =>
  not.at < told.end && told.at < not.end && Object.entries(not.slots).every(([slot, value]) => told.slots[slot] === value);

/** What the words of a sentence filled in; an aside is empty. */
function filled(slots: Reading<CueMeaning>['slots']): Record<string, string> {
  const all: Record<string, string> = {};
  for (let slot = slots; slot; slot = slot.rest) if (slot.out !== '') all[slot.slot] = slot.out;
  return all;
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

import type { Locale } from '@wayside/protocol';
import type { Automaton, ListMatcher } from './automaton.ts';

/** What is told somewhere in a sentence: what the template says of it, and where it begins. */
export type Told = { slots: Readonly<Record<string, string>>; at: number };

const tells = new Set(['complain', 'midway']);
/** Intents whose sentences are listened for anywhere in what is said, when the conversation is at a point for it. */
export const isTold = (intent: string): boolean => tells.has(intent);

/** `{any}` stands for as much as this, in characters, that is of no matter; `{word}` for one word of it. */
const longestAside: Record<Locale, number> = { en: 50, zh: 10 };

/**
 * All that a sentence tells by an intent's templates, from left to right. A template with the slot `whole` must be all that was said.
 * @param sentence normalised
 */
export function hearTold(
  automaton: Automaton<{ intent: string; slots: Record<string, string> }>,
  sentence: string,
  locale: Locale,
  intent: string,
): Told[] {
  const spaced = locale === 'en';
  const endsWord = (at: number) => !spaced || at === sentence.length || sentence[at] === ' ';
  const aside: ListMatcher = (list, text, at) => {
    const ends = Array.from({ length: Math.min(longestAside[locale], text.length - at) }, (_, n) => at + n + 1);
    const words = ends.filter((end) => endsWord(end) && text[end - 1] !== ' ');
    return words.slice(0, list.endsWith('/word') ? 1 : undefined).map((end) => ({ end, out: '' }));
  };
  const told: Told[] = [];
  for (let at = 0; at < sentence.length; at++) {
    if (sentence[at] === ' ' || (spaced && at > 0 && sentence[at - 1] !== ' ')) continue;
    for (const { end, meaning } of automaton.read(sentence, at, aside)) {
      const whole = meaning.slots.whole !== undefined && (at > 0 || end < sentence.length);
      if (meaning.intent === intent && endsWord(end) && !whole) told.push({ slots: meaning.slots, at });
    }
  }
  return told;
}

import type { Locale } from '@wayside/protocol';
import type { Automaton } from './automaton.ts';
import type { Told } from './told.ts';

/** The intent that is heard anywhere in a sentence: nobody who smells gas speaks in templates. */
export const emergencyIntent = 'emergency';
/** What may be danger, and is asked before anybody is called. */
export const perhapsDanger = 'perhaps-danger';
/** Heard in the same way, and answered at once, whoever is in the conversation: somebody thinks of harming themselves. */
export const selfHarmIntent = 'self-harm';
export const heardAnywhere: ReadonlySet<string> = new Set([emergencyIntent, selfHarmIntent]);

/**
 * The first emergency that a sentence tells of, wherever in it. In English one word is not enough unless it is all that was said.
 * @param said normalised
 * @param notSo what says in the sentence that some words tell of none (the cue `no-alarm`); asked for only where there are such words
 */
export function hearAlarm<T>(alarms: Automaton<T>, said: string, locale: Locale, notSo: () => readonly Told[]): T | undefined {
  const spaced = locale === 'en';
  let known: readonly Told[] | undefined;
  for (let at = 0; at < said.length; at++) {
    if (said[at] === ' ' || (spaced && at > 0 && said[at - 1] !== ' ')) continue;
    for (const { end, meaning } of alarms.read(said, at, () => [])) {
      const words = said.slice(at, end);
      if (spaced && end < said.length && said[end] !== ' ') continue;
      if (spaced && !words.includes(' ') && words !== said && !strong.has(words)) continue;
      known ??= notSo();
      if (!known.some((one) => takesAway(one, at, end, said))) return meaning;
    }
  }
  return undefined;
}

/** Single words that leave no doubt. */
const strong = new Set(['electrocuted', 'exploded']);

/** Does it stand next to the words, or around them? */
function takesAway({ slots, at, end }: Told, from: number, to: number, said: string): boolean {
  const touches = (one: number, next: number) => one <= next && said.slice(one, next).trim() === '';
  if (slots.stands === 'before') return touches(end, from);
  return slots.stands === 'behind' ? touches(to, at) : at <= from && end >= to;
}

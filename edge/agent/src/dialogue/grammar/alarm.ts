import type { Locale } from '@wayside/protocol';
import type { Automaton } from './automaton.ts';

/** The intent that is heard anywhere in a sentence: nobody who smells gas speaks in templates. */
export const emergencyIntent = 'emergency';
/** What may be danger, and is asked before anybody is called. */
export const perhapsDanger = 'perhaps-danger';
/** Heard in the same way, and answered at once, whoever is in the conversation: somebody thinks of harming themselves. */
export const selfHarmIntent = 'self-harm';
export const heardAnywhere: ReadonlySet<string> = new Set([emergencyIntent, selfHarmIntent]);

/** What turns the words into their opposite, or into a mere thought: "no smoke", "is there any smoke", "will it catch fire". */
const denied: Record<Locale, RegExp> = {
  en: /(?:^| )(?:(?:no|not|never|without|any)(?: \S+)? |(?:is there|are there|was there|could there be)(?: \S+){0,3} |(?:do|does|did) (?:it|that|this|you|they|anything) |(?:exhaust|tailpipe) (?:is |has )?)$/,
  zh: /(?:[不没打点怕]|没有|不会|会不会|会|会发生|防止|避免|是否|排气管|尾气|什么是|什么叫|啥是|啥叫)(?:有|在)?$/,
};
/** What follows when something else is meant: an alarm that hangs on the wall, an engine that burns oil, smoke where smoke belongs. */
const other: Record<Locale, RegExp> = {
  en: /^ (?:(?:\S+ ){0,4}(?:exhaust|tailpipe|tail pipe)(?: |$)|(?:alarm|extinguisher|door|drill|detector|test|insurance|cap|mileage|station|prices?|oil|fuel|more|too much|a lot)(?: |$))/,
  zh: /^(?:点|器|险|培训|演习|吗|是什么|是啥|什么意思|啥意思)/,
};

/** In an engine 失火 is what a misfire is called; nothing burns there. As long as the words it stands for. */
const misfires = [/缸失火/g, '缸缺火'] as const;

/**
 * The first emergency that a sentence tells of, wherever in it. In English one word is not enough unless it is all that was said.
 * @param said normalised
 */
export function hearAlarm<T>(alarms: Automaton<T>, said: string, locale: Locale): T | undefined {
  const sentence = said.replace(...misfires);
  for (let at = 0; at < sentence.length; at++) {
    if (sentence[at] === ' ' || (locale === 'en' && at > 0 && sentence[at - 1] !== ' ')) continue;
    if (denied[locale].test(sentence.slice(0, at))) continue;
    for (const { end, meaning } of alarms.read(sentence, at, () => [])) {
      const words = sentence.slice(at, end);
      if (locale === 'en' && end < sentence.length && sentence[end] !== ' ') continue;
      if (locale === 'en' && !words.includes(' ') && words !== sentence && !strong.has(words)) continue;
      if (!other[locale].test(sentence.slice(end))) return meaning;
    }
  }
  return undefined;
}

/** Single words that leave no doubt. */
const strong = new Set(['electrocuted', 'exploded']);

import type { Wording } from '@wayside/packs';
import { hasHan, longestSentence } from '../grammar/sentence.ts';

/** A sentence in the words of the whole language: "佢做乜嘢事" as "它怎么了", "is she right, mate?" as "is it all right?". Itself where it has none of a region. */
export type Plainly = (text: string) => string;

type Words = { every: RegExp; plain: ReadonlyMap<string, string>; aside: RegExp };

/** Reads it by the core's words, those of the language a sentence is written in; they are compiled when first wanted. */
export function createPlainly(wording: Partial<Record<string, Wording>> = {}): Plainly {
  const known = new Map<string, Words | undefined>();
  return (text) => {
    const locale = hasHan(text) ? 'zh' : 'en';
    if (!known.has(locale)) known.set(locale, compiled(wording[locale]?.regional, locale === 'en'));
    const words = known.get(locale);
    if (!words) return text;
    if (text.length > longestSentence) return text;
    const straight = text.replaceAll('’', "'");
    const bare = straight.replace(words.aside, '').trim();
    const plain = bare.replace(words.every, (said) => words.plain.get(said.toLowerCase()) ?? said).replace(words.aside, '');
    return plain === straight || bare === '' || plain.trim() === '' ? text : plain.replace(/\s+/g, ' ').trim();
  };
}

/** @param parted whether words are parted by spaces: then only whole words count */
function compiled(regional: Wording['regional'], parted: boolean): Words | undefined {
  if (!regional) return undefined;
  const plain = new Map(Object.entries(regional.says).flatMap(([as, said]) => said.map((one) => [one.toLowerCase(), as] as const)));
  // Of two that begin alike the longer is meant.
  const any = (said: Iterable<string>) =>
    [...said]
      .sort((a, b) => b.length - a.length)
      .map((one) => RegExp.escape(one))
      .join('|') || '(?!)';
  const whole = (source: string) => (parted ? `(?<![\\p{L}\\d'])(?:${source})(?![\\p{L}\\d'])` : `(?:${source})`);
  const asides = any(regional.asides);
  const gap = '[\\s,，.。!！、~～]';
  return {
    every: new RegExp(whole(any(plain.keys())), 'giu'),
    plain,
    // Said to whom one speaks, at either end; never the whole sentence.
    aside: parted
      ? new RegExp(`^(?:${whole(asides)}${gap}+)+|(?:${gap}+${whole(asides)})+(?=[\\s.!?]*$)`, 'giu')
      : new RegExp(`^(?:(?:${asides})${gap}*)+|(?:${gap}*(?:${asides}))+(?=[\\s。！？!?.]*$)`, 'giu'),
  };
}

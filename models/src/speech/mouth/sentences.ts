import type { Locale } from '@wayside/protocol';

/** Letters a piece may have: what is made at once is heard late and cannot be stopped in the middle. A Chinese character is most of a word. */
const longest: Record<Locale, number> = { en: 180, zh: 32 };
/** The first piece is what somebody waits for. */
const longestFirst: Record<Locale, number> = { en: 60, zh: 18 };
/** Shorter ones sound chopped. */
const shortest: Record<Locale, number> = { en: 12, zh: 4 };

/** Places where a speaker may pause inside a sentence; a comma in 1,500 is none. */
const clause: Record<Locale, RegExp> = {
  en: /[,;:–—)](?=\s)\s+|\s(?=(?:and|but|or|because|which|while|until|then|if)\s)/g,
  zh: /[，；：、—）,;:]\s*/g,
};
const between: Record<Locale, RegExp> = { en: /\s+/g, zh: /(?<=[\p{Script=Han}])(?=[\p{Script=Han}])|\s+/gu };

/** Made when first needed: each brings rules of its own into memory, and an edge that is silent needs none. */
const segmenters: Partial<Record<Locale, Intl.Segmenter>> = {};
function sentencesOf(text: string, locale: Locale): string[] {
  segmenters[locale] ??= new Intl.Segmenter(locale, { granularity: 'sentence' });
  return Array.from(segmenters[locale].segment(text), ({ segment }) => segment);
}

/** Where to cut so that the head has at most `most` letters: at the last pause that leaves enough on both sides. */
function placeToCut(text: string, most: number, locale: Locale, places: RegExp): number | undefined {
  const least = shortest[locale];
  const ends = Array.from(text.matchAll(places), (match) => match.index + match[0].length);
  return ends.filter((end) => end <= most && end >= least && text.length - end >= least).at(-1);
}

/** Cuts a sentence so that its head has at most `most` letters if it can pause there; one that is longer than any may be is cut between words, else anywhere. */
function cut(sentence: string, most: number, locale: Locale): [head: string, rest: string] {
  const limit = longest[locale];
  const pause = sentence.trimEnd().length <= most ? sentence.length : placeToCut(sentence, most, locale, clause[locale]);
  const at =
    pause ??
    (sentence.length <= limit
      ? sentence.length
      : (placeToCut(sentence, limit, locale, clause[locale]) ?? placeToCut(sentence, limit, locale, between[locale]) ?? limit));
  return [sentence.slice(0, at), sentence.slice(at)];
}

const saysMuch = (text: string, locale: Locale) => (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= (locale === 'zh' ? 2 : 4);

/**
 * A text in the pieces it is spoken in: sentences, long ones cut where one may pause, the first one short so that it is heard early. Joined, they are
 * the text again, letter for letter.
 */
export function inPieces(text: string, locale: Locale): string[] {
  const pieces: string[] = [];
  let waiting = '';
  for (const sentence of sentencesOf(text, locale)) {
    let rest = waiting + sentence;
    waiting = '';
    // "1." or a lone quotation mark is said with what follows it, unless its line ends there.
    if (!saysMuch(rest, locale) && !rest.includes('\n')) {
      waiting = rest;
      continue;
    }
    while (rest) {
      const [head, after] = cut(rest, pieces.length === 0 ? longestFirst[locale] : longest[locale], locale);
      pieces.push(head);
      rest = after;
    }
  }
  if (waiting) pieces.push(waiting);
  return pieces;
}

/**
 * Text as the full-text indices take it: each Chinese character is a word of its own, since nothing stands between the words of Chinese; letters
 * without their accents. A query is taken the same way and as a phrase, so that it finds exactly what stands there.
 */
export const indexed = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFKC')
    .replace(/(\p{Script=Han})/gu, ' $1 ');

const wordsOf = (text: string): string[] =>
  indexed(text)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** What to look for: phrases of words that stand beside each other. `unfinished`: the last word may go on. */
export type Wanted = { phrases: string[]; how: 'all' | 'any'; unfinished: boolean };

/**
 * What somebody types: every word must be there, and the last may be half typed.
 * @returns undefined when there is no word in it
 */
export function wantedBy(typed: string): Wanted | undefined {
  const phrases = typed
    .split(/\s+/)
    .map((word) => wordsOf(word).join(' '))
    .filter((word) => word !== '')
    .slice(0, 8);
  return phrases.length === 0 ? undefined : { phrases, how: 'all', unfinished: !/\s$/.test(typed) };
}

const lastPlace = 16_383;
const longestWord = 200;

/**
 * Texts as a `tsvector` (postgresql.org/docs/current/datatype-textsearch.html), each word with its places and the weight of its text. Cut here, not by
 * the database's parser, so that both engines know the same words.
 */
export function placesOf(texts: Record<string, string>): string {
  const places = new Map<string, string[]>();
  let at = 0;
  for (const [weight, text] of Object.entries(texts)) {
    for (const word of wordsOf(text)) {
      const found = places.get(word.slice(0, longestWord)) ?? [];
      // 256 places of a word are kept.
      if (found.length < 256) found.push(`${Math.min(++at, lastPlace)}${weight}`);
      places.set(word.slice(0, longestWord), found);
    }
    // The end of one text and the beginning of the next are no phrase.
    at++;
  }
  return [...places].map(([word, where]) => `'${word}':${where.join(',')}`).join(' ');
}

/** The words of a text that carry meaning: for telling how alike two texts are. Chinese in pairs of characters. */
export function gist(text: string): Set<string> {
  const plain = text.normalize('NFKC').toLowerCase();
  const latin = (plain.match(/[\p{Script=Latin}\p{N}]{3,}/gu) ?? []).filter((word) => !common.has(word));
  const han = (plain.match(/\p{Script=Han}+/gu) ?? []).flatMap((run) =>
    Array.from({ length: Math.max(0, run.length - 1) }, (_, i) => run.slice(i, i + 2)),
  );
  return new Set([...latin, ...han]);
}

const common = new Set(
  'the and for with that this from are was were has have not but you your its into onto when then than what which will can may'.split(' '),
);

/** How alike two sets of words are, 0 to 1 (Jaccard). */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = a.intersection(b).size;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}

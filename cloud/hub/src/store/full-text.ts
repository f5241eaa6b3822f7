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

/** Its words, small, in their order. */
export const wordsOf = (text: string): string[] =>
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

/**
 * As FTS5 is asked (sqlite.org/fts5.html §3): a phrase in quotes; with a star its last word may go on.
 * @param mark stands before every word, where it does in the index
 */
export const ftsOf = ({ phrases, how, unfinished }: Wanted, mark = ''): string =>
  phrases
    .map((phrase, i) => `"${marked(phrase, mark).join(' ')}"${unfinished && i === phrases.length - 1 ? '*' : ''}`)
    .join(how === 'all' ? ' AND ' : ' OR ');

/** As a `tsquery` (postgresql.org/docs/current/datatype-textsearch.html §8.11.2). */
export const tsqueryOf = ({ phrases, how, unfinished }: Wanted, mark = ''): string =>
  phrases
    .map((phrase, i) => {
      const words = marked(phrase, mark).map((word) => `'${word}'`);
      if (unfinished && i === phrases.length - 1) words.push(`${words.pop()}:*`);
      return `(${words.join(' <-> ')})`;
    })
    .join(how === 'all' ? ' & ' : ' | ');

const marked = (phrase: string, mark: string): string[] => phrase.split(' ').map((word) => mark + word);

const lastPlace = 16_383;
const longestWord = 200;

/**
 * Texts as a `tsvector` (postgresql.org/docs/current/datatype-textsearch.html), each word with its places and the weight of its text. Cut here, not by
 * the database's parser, so that both engines know the same words.
 */
export function placesOf(texts: Record<string, string>, mark = ''): string {
  const places = new Map<string, string[]>();
  let at = 0;
  for (const [weight, text] of Object.entries(texts)) {
    for (const bare of wordsOf(text)) {
      const word = (mark + bare).slice(0, longestWord);
      const found = places.get(word) ?? [];
      // 256 places of a word are kept.
      if (found.length < 256) found.push(`${Math.min(++at, lastPlace)}${weight}`);
      places.set(word, found);
    }
    // The end of one text and the beginning of the next are no phrase.
    at++;
  }
  return [...places].map(([word, where]) => `'${word}':${where.join(',')}`).join(' ');
}

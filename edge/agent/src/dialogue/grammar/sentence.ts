import type { Locale } from '@wayside/protocol';

/** Spoken short forms, with and without their apostrophe, because people type both and templates are written with either. */
const contractions: Record<string, string> = {
  whats: 'what is',
  wheres: 'where is',
  whens: 'when is',
  hows: 'how is',
  whos: 'who is',
  whys: 'why is',
  thats: 'that is',
  theres: 'there is',
  somethings: 'something is',
  its: 'it is',
  im: 'i am',
  ive: 'i have',
  youre: 'you are',
  weve: 'we have',
  isnt: 'is not',
  arent: 'are not',
  wasnt: 'was not',
  werent: 'were not',
  doesnt: 'does not',
  dont: 'do not',
  didnt: 'did not',
  hasnt: 'has not',
  havent: 'have not',
  wont: 'will not',
  wouldnt: 'would not',
  couldnt: 'could not',
  shouldnt: 'should not',
  cant: 'can not',
  cannot: 'can not',
  lets: 'let us',
  gonna: 'going to',
  wanna: 'want to',
  gotta: 'got to',
  ok: 'okay',
  temp: 'temperature',
  temps: 'temperatures',
};
const contraction = new RegExp(`(?<![\\p{L}\\d])(${Object.keys(contractions).join('|')})(?![\\p{L}\\d])`, 'gu');

/** The longest utterance a template could mean; longer ones are questions. */
export const longestSentence = 300;

/**
 * One form for what is one sentence to the ear: full-width and half-width, case, punctuation, short forms, and for Chinese no spaces.
 * Used for utterances and templates alike, so both sides change together.
 */
export function normalise(text: string, locale: Locale): string {
  const plain = simplify(text).trim();
  return locale === 'zh' ? plain.replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '') : plain;
}

/** As `normalise`, keeping a space at either end: a piece of a template may be joined to what stands beside it, or not. */
export function simplify(text: string): string {
  return (
    text
      .normalize('NFKC')
      // Marks nobody sees must not cut a word in two.
      .replace(/\p{Cf}/gu, '')
      .toLowerCase()
      // "I'll" and "we're" without their mark are other words.
      .replace(/(?<=\b(?:i|you|we|they|he|she|it|that|there))['’‘`´]ll\b/g, ' will')
      .replace(/(?<=\b(?:you|we|they))['’‘`´]re\b/g, ' are')
      .replace(/['’‘`´]/g, '')
      // A decimal point and a percent or degree sign belong to a number; every other mark is breath.
      .replace(/(?<!\d)\.|\.(?!\d)|[^\p{L}\p{N}.%°\s]/gu, ' ')
      .replace(contraction, (word) => contractions[word] ?? word)
      .replace(/\s+/g, ' ')
  );
}

export const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

import { createPronouncer, type PronouncerOptions } from './pronounce.ts';
import { consonants } from './pronounce-arpabet.ts';
import { pronounceChinese } from './pronounce-chinese.ts';
import { letterNames, tradeWords } from './pronounce-words.ts';

/** From the sounds of the CMU Pronouncing Dictionary to the signs Kokoro was taught American English with: a diphthong is one capital letter. */
const signs: Record<string, string> = {
  ...consonants,
  CH: 'ʧ',
  JH: 'ʤ',
  AA: 'ɑ',
  AE: 'æ',
  AH: 'ʌ',
  AO: 'ɔ',
  AW: 'W',
  AY: 'I',
  EH: 'ɛ',
  ER: 'ɜɹ',
  EY: 'A',
  IH: 'ɪ',
  IY: 'i',
  OW: 'O',
  OY: 'Y',
  UH: 'ʊ',
  UW: 'u',
};
const stresses: Record<string, string> = { 1: 'ˈ', 2: 'ˌ' };

export const kokoroSigns = (sounds: readonly string[]): string =>
  sounds
    .map((sound) => {
      const [, name = '', stress = ''] = /^([A-Z]+)(\d?)$/.exec(sound) ?? [];
      return `${stresses[stress] ?? ''}${stress === '0' && name === 'AH' ? 'ə' : stress === '0' && name === 'ER' ? 'əɹ' : (signs[name] ?? '')}`;
    })
    .join('');

/** What of our IPA, which is eSpeak's, Kokoro writes with other signs. */
const otherSigns = [
  ['eɪ', 'A'],
  ['aɪ', 'I'],
  ['oʊ', 'O'],
  ['aʊ', 'W'],
  ['ɔɪ', 'Y'],
  ['dʒ', 'ʤ'],
  ['tʃ', 'ʧ'],
  ['ɐ', 'ə'],
  ['ɚɹ', 'əɹ'],
  ['ɚ', 'əɹ'],
  ['ʔn̩', 'tᵊn'],
  ['oːɹ', 'ɔɹ'],
  ['ɜːɹ', 'ɜɹ'],
  ['ɜː', 'ɜɹ'],
  ['ɾ', 'T'],
  ['ː', ''],
] as const;

/** English for a voice of Kokoro. */
export function createEnglishKokoroPronouncer(options: PronouncerOptions): (spoken: string) => string {
  const pronounce = createPronouncer(options);
  return (spoken) => otherSigns.reduce((said, [from, to]) => said.replaceAll(from, to), pronounce(spoken));
}

/** Chinese with what Latin letters it holds, for a voice of Kokoro. Capitals are spelled, words are said. */
export function createKokoroPronouncer({ known, guess }: PronouncerOptions): (spoken: string) => string {
  const latin = (word: string) => {
    const lower = word.toLowerCase();
    const spelled =
      /^[A-Z]+$/.test(word) && word.length <= 5 ? [...lower].flatMap((letter) => letterNames[letter]?.split(' ') ?? []) : undefined;
    return kokoroSigns(spelled ?? tradeWords[lower]?.split(' ') ?? known(lower) ?? guess(lower));
  };
  return (spoken) => pronounceChinese(spoken, latin);
}

/**
 * From the sounds of the CMU Pronouncing Dictionary (ARPABET, vowels with their stress) to IPA as eSpeak writes General American, which is what Piper's
 * English voices were trained on: the stress stands before its vowel, t is tapped before an unstressed vowel ("water": wˈɔːɾɚ), and vowels before r are its own.
 */

/** As the International Phonetic Alphabet has them. */
export const consonants: Record<string, string> = {
  B: 'b',
  CH: 'tʃ',
  D: 'd',
  DH: 'ð',
  F: 'f',
  G: 'ɡ',
  HH: 'h',
  JH: 'dʒ',
  K: 'k',
  L: 'l',
  M: 'm',
  N: 'n',
  NG: 'ŋ',
  P: 'p',
  R: 'ɹ',
  S: 's',
  SH: 'ʃ',
  T: 't',
  TH: 'θ',
  V: 'v',
  W: 'w',
  Y: 'j',
  Z: 'z',
  ZH: 'ʒ',
};
const vowels: Record<string, string> = {
  AA: 'ɑː',
  AE: 'æ',
  AH: 'ʌ',
  AO: 'ɔː',
  AW: 'aʊ',
  AY: 'aɪ',
  EH: 'ɛ',
  ER: 'ɜː',
  EY: 'eɪ',
  IH: 'ɪ',
  IY: 'iː',
  OW: 'oʊ',
  OY: 'ɔɪ',
  UH: 'ʊ',
  UW: 'uː',
};
const unstressed: Record<string, string> = { AH: 'ə', ER: 'ɚ' };
const beforeR: Record<string, string> = { IY: 'ɪ', UW: 'ʊ', EY: 'ɛ', OW: 'oː' };

const isVowel = (sound: string | undefined) => sound !== undefined && /\d$/.test(sound);
const name = (sound: string) => sound.replace(/\d$/, '');

function vowel(sounds: readonly string[], at: number): string {
  const [base, stress] = [name(sounds[at]!), sounds[at]!.at(-1)];
  const next = sounds[at + 1];
  const last = next === undefined;
  if (stress === '0') {
    if (base === 'AH' && at === 0 && !last) return 'ɐ';
    if (base === 'IY' && next !== 'R') return 'i';
    if (base === 'OW' && next !== 'R') return 'oʊ';
    // The endings of "detected" and "switches".
    if (
      (base === 'AH' || base === 'IH') &&
      sounds.length === at + 2 &&
      ((next === 'D' && /^[TD]$/.test(sounds[at - 1] ?? '')) || (next === 'Z' && /^(S|Z|SH|CH|JH|ZH)$/.test(sounds[at - 1] ?? '')))
    )
      return 'ᵻ';
    if (unstressed[base]) return unstressed[base] + (base === 'ER' && isVowel(next) ? 'ɹ' : '');
  }
  const sign = (next === 'R' && beforeR[base]) || vowels[base]!;
  // "battery": an r before a vowel is said once more.
  return `${stress === '1' ? 'ˈ' : stress === '2' ? 'ˌ' : ''}${sign}${base === 'ER' && isVowel(next) ? 'ɹ' : ''}`;
}

/** Whether this t (or the d of no word) is tapped: after a vowel or r, before an unstressed vowel. */
function tapped(sounds: readonly string[], at: number): boolean {
  const [before, after] = [sounds[at - 1], sounds[at + 1]];
  return (isVowel(before) || before === 'R') && after !== undefined && /0$/.test(after);
}

/** @param sounds such as `['W', 'AO1', 'T', 'ER0']`; what is no ARPABET is left out */
export function ipaOf(sounds: readonly string[]): string {
  let ipa = '';
  for (const [at, sound] of sounds.entries()) {
    if (isVowel(sound)) ipa += vowels[name(sound)] === undefined ? '' : vowel(sounds, at);
    else if (sound === 'T' && sounds[at + 1] === 'AH0' && sounds[at + 2] === 'N' && isVowel(sounds[at - 1])) ipa += 'ʔ';
    else if (sound === 'T' && tapped(sounds, at)) ipa += 'ɾ';
    else ipa += consonants[sound] ?? '';
  }
  return ipa.replaceAll('ʔən', 'ʔn̩');
}

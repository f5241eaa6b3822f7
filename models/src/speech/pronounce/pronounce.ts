import { ipaOf } from './pronounce-arpabet.ts';
import { beforeVowel, letterNames, tradeWords, weakWords } from './pronounce-words.ts';

/** ARPABET of a lower-case word, as in the CMU Pronouncing Dictionary, or of what letters sound like; undefined for what is not known. */
export type Sounds = (word: string) => readonly string[] | undefined;

export type PronouncerOptions = {
  /** The dictionary. */
  known: Sounds;
  /** What a word sounds like that is in no dictionary. */
  guess: (word: string) => readonly string[];
};

const word = /\p{Script=Latin}[\p{Script=Latin}'’]*/uy;
const pause = /[.,;:?!]/y;
const vowelFirst = /^[ˈˌ]?[aeiouæɐɑɔəɛɜɚɪʊʌᵻ]/;
const spelled = (letters: string) => [...letters].flatMap((letter) => letterNames[letter]?.split(' ') ?? []);

/** "pumps", "pump's", "pumped", "pumping", "pumper", "repump": a known word with an ending or beginning (sounds by English's own rules). */
function inflected(text: string, known: Sounds): string[] | undefined {
  const ends = (sounds: readonly string[], pattern: RegExp) => pattern.test(sounds.at(-1) ?? '');
  for (const [ending, add] of [
    [
      /['’]?s$/,
      (stem: readonly string[]) => (ends(stem, /^(S|Z|SH|ZH|CH|JH)$/) ? ['IH0', 'Z'] : ends(stem, /^(P|T|K|F|TH)$/) ? ['S'] : ['Z']),
    ],
    [/es$/, (stem: readonly string[]) => (ends(stem, /^(S|Z|SH|ZH|CH|JH)$/) ? ['IH0', 'Z'] : ['Z'])],
    [/ed$/, (stem: readonly string[]) => (ends(stem, /^[TD]$/) ? ['IH0', 'D'] : ends(stem, /^(P|K|F|S|SH|CH|TH)$/) ? ['T'] : ['D'])],
    [/ing$/, () => ['IH0', 'NG']],
    [/ers?$/, () => (text.endsWith('s') ? ['ER0', 'Z'] : ['ER0'])],
    [/ly$/, () => ['L', 'IY0']],
    [/less$/, () => ['L', 'AH0', 'S']],
    [/ness$/, () => ['N', 'AH0', 'S']],
    [/able$/, () => ['AH0', 'B', 'AH0', 'L']],
  ] as const) {
    if (!ending.test(text)) continue;
    const stem = text.replace(ending, '');
    if (stem.length < 3) continue;
    // "pumping", "using", "stopping", "dried".
    const from =
      known(stem) ??
      known(`${stem}e`) ??
      (stem.at(-1) === stem.at(-2) ? known(stem.slice(0, -1)) : undefined) ??
      known(stem.replace(/i$/, 'y'));
    if (from) return [...from, ...add(from)];
  }
  return undefined;
}

const lessStress = (sounds: readonly string[]) => sounds.map((sound) => sound.replace('1', '2'));

/** "setpoint", "turbocharger": two known words, the second with less stress. */
function compound(text: string, known: Sounds): string[] | undefined {
  for (let at = text.length - 3; at >= 3; at--) {
    const [first, second] = [known(text.slice(0, at)), known(text.slice(at)) ?? inflected(text.slice(at), known)];
    if (first && second) return [...first, ...lessStress(second)];
  }
  return undefined;
}

const prefixes: Record<string, string> = {
  re: 'R IY2',
  pre: 'P R IY2',
  un: 'AH2 N',
  over: 'OW2 V ER0',
  under: 'AH2 N D ER0',
  non: 'N AA2 N',
  anti: 'AE2 N T IY0',
  multi: 'M AH2 L T IY0',
  sub: 'S AH2 B',
  de: 'D IY2',
  micro: 'M AY2 K R OW0',
  milli: 'M IH2 L AH0',
  kilo: 'K IH2 L OW0',
  mega: 'M EH2 G AH0',
  hydro: 'HH AY2 D R OW0',
  turbo: 'T ER2 B OW0',
  thermo: 'TH ER2 M OW0',
  electro: 'IH0 L EH2 K T R OW0',
};
function prefixed(text: string, known: Sounds): string[] | undefined {
  for (const [prefix, sounds] of Object.entries(prefixes)) {
    const rest = text.startsWith(prefix) && text.length - prefix.length >= 4 ? text.slice(prefix.length) : undefined;
    const stem = rest && (known(rest) ?? inflected(rest, known));
    if (stem) return [...sounds.split(' '), ...stem];
  }
  return undefined;
}

/**
 * English words as IPA, for a voice that eSpeak's General American taught. Give it spoken forms: digits and units that are still written as such are left out.
 * Pauses are kept.
 */
export function createPronouncer({ known, guess }: PronouncerOptions): (spoken: string) => string {
  const lookUp: Sounds = (text) => tradeWords[text]?.split(' ') ?? known(text);
  const remembered = new Map<string, string>();

  function ipa(text: string): string {
    const found = remembered.get(text);
    if (found !== undefined) return found;
    const sounds =
      lookUp(text) ??
      inflected(text, lookUp) ??
      prefixed(text, lookUp) ??
      compound(text, lookUp) ??
      (/[aeiouy]/.test(text) ? guess(text) : spelled(text));
    const said = ipaOf(sounds);
    if (remembered.size > 5000) remembered.clear();
    remembered.set(text, said);
    return said;
  }

  return (spoken) => {
    const plain = spoken.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'");
    const tokens = plain.match(new RegExp(`${word.source}|${pause.source}`, 'gu')) ?? [];
    const isLetter = (at: number) => /^[A-Z]$/.test(tokens[at] ?? '');
    const said: string[] = [];
    for (let at = tokens.length - 1; at >= 0; at--) {
      const token = tokens[at]!;
      const lower = token.toLowerCase();
      const next = said.at(-1);
      if (!/\p{L}/u.test(token)) said.push(token);
      // "A B S" is three letters; "A misfire" is none.
      else if (isLetter(at) && ((token !== 'A' && token !== 'I') || isLetter(at - 1) || isLetter(at + 1))) said.push(ipaOf(spelled(lower)));
      else if (next && vowelFirst.test(next) && beforeVowel[lower]) said.push(beforeVowel[lower]);
      // A weak word at the end of a sentence is not weak: "what is it for?"
      else if (weakWords[lower] && next && /\p{L}/u.test(next)) said.push(weakWords[lower]);
      else if (/^[A-Z]{2,5}$/.test(token) && !lookUp(lower)) said.push(ipaOf(spelled(lower)));
      else said.push(ipa(lower));
    }
    return said
      .reverse()
      .join(' ')
      .replace(/ (?=[.,;:?!])/g, '');
  };
}

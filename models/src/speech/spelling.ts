import type { Locale } from '@wayside/protocol';
import { wordsOf } from './recognize/bias-words.ts';

/** What letters and digits are called, and what a recognizer writes when it takes the name for another word. */
const names: Readonly<Record<string, string>> = {
  a: 'ay eh',
  b: 'be bee',
  c: 'see sea',
  d: 'dee',
  e: '',
  f: 'ef eff',
  g: 'gee',
  h: 'aitch',
  i: 'eye aye',
  j: 'jay',
  k: 'kay',
  l: 'el ell elle',
  m: 'em',
  n: 'en',
  o: 'oh owe',
  p: 'pee pea',
  q: 'queue cue',
  r: 'are ar',
  s: 'es ess',
  t: 'tee tea',
  u: 'you yew',
  v: 'vee',
  w: '',
  x: 'ex',
  y: 'why wye',
  z: 'zed zee',
  0: 'zero',
  1: 'one won',
  2: 'two to too',
  3: 'three',
  4: 'four for fore',
  5: 'five',
  6: 'six',
  7: 'seven',
  8: 'eight ate',
  9: 'nine',
};
const symbolOf = new Map(
  Object.entries(names).flatMap(([symbol, called]) =>
    [symbol, ...called.split(' ').filter(Boolean)].map((name) => [name, symbol] as const),
  ),
);

/**
 * Letters and digits as they are said one by one, for a bias towards codes, part numbers and the like: any may follow any. Chinese recognizers write
 * them without spaces.
 */
export function spelledPhrases(locale: Locale): string[] {
  if (locale === 'zh') {
    const symbols = Object.keys(names).map((symbol) => symbol.toUpperCase());
    return [...symbols, ...symbols.flatMap((first) => symbols.map((second) => `${first}${second}`))];
  }
  const said = Object.keys(names).map((symbol) => (/\d/.test(symbol) ? names[symbol]!.split(' ')[0]! : symbol.toUpperCase()));
  return [...said, ...said.flatMap((first) => said.map((second) => `${first} ${second}`)), 'double U'];
}

/**
 * What was spelled: "P zero three oh one" is `P0301`, "You." alone `U`. Undefined when a word in it is no name of a letter or digit. An "oh" among digits
 * is a zero, as people say it; alone it is the letter.
 */
export function readSpelled(text: string): string | undefined {
  const words = wordsOf(text.replace(/double[\s-]?(?:u|you|yew)\b/gi, 'w')).flatMap((word) =>
    /^\d+$/.test(word) ? [...word] : [word.toLowerCase()],
  );
  const symbols = words.map((word) => symbolOf.get(word));
  if (symbols.length === 0 || symbols.includes(undefined)) return undefined;
  const spelled = symbols.join('').toUpperCase();
  return spelled.replace(/(?<=\d)O|O(?=\d)/g, '0');
}

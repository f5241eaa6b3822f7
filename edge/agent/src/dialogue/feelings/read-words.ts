import type { Locale } from '@wayside/protocol';
import { type Feeling, type FeelingKind, noFeeling } from './feeling.ts';
import { chinese, english } from './lexicon.ts';

/**
 * The feeling of a sentence by its words, with exclamation marks and capitals as signs of heat. It sees neither irony nor context; it is
 * there so that every tier has a number to look at, and where the embedder's head is there, that one takes its place. Both languages are
 * read in every sentence: people mix them.
 */
export function readWords(text: string, _locale?: Locale): Feeling {
  const plain = text
    .slice(0, 2_000)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/\b(can)t\b|\b(does|do|is|was)nt\b/g, (_, can, verb) => `${can ?? verb} not`)
    .replace(/\b(im)\b/g, 'i am');
  const feeling: Feeling = { ...noFeeling };
  const hear = (kind: FeelingKind, weight: number) => {
    // Several words for one feeling make it surer, never more than certain.
    feeling[kind] = 1 - (1 - feeling[kind]) * (1 - weight);
  };
  for (const { pattern, weights } of lexicons) {
    for (const match of plain.matchAll(pattern)) {
      const { kind, weight } = weights.get(match[0])!;
      const turned = opposite.test(plain.slice(Math.max(0, match.index - 18), match.index));
      // "Not good" is bad, but "not angry" is not glad.
      if (!turned) hear(kind, weight);
      else if (kind === 'satisfaction') hear('frustration', weight);
    }
  }
  const heat = Math.max(feeling.anger, feeling.frustration, feeling.anxiety);
  if (isShouted(text)) hear(feeling.anxiety > feeling.anger ? 'anxiety' : 'frustration', 0.45);
  if (/[!！?？]{2,}/.test(text) && feeling.satisfaction === 0) hear(heat > 0 ? strongestOf(feeling) : 'urgency', 0.25);
  for (const kind of Object.keys(feeling) as FeelingKind[]) feeling[kind] = Number(feeling[kind].toFixed(2));
  return feeling;
}

/** Capitals throughout, in words long enough that they are neither abbreviations nor codes. */
export function isShouted(text: string): boolean {
  const words = text.slice(0, 2_000).match(/[\p{L}\p{N}]+/gu) ?? [];
  const loud = words.filter((word) => /^[A-Z]{4,}$/.test(word));
  return loud.length >= 2 && !words.some((word) => /\p{Ll}/u.test(word));
}

const strongestOf = ({ anger, frustration, anxiety }: Feeling): FeelingKind =>
  anger >= frustration && anger >= anxiety ? 'anger' : frustration >= anxiety ? 'frustration' : 'anxiety';

const opposite = /(?:\b(?:not|never|no|without)\s+(?:(?:really|that|so|very|at all|a|any)\s+)?|[不没别]|没有|不是很|不太)$/;

const lexicons = [
  { of: english, wrap: (words: string) => `(?<![a-z])(?:${words})(?![a-z])` },
  { of: chinese, wrap: (words: string) => words },
].map(({ of, wrap }) => {
  const weights = new Map<string, { kind: FeelingKind; weight: number }>();
  for (const [kind, byWeight] of Object.entries(of))
    for (const [weight, words] of Object.entries(byWeight))
      for (const word of words.split('|')) weights.set(word, { kind: kind as FeelingKind, weight: Number(weight) });
  const longestFirst = [...weights.keys()].sort((a, b) => b.length - a.length).join('|');
  return { weights, pattern: new RegExp(wrap(longestFirst), 'g') };
});

import { readSpelled } from '../spelling.ts';
import { keyOf, wordsOf } from './bias-words.ts';
import type { Said } from './recognize-beams.ts';

/** A sentence that may have been said. */
export type Weighed = Said & {
  text: string;
  /** How many of its words stand where a favoured phrase has them. */
  fit: number;
  /** How likely it is with all in view: a natural logarithm, up to a constant. */
  score: number;
};

/** What makes two transcripts one: the words, however they are written. */
const sameness = (text: string): string => readSpelled(text) ?? wordsOf(text).map(keyOf).join(' ');

const sumOf = (logarithms: readonly number[]): number => {
  const most = Math.max(...logarithms);
  return most + Math.log(logarithms.reduce((sum, one) => sum + Math.exp(one - most), 0));
};

/** The transcript that is likeliest when those that differ only in how they are written count as one. */
export function chooseSaid(all: readonly Weighed[]): { text: string; fit: number; confidence: number } {
  // One sentence may have been found twice.
  const found = [...new Map(all.map((one) => [one.pieces.join(' '), one])).values()];
  const groups = [...Map.groupBy(found, ({ text }) => sameness(text)).values()]
    .map((group) => ({ best: group.toSorted((a, b) => b.score - a.score)[0]!, score: sumOf(group.map(({ score }) => score)) }))
    .toSorted((a, b) => b.score - a.score);
  const chosen = groups[0];
  if (!chosen) return { text: '', fit: 0, confidence: 0 };
  return {
    text: chosen.best.text,
    fit: chosen.best.fit,
    confidence: confidenceOf(chosen.best, chosen.score - sumOf(groups.map(({ score }) => score))),
  };
}

function confidenceOf({ chances }: Said, share: number): number {
  const mean = chances.reduce((sum, one) => sum + one, 0) / chances.length;
  return Math.exp(mean) * Math.exp(share);
}

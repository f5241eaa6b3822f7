import type { BiasPlace } from '../recognize/bias-graph.ts';
import { chooseSaid, type Weighed } from '../recognize/choose-said.ts';
import { type Beginnings, type Said, searchBeams } from '../recognize/recognize-beams.ts';

const beams = 4;

export type Favoured = {
  start: BiasPlace;
  /** How many of a sentence's words, or pieces, stand where a favoured phrase has them. */
  fit(pieces: readonly number[]): number;
};

export type AlongOptions = {
  end: number;
  most: number;
  text(pieces: readonly number[]): string;
  /** Words, or pieces, of a sentence, as `fit` counts them. */
  sizeOf(pieces: readonly number[]): number;
  favoured?: Favoured | undefined;
  /** What a word in its place is worth against how it was heard, as a natural logarithm. */
  fitting: number;
};

/** What was said: heard once freely and once along the phrases that are favoured, and of both what is likelier with the phrases in view. */
export async function hearAlong(
  at: Beginnings,
  { end, most, text, sizeOf, favoured, fitting }: AlongOptions,
): Promise<ReturnType<typeof chooseSaid>> {
  const freely = await searchBeams(at, { beams, end, most });
  const along = favoured ? await searchBeams(at, { beams, end, most, expected: favoured.start }) : [];
  // A phrase must not win by being longer than what was heard; its end counts as a word.
  const longest = sizeOf(freely[0]?.pieces ?? []) + 1.5;
  const weigh = (said: Said): Weighed => {
    const fit = favoured ? Math.min(longest, favoured.fit(said.pieces)) : 0;
    return { ...said, text: text(said.pieces), fit, score: said.chances.reduce((sum, one) => sum + one, 0) + fitting * fit };
  };
  return chooseSaid([...freely, ...along].map(weigh));
}

import type { BiasPlace, BiasWeights } from './bias-graph.ts';

/** No piece: what stands before the first one of a phrase. */
const begin = -1;

/**
 * Phrases that are expected, each as a recognizer's pieces: for languages that put no space between words, where a piece is a character or two.
 * What leads on along a phrase gets likelier, and nothing impossible.
 */
export function createPieceBias(phrases: readonly (readonly number[])[], weights: BiasWeights, end: number): BiasPlace {
  const followers = new Map<string, Set<number>>();
  const said = new Set<number>();
  const note = (before: string, piece: number) => {
    const known = followers.get(before);
    if (known) known.add(piece);
    else followers.set(before, new Set([piece]));
  };
  for (const phrase of phrases) {
    let [first, second] = [begin, begin];
    for (const piece of [...phrase, end]) {
      note(`${first} ${second}`, piece);
      note(`${second}`, piece);
      if (piece !== end) said.add(piece);
      [first, second] = [second, piece];
    }
  }
  const places = new Map<string, BiasPlace>();
  const opening = followers.get(`${begin}`) ?? new Set<number>();

  function place(first: number, second: number): BiasPlace {
    const name = `${first} ${second}`;
    const known = places.get(name);
    if (known) return known;
    let gains: Map<number, number> | undefined;
    const made: BiasPlace = {
      expected() {
        if (gains) return gains;
        gains = new Map(Array.from(said, (piece) => [piece, weights.said]));
        for (const piece of opening) gains.set(piece, weights.begins);
        for (const piece of followers.get(`${second}`) ?? []) gains.set(piece, weights.afterOne);
        for (const piece of followers.get(name) ?? []) gains.set(piece, weights.afterTwo);
        return gains;
      },
      after: (piece) => place(second, piece),
    };
    places.set(name, made);
    return made;
  }
  return place(begin, begin);
}

/**
 * How many pieces of a sentence stand where a phrase has them, its end counted as one; what is only said here, or stands after one other of its
 * phrase, counts in part.
 * @param whole the gain of a piece after two others of its phrase
 */
export function fitOfPieces(pieces: readonly number[], start: BiasPlace, whole: number, end: number): number {
  let [place, fit] = [start, 0];
  for (const piece of [...pieces, end]) {
    fit += ((place.expected().get(piece) ?? 0) / whole) ** 2;
    place = place.after(piece);
  }
  return fit;
}

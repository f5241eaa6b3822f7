/** Which letter brings which sounds, found from the words alone: expectation maximisation with best paths (Viterbi training). */

export type Word = { letters: string; sounds: string[] };
/** For each letter the sounds it brings, joined by a blank: none, one or two ("x": K S). */
export type Aligned = { letters: string; pieces: string[] };

const most = 2;

/** The cheapest way to give each letter none to two of the sounds; undefined where there are more sounds than that. */
function bestPath({ letters, sounds }: Word, cost: (letter: string, piece: string) => number): string[] | undefined {
  const columns = sounds.length + 1;
  const costs = new Float64Array((letters.length + 1) * columns).fill(Number.POSITIVE_INFINITY);
  const taken = new Uint8Array(costs.length);
  costs[0] = 0;
  for (let l = 0; l < letters.length; l++)
    for (let s = 0; s < columns; s++) {
      const here = costs[l * columns + s]!;
      if (here === Number.POSITIVE_INFINITY) continue;
      for (let n = 0; n <= most && s + n < columns; n++) {
        const at = (l + 1) * columns + s + n;
        const total = here + cost(letters[l]!, sounds.slice(s, s + n).join(' '));
        if (total < costs[at]!) [costs[at], taken[at]] = [total, n];
      }
    }
  if (costs.at(-1) === Number.POSITIVE_INFINITY) return undefined;
  const pieces: string[] = [];
  for (let [l, s] = [letters.length, sounds.length]; l > 0; l--) {
    const n = taken[l * columns + s]!;
    pieces.unshift(sounds.slice(s - n, s).join(' '));
    s -= n;
  }
  return pieces;
}

const isVowelLetter = (letter: string) => 'aeiouy'.includes(letter);
/** To begin with: vowels with vowels, consonants with consonants, one each. */
function firstCost(letter: string, piece: string): number {
  if (!piece) return 2;
  const sounds = piece.split(' ');
  return sounds.reduce((sum, sound) => sum + (/\d$/.test(sound) === isVowelLetter(letter) ? 1 : 3), sounds.length - 1);
}

/** Aligns a dictionary in a few rounds; words that cannot be aligned are left out. */
export function align(words: readonly Word[], rounds = 6): Aligned[] {
  let cost = firstCost;
  let aligned: Aligned[] = [];
  for (let round = 0; round < rounds; round++) {
    aligned = words.flatMap((word) => {
      const pieces = bestPath(word, cost);
      return pieces ? [{ letters: word.letters, pieces }] : [];
    });
    const counts = new Map<string, Map<string, number>>();
    for (const { letters, pieces } of aligned)
      for (const [at, piece] of pieces.entries()) {
        const own = counts.get(letters[at]!) ?? new Map<string, number>();
        counts.set(letters[at]!, own.set(piece, (own.get(piece) ?? 0) + 1));
      }
    const totals = new Map(Array.from(counts, ([letter, own]) => [letter, Array.from(own.values()).reduce((a, b) => a + b, 0)]));
    cost = (letter, piece) => -Math.log(((counts.get(letter)?.get(piece) ?? 0) + 0.01) / ((totals.get(letter) ?? 0) + 1));
  }
  return aligned;
}

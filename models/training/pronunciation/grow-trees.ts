import { before, seen, type Tree, type Trees } from '../../src/speech/pronounce/letters-to-sounds.ts';
import type { Aligned } from './align.ts';

/** What a branch may ask: letters up to four places away, and the two sounds before. */
const places = [-4, -3, -2, -1, 1, 2, 3, 4, before.one, before.two];
/** A leaf of fewer examples would learn a name by heart. */
const leastExamples = 3;
const leastGain = 4;

type Example = { piece: number; values: string[] };

const entropy = (counts: Iterable<number>, total: number) => {
  let sum = 0;
  for (const count of counts) if (count > 0) sum -= count * Math.log2(count / total);
  return sum;
};
function countPieces(examples: readonly Example[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { piece } of examples) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  return counts;
}

/** The question that tells most (in bits), by entropy. */
function bestQuestion(examples: readonly Example[]): { place: number; value: string; gain: number } | undefined {
  const all = countPieces(examples);
  const now = entropy(all.values(), examples.length);
  if (now === 0) return undefined;
  let best: { place: number; value: string; gain: number } | undefined;
  for (const [at, place] of places.entries()) {
    const byValue = new Map<string, Map<number, number>>();
    for (const { piece, values } of examples) {
      const own = byValue.get(values[at]!) ?? new Map<number, number>();
      byValue.set(values[at]!, own.set(piece, (own.get(piece) ?? 0) + 1));
    }
    for (const [value, own] of byValue) {
      const size = own.values().reduce((a, b) => a + b, 0);
      if (size < leastExamples || examples.length - size < leastExamples) continue;
      const rest = Array.from(all, ([piece, count]) => count - (own.get(piece) ?? 0));
      const gain = now - entropy(own.values(), size) - entropy(rest, examples.length - size);
      if (gain > (best?.gain ?? leastGain)) best = { place, value, gain };
    }
  }
  return best;
}

function grow(examples: readonly Example[], names: readonly string[]): Tree {
  const question = bestQuestion(examples);
  if (!question) {
    const [piece] = Array.from(countPieces(examples)).sort(([a, x], [b, y]) => y - x || a - b)[0]!;
    return names[piece]!;
  }
  const at = places.indexOf(question.place);
  const [yes, no] = [
    examples.filter(({ values }) => values[at] === question.value),
    examples.filter(({ values }) => values[at] !== question.value),
  ];
  const [left, right] = [grow(yes, names), grow(no, names)];
  return left === right ? left : [question.place, question.value, left, right];
}

/** Grows a tree for each letter from aligned words (as Black, Lenzo & Pagel, "Issues in building general letter to sound rules", 1998). */
export function growTrees(words: readonly Aligned[]): Trees {
  const names: string[] = [];
  const numberOf = new Map<string, number>();
  const byLetter = new Map<string, Example[]>();
  for (const { letters, pieces } of words) {
    const sounds: string[] = [];
    for (const [at, piece] of pieces.entries()) {
      if (!numberOf.has(piece)) numberOf.set(piece, names.push(piece) - 1);
      const values = places.map((place) => seen(letters, at, sounds, place));
      const own = byLetter.get(letters[at]!) ?? [];
      own.push({ piece: numberOf.get(piece)!, values });
      byLetter.set(letters[at]!, own);
      if (piece) sounds.push(...piece.split(' '));
    }
  }
  return Object.fromEntries(Array.from(byLetter, ([letter, examples]): [string, Tree] => [letter, grow(examples, names)]).sort());
}

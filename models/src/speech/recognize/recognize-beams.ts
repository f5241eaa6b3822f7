import type { BiasPlace } from './bias-graph.ts';

/** Where a recognizer's decoder stands, with several beginnings of a sentence at once. */
export type Beginnings = {
  /** Natural logarithms of the chances of what comes next, a row of `width` for each beginning. */
  chances: Float32Array;
  width: number;
  /** From chosen beginnings (an index may come up twice), each with the piece that follows it. */
  next(from: readonly number[], pieces: readonly number[]): Promise<Beginnings>;
};

export type Said = {
  pieces: number[];
  /** Of each piece and of the end, as heard: natural logarithms, without what was expected. */
  chances: number[];
};

export type BeamOptions = {
  /** How many beginnings are followed at once. */
  beams: number;
  /** The piece that ends the speech. */
  end: number;
  /** More pieces than this nobody says in the time. */
  most: number;
  /** What is expected; undefined when nothing is. */
  expected?: BiasPlace | undefined;
};

type Beginning = Said & { score: number; place: BiasPlace | undefined };
type Step = { from: number; piece: number; heard: number; score: number };

/** Says the same thing again and again, as such models do on noise: three times, or six times one piece (a code may hold 0000). */
export function repeats(pieces: readonly number[]): boolean {
  const same = (length: number, times: number) =>
    pieces.length >= length * times &&
    Array.from({ length: length * (times - 1) }, (_, n) => pieces.length - 1 - n).every((at) => pieces[at] === pieces[at - length]);
  return same(1, 6) || [2, 3, 4, 5, 6, 8, 10, 12].some((length) => same(length, 3));
}

/** The best pieces to follow one beginning. What is expected gains, and all else loses as much: no sentence gets likelier by being longer. */
function stepsOf(row: Float32Array, from: number, { score, place, pieces }: Beginning, { beams, end }: BeamOptions): Step[] {
  const best: Step[] = [];
  const expected = place?.expected();
  // Whoever calls knows that somebody spoke; these models are too ready to say that nobody did.
  const first = pieces.length === 0;
  let total = first ? 1 - Math.exp(row[end]!) : 1;
  for (const [piece, gain] of expected ?? []) if (!(first && piece === end)) total += Math.exp(row[piece]!) * Math.expm1(gain);
  const all = Math.log(Math.max(total, 1e-9));
  const offer = (piece: number, gain: number) => {
    const value = score + row[piece]! + gain - all;
    if (best.length === beams + 1 && value <= best[beams]!.score) return;
    if (best.some((one) => one.piece === piece)) return;
    const at = best.findIndex((one) => value > one.score);
    best.splice(at < 0 ? best.length : at, 0, { from, piece, heard: row[piece]!, score: value });
    if (best.length > beams + 1) best.pop();
  };
  for (const [piece, gain] of expected ?? []) if (!(first && piece === end)) offer(piece, gain);
  for (let piece = 0; piece < row.length; piece++) {
    if (best.length === beams + 1 && score + row[piece]! - all <= best[beams]!.score) continue;
    if (!(first && piece === end) && !expected?.has(piece)) offer(piece, 0);
  }
  return best;
}

/**
 * The likeliest sentences, best first: beam search, with what is expected weighed in (shallow fusion; the gains of contextual phrases after Zhao et
 * al., "Shallow-fusion end-to-end contextual biasing", Interspeech 2019, but shared out so that the chances still sum to one).
 */
export async function searchBeams(start: Beginnings, options: BeamOptions): Promise<Said[]> {
  const { beams, end, most, expected } = options;
  let at = start;
  let open: Beginning[] = [{ pieces: [], chances: [], score: 0, place: expected }];
  let whole: Beginning[] = [];
  for (let length = 0; length < most && open.length > 0; length++) {
    const steps = open
      .flatMap((one, n) => stepsOf(at.chances.subarray(n * at.width, (n + 1) * at.width), n, one, options))
      .toSorted((a, b) => b.score - a.score);
    const grown: (Beginning & { from: number })[] = [];
    for (const { from, piece, heard, score } of steps) {
      const before = open[from]!;
      const chances = [...before.chances, heard];
      if (piece === end) {
        whole.push({ pieces: before.pieces, chances, score, place: undefined });
        continue;
      }
      const pieces = [...before.pieces, piece];
      if (grown.length < beams && !repeats(pieces)) grown.push({ from, pieces, chances, score, place: before.place?.after(piece) });
    }
    whole = whole.toSorted((a, b) => b.score - a.score).slice(0, beams);
    // A beginning only gets less likely as it goes on.
    const hopeful = grown.filter(({ score }) => score > (whole[0]?.score ?? Number.NEGATIVE_INFINITY));
    if (hopeful.length > 0 && length + 1 < most)
      at = await at.next(
        hopeful.map(({ from }) => from),
        hopeful.map(({ pieces }) => pieces.at(-1)!),
      );
    open = hopeful;
  }
  // What had no end in time is only better than nothing.
  return (whole.length > 0 ? whole : open).toSorted((a, b) => b.score - a.score).map(({ pieces, chances }) => ({ pieces, chances }));
}

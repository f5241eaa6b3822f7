import { nGrams } from './n-grams.ts';

/** A text with what it means: the names of its classes, none for one that means nothing known. `vector` is what an Embedder made of it. */
export type Example = { text: string; labels: readonly string[]; vector?: Float32Array };

/** A text to judge. */
export type Input = Omit<Example, 'labels'>;

export type HeadOptions = {
  /** `one`: exactly one class fits (softmax). `several`: each class fits or not, by itself (sigmoids). */
  fits: 'one' | 'several';
  /** How many places n-grams are hashed to; a power of two. */
  buckets?: number;
  epochs?: number;
  /** The first step of AdaGrad. */
  rate?: number;
  /** How much of a weight each step takes back. */
  decay?: number;
  /** In how many examples an n-gram must occur to count. */
  least?: number;
  /** The length of the dense part beside the n-grams' 1. */
  dense?: number;
};

/** What of a text counts, and how much: rows of the weights with their values. The vector's rows stand behind those of the n-grams. */
type Features = { rows: Int32Array; values: Float32Array };

export type Head = {
  labels: string[];
  fits: 'one' | 'several';
  /** The log-odds of every class, in the order of `labels`, before any softmax or sigmoid. */
  logits(input: Input): Float64Array;
};

/** Numbers that look random and are the same every time (mulberry32), so that a head can be trained again to the bit. */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}

export const softmax = (logits: ArrayLike<number>, temperature = 1): Float64Array => {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < logits.length; k++) most = Math.max(most, logits[k]!);
  const shares = new Float64Array(logits.length);
  let sum = 0;
  for (let k = 0; k < logits.length; k++) sum += shares[k] = Math.exp((logits[k]! - most) / temperature);
  for (let k = 0; k < shares.length; k++) shares[k]! /= sum;
  return shares;
};
export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** How rare each bucket is among the examples (inverse document frequency), and the mean and spread of the vectors' numbers. */
function scaleOf(examples: readonly Example[], buckets: number, dense: number, least: number) {
  const counts = new Float32Array(buckets);
  for (const { text } of examples) for (const bucket of nGrams(text, buckets)) counts[bucket]!++;
  const rarity = counts.map((count) => (count < least ? 0 : Math.log((1 + examples.length) / (1 + count)) + 1));
  const width = examples[0]?.vector?.length ?? 0;
  const [mean, square] = [new Float64Array(width), new Float64Array(width)];
  for (const { vector } of examples)
    for (let d = 0; d < width; d++) {
      mean[d]! += vector![d]! / examples.length;
      square[d]! += vector![d]! ** 2 / examples.length;
    }
  const spread = square.map((value, d) => Math.sqrt(Math.max(1e-12, value - mean[d]! ** 2)));

  return ({ text, vector }: Input): Features => {
    const known = nGrams(text, buckets).filter((bucket) => rarity[bucket]! > 0);
    const rows = new Int32Array(known.length + width);
    const values = new Float32Array(known.length + width);
    rows.set(known);
    let length = 0;
    for (const bucket of known) length += rarity[bucket]! ** 2;
    length = Math.sqrt(length) || 1;
    for (let i = 0; i < known.length; i++) values[i] = rarity[known[i]!]! / length;
    for (let d = 0; d < width; d++) {
      rows[known.length + d] = buckets + d;
      values[known.length + d] = (dense * (vector![d]! - mean[d]!)) / (spread[d]! * Math.sqrt(width));
    }
    return { rows, values };
  };
}

/**
 * Trains a linear classifier on hashed n-grams and, where the examples have vectors, on those beside them: multinomial logistic
 * regression, or one logistic regression a class, by AdaGrad (Duchi, Hazan & Singer, JMLR 2011). The same examples give the same head.
 */
export function trainHead(examples: readonly Example[], options: HeadOptions): Head {
  const { fits, buckets = 2 ** 16, epochs = 12, rate = 0.5, decay = 1e-6, dense = 1, least = 1 } = options;
  const labels = [...new Set(examples.flatMap((example) => example.labels))].sort();
  const number = new Map(labels.map((label, k) => [label, k]));
  const classes = labels.length;
  const featuresOf = scaleOf(examples, buckets, dense, least);
  const seen = examples.map((example) => ({ ...featuresOf(example), wants: example.labels.map((label) => number.get(label)!) }));
  const rows = buckets + (examples[0]?.vector?.length ?? 0);
  const weights = new Float32Array(rows * classes);
  const squares = new Float32Array(rows * classes).fill(0.1);
  const bias = new Float64Array(classes);
  const biasSquares = new Float64Array(classes).fill(1);

  function logitsOf({ rows, values }: Features): Float64Array {
    const sum = Float64Array.from(bias);
    for (let i = 0; i < rows.length; i++) {
      const value = values[i]!;
      const from = rows[i]! * classes;
      for (let k = 0; k < classes; k++) sum[k]! += value * weights[from + k]!;
    }
    return sum;
  }
  const random = sequence(7);
  const order = Int32Array.from(seen.keys());
  const wrong = new Int32Array(classes);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const at of order) {
      const example = seen[at]!;
      const logits = logitsOf(example);
      const error = fits === 'one' ? softmax(logits) : logits.map(sigmoid);
      for (const k of example.wants) error[k]! -= 1;
      // Most classes are out of the question for most texts; a step that would change nothing is not taken.
      let many = 0;
      for (let k = 0; k < classes; k++) if (Math.abs(error[k]!) > 1e-3) wrong[many++] = k;
      for (let j = 0; j < many; j++) {
        const k = wrong[j]!;
        biasSquares[k]! += error[k]! ** 2;
        bias[k]! -= (rate * error[k]!) / Math.sqrt(biasSquares[k]!);
      }
      for (let i = 0; i < example.rows.length; i++) {
        const value = example.values[i]!;
        const from = example.rows[i]! * classes;
        for (let j = 0; j < many; j++) {
          const w = from + wrong[j]!;
          const slope = error[wrong[j]!]! * value + decay * weights[w]!;
          squares[w]! += slope * slope;
          weights[w]! -= (rate * slope) / Math.sqrt(squares[w]!);
        }
      }
    }
  }
  return { labels, fits, logits: (input) => logitsOf(featuresOf(input)) };
}

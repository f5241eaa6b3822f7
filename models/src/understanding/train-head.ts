import { type Features, featuresOf, type Head, type Input, type Scale } from './head.ts';
import { nGrams } from './n-grams.ts';

/** A text with what it means: the names of its classes, none for one that means nothing known. */
export type Example = Input & { labels: readonly string[] };

export type HeadOptions = {
  buckets?: number;
  /** In how many examples an n-gram must occur to count. */
  least?: number;
  /** The length of the vector's part beside the n-grams' 1. */
  dense?: number;
  /** How much a wrong example counts against large weights. */
  cost?: number;
  epochs?: number;
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

export function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}

/** How rare each bucket is among the examples (inverse document frequency), and the mean and spread of the vectors' numbers. */
export function scaleOf(examples: readonly Example[], buckets: number, dense: number, least: number): Scale {
  const counts = new Float32Array(buckets);
  for (const { text } of examples) for (const bucket of nGrams(text, buckets)) counts[bucket]!++;
  const width = examples[0]?.vector?.length ?? 0;
  const [mean, square] = [new Float64Array(width), new Float64Array(width)];
  for (const { vector } of examples)
    for (let d = 0; d < width; d++) {
      mean[d]! += vector![d]! / examples.length;
      square[d]! += vector![d]! ** 2 / examples.length;
    }
  return {
    buckets,
    rarity: counts.map((count) => (count < least ? 0 : Math.log((1 + examples.length) / (1 + count)) + 1)),
    mean: Float32Array.from(mean),
    factor: Float32Array.from(square, (value, d) => dense / Math.sqrt(width * Math.max(1e-12, value - mean[d]! ** 2))),
  };
}

type Seen = Features & { square: number };

/** A share of the cost that is not worth a step. */
const negligible = 1e-5;

/**
 * One class against the rest: logistic regression with a penalty on large weights, by dual coordinate descent (Yu, Huang & Lin, "Dual
 * coordinate descent methods for logistic regression and maximum entropy models", Machine Learning 85, 2011, algorithm 5). The bias is the
 * weight of a row of ones behind the others.
 */
function oneAgainstRest(seen: readonly Seen[], belongs: Uint8Array, rows: number, cost: number, epochs: number): Float32Array {
  const weights = new Float32Array(rows + 1);
  // How much each example pulls at the weights, between 0 and the cost.
  const pull = new Float64Array(seen.length).fill(Math.min(1e-3 * cost, 1e-8));
  const random = sequence(7);
  const order = Int32Array.from(seen.keys());
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const i of order) {
      const { rows: at, values, square } = seen[i]!;
      const side = belongs[i] ? 1 : -1;
      let sum = weights[rows]!;
      for (let j = 0; j < at.length; j++) sum += values[j]! * weights[at[j]!]!;
      // Newton's method from whichever end is nearer, where it cannot leave the interval.
      const first = pull[i]!;
      const near = 0.5 * square * (cost - 2 * first) + side * sum >= 0;
      const [old, slope] = near ? [first, side * sum] : [cost - first, -side * sum];
      let z = cost - old < 0.5 * cost ? 0.1 * old : old;
      for (let step = 0; step < 20; step++) {
        const gradient = square * (z - old) + slope + Math.log(z / (cost - z));
        if (Math.abs(gradient) < 1e-2) break;
        const next = z - gradient / (square + cost / ((cost - z) * z));
        z = next <= 0 ? 0.1 * z : Math.min(next, cost * (1 - 1e-12));
      }
      pull[i] = near ? z : cost - z;
      const change = (near ? z - old : old - z) * side;
      if (Math.abs(change) < negligible * cost) continue;
      for (let j = 0; j < at.length; j++) weights[at[j]!]! += change * values[j]!;
      weights[rows]! += change;
    }
  }
  return weights;
}

/**
 * Trains a linear classifier on hashed n-grams and, where the examples have vectors, on those beside them: each class against the rest.
 * The same examples give the same head.
 */
export function trainHead(examples: readonly Example[], options: HeadOptions = {}): Head {
  const { buckets = 2 ** 15, least = 2, dense = 4, cost = 10, epochs = 10 } = options;
  const labels = [...new Set(examples.flatMap((example) => example.labels))].sort();
  const scale = scaleOf(examples, buckets, dense, least);
  const seen = examples.map((example) => {
    const features = featuresOf(example, scale);
    return { ...features, square: features.values.reduce((sum, value) => sum + value * value, 1) };
  });
  const rows = buckets + scale.mean.length;
  const weights = new Float32Array(rows * labels.length);
  const bias = new Float32Array(labels.length);
  for (const [k, label] of labels.entries()) {
    const own = oneAgainstRest(
      seen,
      Uint8Array.from(examples, (one) => Number(one.labels.includes(label))),
      rows,
      cost,
      epochs,
    );
    for (let row = 0; row < rows; row++) weights[row * labels.length + k] = own[row]!;
    bias[k] = own[rows]!;
  }
  return { ...scale, labels, weights, bias };
}

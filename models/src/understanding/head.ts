import { nGrams } from './n-grams.ts';

/** A text to judge. `vector` is what an Embedder made of it. */
export type Input = { text: string; vector?: Float32Array };

/** How a text becomes numbers: hashed n-grams by how rare they are, together of length 1, and beside them the vector, each number by its mean and spread. */
export type Scale = {
  /** How many places n-grams are hashed to; a power of two. */
  buckets: number;
  /** What an n-gram counts, by its bucket; 0 for one that does not. */
  rarity: Float32Array;
  /** The mean of each of the vector's numbers, and what a number is multiplied by; empty where no vectors are wanted. */
  mean: Float32Array;
  factor: Float32Array;
};

/** What of a text counts, and how much: rows of the weights with their values, the vector's behind those of the n-grams. */
export type Features = { rows: Int32Array; values: Float32Array };

/** A hidden layer: for each of the vector's numbers a weight a unit, side by side; a unit's bias; and for each unit a weight a class. */
export type Hidden = { into: Float32Array; bias: Float32Array; out: Float32Array };

/**
 * A classifier as data: for every row of the features a weight a class, side by side. Where there is a hidden layer, the vector goes through it instead,
 * and `weights` has the n-grams' rows alone.
 */
export type Head = Scale & { labels: string[]; weights: Float32Array; bias: Float32Array; hidden?: Hidden };

export function featuresOf({ text, vector }: Input, { buckets, rarity, mean, factor }: Scale): Features {
  const known = nGrams(text, buckets).filter((bucket) => rarity[bucket]! > 0);
  const rows = new Int32Array(known.length + mean.length);
  const values = new Float32Array(known.length + mean.length);
  rows.set(known);
  let square = 0;
  for (const bucket of known) square += rarity[bucket]! ** 2;
  const length = Math.sqrt(square) || 1;
  for (let i = 0; i < known.length; i++) values[i] = rarity[known[i]!]! / length;
  if (mean.length > 0 && vector?.length !== mean.length) throw new Error(`this head wants a vector of ${mean.length} numbers`);
  for (let d = 0; d < mean.length; d++) {
    rows[known.length + d] = buckets + d;
    values[known.length + d] = (vector![d]! - mean[d]!) * factor[d]!;
  }
  return { rows, values };
}

/** What the units of a hidden layer pass on: what comes to them where it is above nothing (ReLU). */
export function unitsOf({ into, bias }: Hidden, values: Float32Array): Float32Array {
  const units = Float32Array.from(bias);
  for (let d = 0; d < values.length; d++) {
    const value = values[d]!;
    if (value === 0) continue;
    const from = d * units.length;
    for (let u = 0; u < units.length; u++) units[u]! += value * into[from + u]!;
  }
  for (let u = 0; u < units.length; u++) units[u] = Math.max(0, units[u]!);
  return units;
}

/** Adds to the log-odds what rows of weights, a class side by side, say by how much each counts. */
function addRows(sum: Float64Array, weights: Float32Array, rows: ArrayLike<number>, values: ArrayLike<number>): void {
  const classes = sum.length;
  for (let i = 0; i < rows.length; i++) {
    const value = values[i]!;
    const from = rows[i]! * classes;
    for (let k = 0; k < classes; k++) sum[k]! += value * weights[from + k]!;
  }
}

/** The log-odds of every class, in the order of `labels`. */
export function logitsOf(head: Head, input: Input): Float64Array {
  const { weights, bias, hidden, mean } = head;
  const { rows, values } = featuresOf(input, head);
  const sum = Float64Array.from(bias);
  const linear = rows.length - (hidden ? mean.length : 0);
  addRows(sum, weights, rows.subarray(0, linear), values);
  if (hidden) {
    const units = unitsOf(hidden, values.subarray(linear));
    addRows(sum, hidden.out, [...units.keys()], units);
  }
  return sum;
}

export function softmax(logits: ArrayLike<number>, temperature = 1): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < logits.length; k++) most = Math.max(most, logits[k]!);
  const shares = Float64Array.from(logits, (logit) => Math.exp((logit - most) / temperature));
  const sum = shares.reduce((all, share) => all + share, 0);
  return shares.map((share) => share / sum);
}

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

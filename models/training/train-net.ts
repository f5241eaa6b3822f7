import { type Features, featuresOf, type Head, type Hidden, unitsOf } from '../src/understanding/head.ts';
import type { Learner } from '../src/understanding/tagger.ts';
import { type Example, scaleOf, sequence, shuffle } from '../src/understanding/train-head.ts';
import { createAdam } from './adam.ts';

export type NetOptions = {
  buckets: number;
  /** In how many examples an n-gram must occur to count. */
  least: number;
  /** How wide the hidden layer is. */
  units: number;
  epochs: number;
};

const batch = 64;
/** The steps of Adam, falling evenly to a fiftieth: for the layers, and for the n-grams, each of which is seldom seen. */
const [rate, wordRate, lastShare] = [1e-3, 5e-3, 0.02];
/** The shares of the vector's numbers and of the units left out of each example, so that none is relied on (Srivastava et al., 2014). */
const [droppedNumbers, droppedUnits] = [0.4, 0.3];

/** What the layers are before they have learned anything: even in a range by how many come together (He et al., 2015). */
function freshLayer(width: number, units: number, classes: number, random: () => number): Hidden {
  const even = (length: number, inputs: number) => Float32Array.from({ length }, () => (2 * random() - 1) / Math.sqrt(inputs));
  return { into: even(width * units, width), bias: new Float32Array(units), out: even(units * classes, units) };
}

/** Leaves a share of the numbers out, and makes up for them by the others. */
function drop(numbers: Float32Array, share: number, random: () => number): void {
  for (let i = 0; i < numbers.length; i++) numbers[i] = random() < share ? 0 : numbers[i]! / (1 - share);
}

/** Adds to the gradients of a layer what a number before it and what comes back from behind it make of them. */
function blame(gradient: Float32Array, from: number, value: number, back: Float32Array): void {
  for (let k = 0; k < back.length; k++) gradient[from + k]! += value * back[k]!;
}

/**
 * One net that tells of a text what holds, each by itself: the n-grams add to the log-odds as in a linear head, the vector goes through a hidden
 * layer. Adam, cross-entropy. The same features and seed give the same net.
 */
function train(
  features: readonly Features[],
  wants: readonly Uint8Array[],
  shape: Pick<Head, 'mean' | 'buckets'> & NetOptions,
  seed: number,
) {
  const [width, classes] = [shape.mean.length, wants[0]!.length];
  const random = sequence(seed);
  const hidden = freshLayer(width, shape.units, classes, random);
  const [weights, bias] = [new Float32Array(shape.buckets * classes), new Float32Array(classes)];
  const adams = {
    words: createAdam(weights, { rate: wordRate }),
    into: createAdam(hidden.into, { rate }),
    units: createAdam(hidden.bias, { rate }),
    out: createAdam(hidden.out, { rate }),
    bias: createAdam(bias, { rate }),
  };
  const teach = ({ rows, values }: Features, wanted: Uint8Array) => {
    const vector = values.slice(values.length - width);
    drop(vector, droppedNumbers, random);
    const units = unitsOf(hidden, vector);
    drop(units, droppedUnits, random);
    const back = Float32Array.from(bias);
    for (let u = 0; u < units.length; u++) for (let k = 0; k < classes; k++) back[k]! += units[u]! * hidden.out[u * classes + k]!;
    const known = rows.length - width;
    for (let i = 0; i < known; i++) for (let k = 0; k < classes; k++) back[k]! += values[i]! * weights[rows[i]! * classes + k]!;
    for (let k = 0; k < classes; k++) back[k] = 1 / (1 + Math.exp(-back[k]!)) - wanted[k]!;
    blame(adams.bias.gradient, 0, 1, back);
    for (let i = 0; i < known; i++) blame(adams.words.gradient, rows[i]! * classes, values[i]!, back);
    const backUnits = new Float32Array(units.length);
    for (let u = 0; u < units.length; u++) {
      if (units[u] === 0) continue;
      for (let k = 0; k < classes; k++) backUnits[u]! += (back[k]! * hidden.out[u * classes + k]!) / (1 - droppedUnits);
      blame(adams.out.gradient, u * classes, units[u]!, back);
    }
    blame(adams.units.gradient, 0, 1, backUnits);
    for (let d = 0; d < width; d++) if (vector[d] !== 0) blame(adams.into.gradient, d * units.length, vector[d]!, backUnits);
  };
  const order = Int32Array.from(features.keys());
  const steps = shape.epochs * Math.floor(order.length / batch);
  for (let epoch = 0, done = 0; epoch < shape.epochs; epoch++) {
    shuffle(order, random);
    for (let at = 0; at + batch <= order.length; at += batch) {
      for (const i of order.subarray(at, at + batch)) teach(features[i]!, wants[i]!);
      const share = Math.max(lastShare, 1 - done++ / steps);
      for (const adam of Object.values(adams)) adam.step(batch, share);
    }
  }
  return { weights, bias, hidden };
}

/** One net that says what several say on average: their units side by side. All must be of one scale. */
function join(nets: readonly Head[]): Head {
  const mean = (arrays: readonly Float32Array[]) => arrays[0]!.map((_, i) => arrays.reduce((sum, one) => sum + one[i]!, 0) / arrays.length);
  const layers = nets.map(({ hidden }) => hidden!);
  const units = layers[0]!.bias.length;
  const all = units * nets.length;
  const into = new Float32Array(nets[0]!.mean.length * all);
  for (const [n, layer] of layers.entries())
    for (let d = 0; d < nets[0]!.mean.length; d++) into.set(layer.into.subarray(d * units, (d + 1) * units), d * all + n * units);
  const joined = (arrays: readonly Float32Array[]) => Float32Array.from(arrays.flatMap((one) => [...one]));
  return {
    ...nets[0]!,
    weights: mean(nets.map(({ weights }) => weights)),
    bias: mean(nets.map(({ bias }) => bias)),
    hidden: {
      into,
      bias: joined(layers.map(({ bias }) => bias)),
      out: joined(layers.map(({ out }) => out)).map((weight) => weight / nets.length),
    },
  };
}

/** Learns nets from these examples or parts of them, all of the same scale, each drawn anew. */
export function createNetLearner(examples: readonly Example[], options: NetOptions): Learner {
  const scale = scaleOf(examples, options.buckets, Math.sqrt(examples[0]!.vector!.length), options.least);
  const labels = [...new Set(examples.flatMap((example) => example.labels))].sort();
  const known = new Map(
    examples.map((example) => [
      example,
      { features: featuresOf(example, scale), wants: Uint8Array.from(labels, (label) => Number(example.labels.includes(label))) },
    ]),
  );
  let nets = 0;
  return {
    train(some) {
      const seen = some.map((example) => known.get(example)!);
      const net = train(
        seen.map(({ features }) => features),
        seen.map(({ wants }) => wants),
        { ...scale, ...options },
        ++nets,
      );
      return { ...scale, labels, ...net };
    },
    join,
  };
}

import { type Features, featuresOf, type Head, type Input, logitsOf, sigmoid } from './head.ts';
import { type Example, trainHead } from './train-head.ts';

/** What a classifier learned from, by class: n-grams and vectors as its head scales them, the vectors of length 1. */
export type Memory = ReadonlyMap<string, readonly Features[]>;

/** Two signs that a text is of a class: the log-odds of it, and the likeness to the nearest example of it. */
export type Signs = { odds: number; likeness: number };

/** What words in common count beside the vectors' cosine, which knows little of names and of words typed wrong; found on parts of CLINC150 and HINT3's training part. */
const wordsCount = 0.5;

function directionOf(head: Head, input: Input): Features {
  const { rows, values } = featuresOf(input, head);
  const words = values.length - head.mean.length;
  const length = Math.hypot(...values.subarray(words)) || 1;
  return { rows, values: values.map((value, i) => (i < words ? value * Math.sqrt(wordsCount) : value / length)) };
}

export function remember(head: Head, examples: readonly Example[]): Memory {
  const memory = new Map<string, Features[]>();
  for (const example of examples)
    for (const label of example.labels) {
      const its = memory.get(label) ?? [];
      its.push(directionOf(head, example));
      memory.set(label, its);
    }
  return memory;
}

/** How like the nearest example of a class a text is: the vectors' cosine, and half that of the n-grams, together 1.5 for the same text; -1 for a class without examples. */
export function likenessTo(label: string, memory: Memory, head: Head, input: Input): number {
  const { rows, values } = directionOf(head, input);
  const direction = new Float32Array(head.buckets + head.mean.length);
  for (const [i, row] of rows.entries()) direction[row] = values[i]!;
  const likeness = (one: Features) => one.rows.reduce((sum, row, i) => sum + one.values[i]! * direction[row]!, 0);
  return (memory.get(label) ?? []).reduce((most, one) => Math.max(most, likeness(one)), -1);
}

/** What tells texts that belong to a class from strangers: how far both signs spread, and a logistic regression on both together. */
export type Familiar = { spread: Signs; head: Head };

/** The likeness counts half of the log-odds, spread by spread: best on the development parts of CLINC150 and HINT3, and hardly different from a third or all. */
const together = ({ odds, likeness }: Signs, spread: Signs): Input => ({
  text: '',
  vector: Float32Array.of(odds / spread.odds + (0.5 * likeness) / spread.likeness),
});

function spreadOf(numbers: readonly number[]): number {
  const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0) / numbers.length) || 1;
}

/** Learns it from texts that no head had seen: as they are, and as strangers, each with its own class left out. */
export function trainFamiliar(belong: readonly Signs[], strangers: readonly Signs[]): Familiar {
  const spread = { odds: spreadOf(belong.map(({ odds }) => odds)), likeness: spreadOf(belong.map(({ likeness }) => likeness)) };
  const examples = [belong, strangers].flatMap((its, n) =>
    its.map((signs) => ({ ...together(signs, spread), labels: n === 0 ? ['belongs'] : [] })),
  );
  return { spread, head: trainHead(examples, { buckets: 1, least: Number.POSITIVE_INFINITY }) };
}

/** The chance that a text belongs to its class, 0 to 1, if strangers were as many as those who belong. */
export const familiarity = ({ spread, head }: Familiar, signs: Signs): number => sigmoid(logitsOf(head, together(signs, spread))[0] ?? 0);

import { cosine } from '../embedding/nearest.ts';
import { featuresOf, type Head, type Input, logitsOf, sigmoid } from './head.ts';
import { type Example, trainHead } from './train-head.ts';

/** The vectors a classifier learned from, by class, as its head scales them and of length 1. */
export type Memory = ReadonlyMap<string, readonly Float32Array[]>;

/** Two signs that a text is of a class: the log-odds of it, and the cosine to the nearest example of it. */
export type Signs = { odds: number; likeness: number };

function directionOf(head: Head, input: Input): Float32Array {
  const { values } = featuresOf(input, head);
  const vector = values.slice(values.length - head.mean.length);
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

export function remember(head: Head, examples: readonly Example[]): Memory {
  const memory = new Map<string, Float32Array[]>();
  for (const example of examples)
    for (const label of example.labels) {
      const its = memory.get(label) ?? [];
      its.push(directionOf(head, example));
      memory.set(label, its);
    }
  return memory;
}

/** How like the nearest example of a class a text is, -1 to 1; 0 where the head knows no vectors. */
export function likenessTo(label: string, memory: Memory, head: Head, input: Input): number {
  const direction = directionOf(head, input);
  return (memory.get(label) ?? []).reduce((most, one) => Math.max(most, cosine(one, direction)), direction.length > 0 ? -1 : 0);
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

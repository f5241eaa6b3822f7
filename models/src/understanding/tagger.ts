import { putAside } from './classifier.ts';
import { type Example, type Input, sigmoid, trainHead } from './linear-head.ts';

/** Says of a text which of several things hold, each by itself: it wants a person, it is angry. */
export type Tagger = {
  readonly labels: readonly string[];
  /** The chance of each thing, by name, and which of them are taken to hold. */
  judge(input: Input): { chances: ReadonlyMap<string, number>; labels: string[] };
};

type Seen = { chance: number; holds: boolean };

/** The chance from which taking it to hold gives the best F1; a half when nothing holds. */
function bestFrom(seen: readonly Seen[]): number {
  const all = seen.filter(({ holds }) => holds).length;
  let [from, best, right] = [0.5, 0, 0];
  for (const [i, { chance, holds }] of seen.toSorted((a, b) => b.chance - a.chance).entries()) {
    if (holds) right++;
    const f1 = (2 * right) / (i + 1 + all);
    if (f1 > best) [from, best] = [chance, f1];
  }
  return from;
}

/** Fewer cases than this do not tell where a label's own threshold lies; it then has the one that suits all labels together. */
const telling = 30;

/**
 * Trains a tagger: one logistic regression a label, on the same features. From which chance on a label holds is found on a fifth of the
 * examples that the heads did not see; then they are trained on all.
 */
export function trainTagger(examples: readonly Example[], { epochs = 15 }: { epochs?: number } = {}): Tagger {
  const options = { fits: 'several', epochs, rate: 2, buckets: 2 ** 15, least: 2, dense: 2 } as const;
  const { kept, aside } = putAside(examples, 0.2);
  const trial = trainHead(kept, options);
  const seen: Seen[][] = trial.labels.map(() => []);
  for (const example of aside)
    for (const [k, logit] of trial.logits(example).entries())
      seen[k]!.push({ chance: sigmoid(logit), holds: example.labels.includes(trial.labels[k]!) });
  const common = bestFrom(seen.flat());
  const fromOf = (label: string) => {
    const its = seen[trial.labels.indexOf(label)] ?? [];
    return its.filter(({ holds }) => holds).length < telling ? common : bestFrom(its);
  };
  const head = trainHead(examples, options);
  const from = head.labels.map(fromOf);
  return {
    labels: head.labels,
    judge(input) {
      const chances = Array.from(head.logits(input), sigmoid);
      return {
        chances: new Map(head.labels.map((label, k) => [label, chances[k]!])),
        labels: head.labels.filter((_, k) => chances[k]! >= from[k]!),
      };
    },
  };
}

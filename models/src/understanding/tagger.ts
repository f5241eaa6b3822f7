import { type Head, type Input, logitsOf, sigmoid } from './head.ts';
import { type Example, type HeadOptions, sequence, trainHead } from './train-head.ts';

/** Says of a text which of several things hold, each by itself: it wants a person, it is angry. */
export type Tagger = {
  readonly labels: readonly string[];
  /** The chance of each thing, by name, and which of them are taken to hold. */
  judge(input: Input): { chances: ReadonlyMap<string, number>; labels: string[] };
};

/** A tagger as data: its head, what its log-odds are divided by to be chances, and from which chance on each label holds. */
export type TaggerWeights = { head: Head; temperature: number; from: number | readonly number[] };

export type TaggerOptions = HeadOptions & {
  /** For which share of the texts without it a label may at most be taken to hold. */
  falseAlarms?: Record<string, number>;
};

type Seen = { logit: number; holds: boolean };

/** The log-odds from which taking it to hold gives the best F1: half-way to the next lower; those of a half when nothing holds. */
function bestFrom(seen: readonly Seen[]): number {
  const all = seen.filter(({ holds }) => holds).length;
  const sorted = seen.toSorted((a, b) => b.logit - a.logit);
  let [from, best, right] = [0, 0, 0];
  for (const [i, { logit, holds }] of sorted.entries()) {
    if (holds) right++;
    const f1 = (2 * right) / (i + 1 + all);
    if (f1 > best) [from, best] = [(logit + (sorted[i + 1]?.logit ?? logit)) / 2, f1];
  }
  return from;
}

/** The log-odds that at most this share of those for which it does not hold reach. */
function fromWithout(seen: readonly Seen[], share: number): number {
  const others = seen.flatMap(({ logit, holds }) => (holds ? [] : [logit])).sort((a, b) => b - a);
  return others[Math.floor(share * others.length)] ?? Number.NEGATIVE_INFINITY;
}

/** What all log-odds are divided by so that the chances of unseen texts are the likeliest (Guo et al., ICML 2017). */
function temperatureFor(seen: readonly Seen[]): number {
  let [best, least] = [1, Number.POSITIVE_INFINITY];
  for (let temperature = 0.4; temperature < 4; temperature *= 1.05) {
    let loss = 0;
    for (const { logit, holds } of seen) loss -= Math.log(Math.max(1e-12, sigmoid((holds ? logit : -logit) / temperature)));
    if (loss < least) [best, least] = [temperature, loss];
  }
  return best;
}

/** Fewer cases than this do not tell where a label's own threshold lies; it then has the one that suits all labels together. */
const telling = 12;
const folds = 5;

/** What a head trained on the other four fifths says of each example, by label: as of texts it never saw. */
function seenByOthers(examples: readonly Example[], labels: readonly string[], options: HeadOptions): Seen[][] {
  const random = sequence(11);
  const foldOf = examples.map(() => Math.floor(random() * folds));
  const seen: Seen[][] = labels.map(() => []);
  for (let fold = 0; fold < folds; fold++) {
    const head = trainHead(
      examples.filter((_, i) => foldOf[i] !== fold),
      options,
    );
    for (const [i, example] of examples.entries()) {
      if (foldOf[i] !== fold) continue;
      const logits = logitsOf(head, example);
      for (const [k, label] of labels.entries()) {
        const logit = logits[head.labels.indexOf(label)];
        if (logit !== undefined) seen[k]!.push({ logit, holds: example.labels.includes(label) });
      }
    }
  }
  return seen;
}

/**
 * Trains a tagger: one logistic regression a label, on the same features. How sure it is, and from which chance on a label holds, is found
 * by five-fold cross-validation; then the heads are trained on all examples.
 */
export function trainTagger(examples: readonly Example[], { falseAlarms = {}, ...options }: TaggerOptions = {}): TaggerWeights {
  const head = trainHead(examples, options);
  const seen = seenByOthers(examples, head.labels, options);
  const temperature = temperatureFor(seen.flat());
  const common = bestFrom(seen.flat());
  const from = seen.map((its, k) => {
    const least = fromWithout(its, falseAlarms[head.labels[k]!] ?? 1);
    return Math.max(least, its.filter(({ holds }) => holds).length < telling ? common : bestFrom(its));
  });
  return { head, temperature, from: from.map((logit) => sigmoid(logit / temperature)) };
}

export function createTagger({ head, temperature, from }: TaggerWeights): Tagger {
  return {
    labels: head.labels,
    judge(input) {
      const chances = Array.from(logitsOf(head, input), (logit) => sigmoid(logit / temperature));
      return {
        chances: new Map(head.labels.map((label, k) => [label, chances[k]!])),
        labels: head.labels.filter((_, k) => chances[k]! >= (typeof from === 'number' ? from : from[k]!)),
      };
    },
  };
}

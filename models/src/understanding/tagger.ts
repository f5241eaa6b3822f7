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
  /** What learns instead of a linear head on all examples: the heads that each left a fifth out are joined (a "cross-validation committee", Parmanto et al., 1996). */
  learner?: Learner;
};

/** How a head learns from examples, and how several become one. */
export type Learner = { train: (examples: readonly Example[]) => Head; join: (heads: readonly Head[]) => Head };

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

/** Heads trained on four fifths each, and what they say of the fifth they left out, by label: as of texts they never saw. */
function seenByOthers(examples: readonly Example[], labels: readonly string[], train: Learner['train']): { heads: Head[]; seen: Seen[][] } {
  const random = sequence(11);
  const foldOf = examples.map(() => Math.floor(random() * folds));
  const seen: Seen[][] = labels.map(() => []);
  const heads: Head[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const head = train(examples.filter((_, i) => foldOf[i] !== fold));
    heads.push(head);
    for (const [i, example] of examples.entries()) {
      if (foldOf[i] !== fold) continue;
      const logits = logitsOf(head, example);
      for (const [k, label] of labels.entries()) {
        const logit = logits[head.labels.indexOf(label)];
        if (logit !== undefined) seen[k]!.push({ logit, holds: example.labels.includes(label) });
      }
    }
  }
  return { heads, seen };
}

/**
 * Trains a tagger: one logistic regression a label, on the same features. How sure it is, and from which chance on a label holds, is found
 * by five-fold cross-validation; then the head is trained on all examples, or, by a `learner`, joined from those of the folds.
 */
export function trainTagger(examples: readonly Example[], { falseAlarms = {}, learner, ...options }: TaggerOptions = {}): TaggerWeights {
  const labels = [...new Set(examples.flatMap((example) => example.labels))].sort();
  const { heads, seen } = seenByOthers(examples, labels, learner?.train ?? ((some) => trainHead(some, options)));
  const head = learner ? learner.join(heads) : trainHead(examples, options);
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

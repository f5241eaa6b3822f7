import { type Familiar, familiarity, likenessTo, type Memory, remember, type Signs, trainFamiliar } from './familiar.ts';
import { type Head, type Input, logitsOf, softmax } from './head.ts';
import { type Example, type HeadOptions, sequence, trainHead } from './train-head.ts';

/**
 * What a text means. `label` is the best class; `confidence` is the chance, calibrated, that it is right if the text means any of them;
 * `familiar` is the chance that it means any of them at all, and `outside` that it is taken to mean none.
 */
export type Judgement = { label: string; confidence: number; familiar: number; outside: boolean };

/** Says of a text which one of the classes it was trained on it belongs to, or none. */
export type Classifier = {
  readonly labels: readonly string[];
  judge(input: Input): Judgement;
  /** The calibrated chance of each class; what is left to one is the chance of none. For who knows which of them fit just now. */
  shares(input: Input): Map<string, number>;
};

/**
 * A classifier as data: its head, with a class without a name for what is none of them, what its log-odds are divided by, and below which
 * confidence a text is outside; where it remembers its examples, how familiar a text is decides instead.
 */
export type ClassifierWeights = {
  head: Head;
  temperature: number;
  from: number | readonly number[];
  known?: { memory: Memory; familiar: Familiar; from: number };
};

export type ClassifierOptions = HeadOptions & {
  /** Which share of the texts that do belong to a class may be taken for `outside`. */
  lost?: number;
  /** Those like what will be asked, by which it is learned how sure and how familiar a text is; all of them where nothing is said. */
  tells?: (example: Example) => boolean;
};

const outside = '';

type Best = { label: string; confidence: number; odds: number };

/** The likeliest class, but for one that is not to count. */
function bestOf(head: Head, input: Input, temperature: number, but?: string): Best {
  const logits = logitsOf(head, input);
  const shares = softmax(logits, temperature);
  let best = head.labels[0] === but ? 1 : 0;
  for (let k = 1; k < shares.length; k++) if (shares[k]! > (shares[best] ?? 0) && head.labels[k] !== but) best = k;
  return { label: head.labels[best] ?? outside, confidence: shares[best] ?? 0, odds: logits[best] ?? 0 };
}

const signsOf = ({ label, odds }: Best, memory: Memory, head: Head, input: Input): Signs => ({
  odds,
  likeness: likenessTo(label, memory, head, input),
});

/** An example a head did not learn from, with that head and what it remembers. */
type Unseen = { example: Example; head: Head; memory: Memory };

/** So many examples tell how sure a head is; of fewer, all are judged by heads that learned from the others. */
const telling = 500;
const folds = 10;

/**
 * Tenths of the examples are put aside in turn, the same ones every time, until enough were judged by a head that did not see them. A text that is
 * there more than once is put aside with its copies, which would tell it apart from all that is new.
 */
function unseenOf(examples: readonly Example[], tells: (example: Example) => boolean, options: HeadOptions): Unseen[] {
  const random = sequence(11);
  const foldOfCopies = new Map<Float32Array | string, number>();
  const foldOf = examples.map(({ text, vector = text }) => {
    const fold = foldOfCopies.get(vector) ?? Math.floor(random() * folds);
    foldOfCopies.set(vector, fold);
    return fold;
  });
  const unseen: Unseen[] = [];
  for (let fold = 0; fold < folds && unseen.length < telling; fold++) {
    const others = examples.filter((_, i) => foldOf[i] !== fold);
    const head = trainHead(others, options);
    const memory = remember(head, others);
    unseen.push(...examples.filter((one, i) => foldOf[i] === fold && tells(one)).map((example) => ({ example, head, memory })));
  }
  return unseen;
}

/** The temperature that makes the shares of unseen texts most likely (Guo et al., "On calibration of modern neural networks", ICML 2017). */
function temperatureFor(unseen: readonly Unseen[]): number {
  const seen = unseen
    .map(({ example, head }) => ({ logits: logitsOf(head, example), wants: head.labels.indexOf(example.labels[0] ?? outside) }))
    .filter(({ wants }) => wants >= 0);
  let [best, least] = [1, Number.POSITIVE_INFINITY];
  for (let temperature = 0.2; temperature < 5; temperature *= 1.05) {
    let loss = 0;
    for (const { logits, wants } of seen) loss -= Math.log(Math.max(1e-12, softmax(logits, temperature)[wants]!));
    if (loss < least) [best, least] = [temperature, loss];
  }
  return best;
}

/**
 * Trains a classifier that knows when it does not know: how sure and how familiar a text is, is learned from examples that heads did not
 * see; each of them, with its own class left out, is a stranger. Then the head is trained on all. An example without labels is one of a text that belongs
 * nowhere.
 */
export function trainClassifier(
  examples: readonly Example[],
  { lost = 0.02, tells = () => true, ...options }: ClassifierOptions = {},
): ClassifierWeights {
  const named = examples.map((example) => (example.labels.length > 0 ? example : { ...example, labels: [outside] }));
  const unseen = unseenOf(named, tells, options);
  const temperature = temperatureFor(unseen);
  const within = unseen.filter(({ example }) => example.labels[0] !== outside);
  const seen = (but?: (example: Example) => string | undefined) =>
    within.map(({ example, head, memory }) => {
      const best = bestOf(head, example, temperature, but?.(example));
      return { confidence: best.confidence, signs: signsOf(best, memory, head, example) };
    });
  const signsIn = (all: ReturnType<typeof seen>) => all.map(({ signs }) => signs);
  const belong = seen();
  const strangers = seen(({ labels }) => labels[0]);
  const familiar = trainFamiliar(signsIn(belong), signsIn(strangers));
  /** What all but the lost share reach. */
  const reached = (chances: readonly number[]) => chances.toSorted((a, b) => a - b)[Math.floor(lost * chances.length)] ?? 0;
  const head = trainHead(named, options);
  return {
    head,
    temperature,
    from: reached(belong.map(({ confidence }) => confidence)),
    known: { memory: remember(head, named), familiar, from: reached(belong.map(({ signs }) => familiarity(familiar, signs))) },
  };
}

export function createClassifier({ head, temperature, from, known }: ClassifierWeights): Classifier {
  const least = known?.from ?? (typeof from === 'number' ? from : from[0]!);
  return {
    labels: head.labels.filter((label) => label !== outside),
    shares(input) {
      const shares = softmax(logitsOf(head, input), temperature);
      return new Map(head.labels.flatMap((label, k): [string, number][] => (label === outside ? [] : [[label, shares[k]!]])));
    },
    judge(input) {
      const best = bestOf(head, input, temperature);
      const { label, confidence } = best;
      const familiar = known ? familiarity(known.familiar, signsOf(best, known.memory, head, input)) : confidence;
      return { label, confidence, familiar, outside: label === outside || familiar < least };
    },
  };
}

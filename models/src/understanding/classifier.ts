import { type Head, type Input, logitsOf, softmax } from './head.ts';
import { type Example, type HeadOptions, sequence, trainHead } from './train-head.ts';

/** What a text means. `label` is the best class, `outside` that it means nothing known; `confidence` is the chance, calibrated, that the best class is right. */
export type Judgement = { label: string; confidence: number; outside: boolean };

/** Says of a text which one of the classes it was trained on it belongs to, or none. */
export type Classifier = {
  readonly labels: readonly string[];
  /** Below this confidence a text is `outside`. */
  readonly from: number;
  judge(input: Input): Judgement;
};

/** A classifier as data: its head, with a class without a name for what is none of them, what its log-odds are divided by, and `from`. */
export type ClassifierWeights = { head: Head; temperature: number; from: number | readonly number[] };

export type ClassifierOptions = HeadOptions & {
  /** Which share of the texts that do belong to a class may be taken for `outside`; it sets `from`. */
  lost?: number;
};

const outside = '';

function bestOf(head: Head, input: Input, temperature: number): { label: string; confidence: number } {
  const shares = softmax(logitsOf(head, input), temperature);
  let best = 0;
  for (let k = 1; k < shares.length; k++) if (shares[k]! > shares[best]!) best = k;
  return { label: head.labels[best] ?? outside, confidence: shares[best] ?? 0 };
}

/** A share of the examples put aside, the same ones every time. */
export function putAside<T>(examples: readonly T[], share: number): { kept: T[]; aside: T[] } {
  const random = sequence(11);
  const [kept, aside]: [T[], T[]] = [[], []];
  for (const example of examples) (random() < share ? aside : kept).push(example);
  return { kept, aside };
}

/** The temperature that makes the shares of unseen texts most likely (Guo et al., "On calibration of modern neural networks", ICML 2017). */
function temperatureFor(head: Head, aside: readonly Example[]): number {
  const seen = aside
    .map((example) => ({ logits: logitsOf(head, example), wants: head.labels.indexOf(example.labels[0] ?? outside) }))
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
 * Trains a classifier that knows when it does not know: temperature and threshold are set on a tenth of the examples that the head did
 * not see, then the head is trained on all of them. An example without labels is one of a text that belongs nowhere.
 */
export function trainClassifier(examples: readonly Example[], { lost = 0.02, ...options }: ClassifierOptions = {}): ClassifierWeights {
  const named = examples.map((example) => (example.labels.length > 0 ? example : { ...example, labels: [outside] }));
  const { kept, aside } = putAside(named, 0.1);
  const trial = trainHead(kept, options);
  const temperature = temperatureFor(trial, aside);
  const confidences = aside
    .filter(({ labels }) => labels[0] !== outside)
    .map((example) => bestOf(trial, example, temperature).confidence)
    .sort((a, b) => a - b);
  return { head: trainHead(named, options), temperature, from: confidences[Math.floor(lost * confidences.length)] ?? 0 };
}

export function createClassifier({ head, temperature, from: kept }: ClassifierWeights): Classifier {
  const from = typeof kept === 'number' ? kept : kept[0]!;
  return {
    labels: head.labels.filter((label) => label !== outside),
    from,
    judge(input) {
      const best = bestOf(head, input, temperature);
      return { ...best, outside: best.label === outside || best.confidence < from };
    },
  };
}

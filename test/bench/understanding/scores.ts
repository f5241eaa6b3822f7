import { sequence } from '../../../models/src/understanding/train-head.ts';

/** What was wanted of a text and what came. */
export type Judged = { wants: string; got: string };

/** The share of what was wanted that came. NaN of nothing. */
export const accuracy = (judged: readonly Judged[]): number => judged.filter(({ wants, got }) => wants === got).length / judged.length;

/**
 * Matthews' correlation coefficient for several classes (Gorodkin, "Comparing two K-category assignments by a K-category correlation
 * coefficient", 2004), as scikit-learn's `matthews_corrcoef` has it: 1 for all right, 0 for chance and for always the same answer.
 */
export function matthews(judged: readonly Judged[]): number {
  const count = (of: (one: Judged) => string) => {
    const counts = new Map<string, number>();
    for (const one of judged) counts.set(of(one), (counts.get(of(one)) ?? 0) + 1);
    return counts;
  };
  const [wanted, given] = [count(({ wants }) => wants), count(({ got }) => got)];
  const squares = (counts: Map<string, number>) => [...counts.values()].reduce((sum, n) => sum + n * n, 0);
  const all = judged.length;
  const right = judged.filter(({ wants, got }) => wants === got).length;
  const together = [...wanted].reduce((sum, [label, n]) => sum + n * (given.get(label) ?? 0), 0);
  const spread = Math.sqrt((all ** 2 - squares(given)) * (all ** 2 - squares(wanted)));
  return spread === 0 ? 0 : (right * all - together) / spread;
}

/** Which labels a text has and which it was given. */
export type Tagged = { wants: readonly string[]; got: readonly string[] };

/** Precision, recall and their harmonic mean for one label; 0 where there is nothing to divide by. */
export function f1Of(label: string, tagged: readonly Tagged[]): { precision: number; recall: number; f1: number } {
  const has = (labels: readonly string[]) => labels.includes(label);
  const right = tagged.filter(({ wants, got }) => has(wants) && has(got)).length;
  const given = tagged.filter(({ got }) => has(got)).length;
  const wanted = tagged.filter(({ wants }) => has(wants)).length;
  return { precision: right / (given || 1), recall: right / (wanted || 1), f1: (2 * right) / (given + wanted || 1) };
}

/** The most of a label that can be found while at least this share of what is taken for it is right. */
export function recallAtPrecision(judged: readonly { chance: number; holds: boolean }[], precision: number): number {
  const all = judged.filter(({ holds }) => holds).length;
  let [right, best] = [0, 0];
  for (const [n, { holds }] of judged.toSorted((a, b) => b.chance - a.chance).entries()) {
    if (holds) right++;
    if (right / (n + 1) >= precision) best = right;
  }
  return best / (all || 1);
}

/** F1 over all labels of all texts together. */
export function microF1(tagged: readonly Tagged[]): number {
  let [right, given, wanted] = [0, 0, 0];
  for (const { wants, got } of tagged) {
    right += got.filter((label) => wants.includes(label)).length;
    given += got.length;
    wanted += wants.length;
  }
  return (2 * right) / (given + wanted || 1);
}

/**
 * The expected calibration error (Guo et al., ICML 2017): how far, in ten bins of confidence, the mean confidence is from the share that is
 * right, each bin by its size. 0 is perfect.
 */
export function calibrationError(judged: readonly { confidence: number; right: boolean }[]): number {
  const bins = Array.from({ length: 10 }, () => ({ confidence: 0, right: 0 }));
  for (const { confidence, right } of judged) {
    const bin = bins[Math.min(9, Math.floor(confidence * 10))]!;
    bin.confidence += confidence;
    bin.right += Number(right);
  }
  return bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / judged.length;
}

const draws = 1_000;

/**
 * What `calibrationError` would measure of these confidences if every one of them were exactly true: of few judgements it is far from 0, as the share
 * that is right in a bin scatters by itself (Kumar, Liang & Ma, "Verified uncertainty calibration", NeurIPS 2019, on the bias of the plug-in estimate).
 */
export function calibrationFloor(confidences: readonly number[]): number {
  const random = sequence(3);
  let sum = 0;
  for (let n = 0; n < draws; n++) sum += calibrationError(confidences.map((confidence) => ({ confidence, right: random() < confidence })));
  return sum / draws;
}

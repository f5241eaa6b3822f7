import { median } from '../measure.ts';

type Shown = { fault: string; probability: number; active: boolean };

/** What became of one case: which faults were there, what was ranked without and with answers, and when the true ones first showed. */
export type Verdict = {
  truth: readonly string[];
  unasked: readonly Shown[];
  asked: readonly Shown[];
  questions: number;
  /** ms of machine time that were heard, and faults that were shown and are not there. */
  heard: number;
  falseAlarms: number;
  /** Symptoms and codes that ever showed, and symptoms that were judged at all. */
  seen: number;
  judged: number;
  /** ms from where the fault began until it was shown; absent where it never was. */
  delay?: number;
};

export type Score = {
  cases: number;
  /** Shares, 0 to 1: the likeliest fault is one that is there; one of the three likeliest is. */
  top1: number;
  top3: number;
  /** Share of the cases in which there was nothing to go by: no symptom, no code, nothing told. */
  silent: number;
  /** Shares of the true faults (two where there are two) that are shown. */
  shown: number;
  /** Expected calibration error of the probabilities of the faults that are shown (Naeini et al., AAAI 2015), ten bins of equal width. */
  ece: number;
};

/** @param which the ranking to judge */
export function scoreOf(verdicts: readonly Verdict[], which: 'unasked' | 'asked'): Score {
  const faulty = verdicts.filter(({ truth }) => truth.length > 0);
  const share = (fits: (verdict: Verdict) => boolean) => faulty.filter(fits).length / faulty.length;
  const hits = (verdict: Verdict, first: number) => verdict[which].slice(0, first).some(({ fault }) => verdict.truth.includes(fault));
  const there = faulty.flatMap((verdict) => verdict.truth.map((fault) => verdict[which].some((one) => one.active && one.fault === fault)));
  return {
    cases: faulty.length,
    top1: share((verdict) => hits(verdict, 1)),
    top3: share((verdict) => hits(verdict, 3)),
    silent: share((verdict) => verdict[which].length === 0),
    shown: there.filter(Boolean).length / there.length,
    ece: calibrationError(told(verdicts, which)),
  };
}

/** Every probability that a person would read, and whether that fault is there. */
export const told = (verdicts: readonly Verdict[], which: 'unasked' | 'asked'): [probability: number, so: boolean][] =>
  verdicts.flatMap((verdict) =>
    verdict[which]
      .filter((one) => one.active)
      .map(({ fault, probability }): [number, boolean] => [probability, verdict.truth.includes(fault)]),
  );

/** Bins of equal width: the mean distance between what was claimed and how often it was so, weighted by how often it was claimed. */
export function calibrationError(claims: readonly (readonly [number, boolean])[], bins = 10): number {
  const inBin = Map.groupBy(claims, ([claimed]) => Math.min(bins - 1, Math.floor(claimed * bins)));
  let error = 0;
  for (const group of inBin.values()) error += Math.abs(group.reduce((sum, [claimed, so]) => sum + claimed - Number(so), 0));
  return error / claims.length;
}

/** Of the cases with two faults at once: the share in which both are shown, and in which at least one is. */
export function pairsOf(verdicts: readonly Verdict[], which: 'unasked' | 'asked'): { cases: number; both: number; either: number } {
  const pairs = verdicts.filter(({ truth }) => truth.length > 1);
  const shown = pairs.map(
    (verdict) => verdict.truth.filter((fault) => verdict[which].some((one) => one.active && one.fault === fault)).length,
  );
  return {
    cases: pairs.length,
    both: shown.filter((count) => count > 1).length / pairs.length,
    either: shown.filter((count) => count > 0).length / pairs.length,
  };
}

export const meanQuestions = (verdicts: readonly Verdict[]): number => {
  const faulty = verdicts.filter(({ truth }) => truth.length > 0);
  return faulty.reduce((sum, { questions }) => sum + questions, 0) / faulty.length;
};

/** Seconds. */
export const medianDelay = (verdicts: readonly Verdict[]): number => median(verdicts.flatMap(({ delay }) => delay ?? [])) / 1000;

/** Of the symptoms that were looked for in healthy machines: how many there were, and how many of them showed. */
export const falselySeen = (healthy: readonly Verdict[]): { judged: number; seen: number } => ({
  judged: healthy.reduce((sum, { judged }) => sum + judged, 0),
  seen: healthy.reduce((sum, { seen }) => sum + seen, 0),
});

export const falseAlarmsPerDay = (healthy: readonly Verdict[]): number =>
  healthy.reduce((sum, { falseAlarms }) => sum + falseAlarms, 0) / (healthy.reduce((sum, { heard }) => sum + heard, 0) / 86_400_000);

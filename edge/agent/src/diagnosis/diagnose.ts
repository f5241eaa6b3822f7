import type { FaultModel } from '@wayside/packs';
import type { Value } from '@wayside/protocol';
import { type EvidenceKind, type Finding, findingsOf, type Known } from './evidence.ts';

export type Evidence = {
  kind: EvidenceKind;
  ref: string;
  /** Does it speak for the fault or against it? */
  for: boolean;
  /** How much: the natural logarithm of its likelihood ratio, always positive. */
  weight: number;
  at?: number;
  value?: Value;
  signal?: string;
};

/** A fault's chance in the light of all that is known, with what speaks for and against it, strongest first. */
export type Ranked = { fault: string; probability: number; active: boolean; since: number; evidence: Evidence[] };

/** A set of faults that are present together, and the chance that exactly these are. */
export type Hypothesis = { faults: readonly string[]; probability: number };

/** `none`: the chance that what is seen comes from none of the faults we know. */
export type Diagnosis = { ranked: Ranked[]; none: number; hypotheses: Hypothesis[] };

/** From this chance on a fault is shown as one. */
export const activeFrom = 0.5;
/** When surely something is wrong, the likeliest cause is shown from this chance on. */
const likeliestFrom = 0.25;
/** At most so many faults that have something speaking for them enter the exact sum. */
const maxCandidates = 24;
/** Triples are added only while they are few. */
const maxForTriples = 12;

/**
 * Ranks the causes of what is seen: a leaky noisy-OR network over present and absent findings, summed exactly over no fault,
 * single faults, pairs and (while few compete) triples of those that explain anything seen. Larger sets are negligible at priors
 * of a few percent. Exact enumeration is used rather than the signed sums of QuickScore, which cancel in floating point at small priors.
 *
 * Noisy-OR: Pearl, Probabilistic Reasoning in Intelligent Systems, 1988, §4.3.2. The two-level network of causes and findings:
 * Heckerman, "A tractable inference algorithm for diagnosing multiple diseases" (QuickScore), UAI 1990. The leak: Henrion, UAI 1987.
 */
export function diagnose(input: { faults: Record<string, FaultModel> } & Known): Diagnosis {
  const findings = findingsOf(input.faults, input);
  const candidates = candidatesOf(input.faults, findings);
  if (candidates.length === 0) return { ranked: [], none: 1, hypotheses: [{ faults: [], probability: 1 }] };
  const hypotheses = weigh(candidates, findings);
  const ranked = candidates.map(([id, model]) => rank(id, model, findings, hypotheses)).sort((a, b) => b.probability - a.probability);
  const none = hypotheses[0]?.probability ?? 1;
  for (const one of ranked) one.active = one.probability >= activeFrom;
  const top = ranked[0];
  // The person has to be told of the likeliest cause even when two causes share what is seen.
  if (top && !top.active && 1 - none >= 0.7 && top.probability >= likeliestFrom) top.active = true;
  return { ranked, none, hypotheses };
}

type Candidate = readonly [id: string, model: FaultModel];

/** The faults that at least one present finding speaks for; the best by their own score when there are many. */
function candidatesOf(faults: Record<string, FaultModel>, findings: readonly Finding[]): Candidate[] {
  const present = findings.filter((finding) => finding.present);
  const able = Object.entries(faults).filter(([, model]) => present.some((finding) => finding.link(model) > 0));
  if (able.length <= maxCandidates) return able;
  const score = ([, model]: Candidate) =>
    Math.log(model.prior || Number.MIN_VALUE) +
    findings.reduce((sum, finding) => sum + Math.log(likelihood(finding, [finding.link(model)])), 0);
  return able
    .map((candidate) => ({ candidate, score: score(candidate) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, maxCandidates)
    .map(({ candidate }) => candidate);
}

/** The chance of a finding when causes with these links are present. */
export function likelihood(finding: Finding, links: readonly number[]): number {
  let quiet = 1 - finding.leak;
  // No cause is ever certain to show: a link of 1 would let one missed finding rule it out for good.
  for (const link of links) quiet *= 1 - Math.min(link, 0.98);
  return (1 - quiet) * finding.ofTrue + quiet * finding.ofFalse;
}

function weigh(candidates: readonly Candidate[], findings: readonly Finding[]): Hypothesis[] {
  const links = candidates.map(([, model]) => findings.map((finding) => finding.link(model)));
  const odds = candidates.map(([, model]) => Math.min(Math.max(model.prior, 1e-9), 0.5)).map((p) => p / (1 - p));
  const sets: number[][] = [[]];
  for (let a = 0; a < candidates.length; a++) {
    sets.push([a]);
    for (let b = a + 1; b < candidates.length; b++) {
      sets.push([a, b]);
      if (candidates.length > maxForTriples) continue;
      for (let c = b + 1; c < candidates.length; c++) sets.push([a, b, c]);
    }
  }
  const logs = sets.map((set) => {
    let log = 0;
    for (const one of set) log += Math.log(odds[one]!);
    for (let f = 0; f < findings.length; f++)
      log += Math.log(
        likelihood(
          findings[f]!,
          set.map((one) => links[one]![f]!),
        ),
      );
    return log;
  });
  const top = logs.reduce((a, b) => Math.max(a, b));
  const weights = logs.map((log) => Math.exp(log - top));
  const sum = weights.reduce((a, b) => a + b);
  return sets.map((set, i) => ({ faults: set.map((one) => candidates[one]![0]), probability: weights[i]! / sum }));
}

function rank(id: string, model: FaultModel, findings: readonly Finding[], hypotheses: readonly Hypothesis[]): Ranked {
  let probability = 0;
  for (const hypothesis of hypotheses) if (hypothesis.faults.includes(id)) probability += hypothesis.probability;
  const evidence: Evidence[] = [];
  for (const finding of findings) {
    const link = finding.link(model);
    if (link === 0) continue;
    const ratio = Math.log(likelihood(finding, [link]) / likelihood(finding, []));
    // An absence that hardly speaks (a rare companion, a code that is seldom set) would only hide what does.
    if (!finding.present && -ratio < 0.5) continue;
    const { kind, ref, at, value, signal } = finding;
    evidence.push({
      kind,
      ref,
      for: finding.present,
      weight: Math.abs(ratio),
      ...(at === undefined ? {} : { at }),
      ...(value === undefined ? {} : { value }),
      ...(signal === undefined ? {} : { signal }),
    });
  }
  evidence.sort((a, b) => Number(b.for) - Number(a.for) || b.weight - a.weight);
  const since = findings
    .filter((one) => one.present && one.link(model) > 0 && one.at !== undefined)
    .reduce((first, one) => Math.min(first, one.since ?? one.at!), Number.POSITIVE_INFINITY);
  return { fault: id, probability: Math.min(probability, 1), active: false, since: Number.isFinite(since) ? since : 0, evidence };
}

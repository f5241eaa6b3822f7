import type { FaultModel } from '@wayside/packs';
import type { Value } from '@wayside/protocol';
import { type EvidenceKind, type Finding, findingsOf, type Known, unknownFault } from './evidence.ts';
import { type Cause, chanceOf, quietOf, weigh } from './network.ts';
import { type About, priorOdds } from './prior.ts';

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

/** Faults that are present together, with or without one that the pack does not hold, and the chance that exactly these are. */
export type Hypothesis = { faults: readonly string[]; unknown: boolean; probability: number };

/** Something seen of which it is likelier than not that no fault we know brought it about. */
export type Unexplained = { kind: EvidenceKind; ref: string; chance: number };

export type Diagnosis = {
  ranked: Ranked[];
  /** The chance that what is seen comes from none of the faults we know. */
  none: number;
  /** The chance that a fault is there that the pack does not hold. */
  unknown: number;
  /** Strongest first. */
  unexplained: Unexplained[];
  hypotheses: Hypothesis[];
  /** All that was weighed. */
  findings: Finding[];
};

/** What there is to say while nothing is seen. */
export const nothingSeen: Diagnosis = {
  ranked: [],
  none: 1,
  unknown: 0,
  unexplained: [],
  hypotheses: [{ faults: [], unknown: false, probability: 1 }],
  findings: [],
};

/** From this chance on a fault is shown as one. */
export const activeFrom = 0.5;
/** When surely something is wrong, the likeliest cause is shown from this chance on. */
const likeliestFrom = 0.25;
/** At most so many faults that have something speaking for them enter the exact sum. */
const maxCandidates = 24;

/**
 * Ranks the causes of what is seen and not seen, with what speaks for and against each, and says what none of them explains.
 * @param thing,now what it says of itself, and epoch ms, for priors by model, firmware and age
 */
export function diagnose({
  faults,
  thing,
  now,
  ...known
}: { faults: Record<string, FaultModel>; thing?: About | undefined; now?: number } & Known): Diagnosis {
  const findings = findingsOf(faults, known);
  if (!findings.some((one) => one.present)) return { ...nothingSeen, findings };
  const candidates = candidatesOf(faults, findings, (model) => priorOdds(model, thing, now));
  const outsider = { id: '', odds: unknownFault.odds, links: Float64Array.from(findings, (one) => one.unknown) };
  const hypotheses = weigh([outsider, ...candidates], findings).map(({ members, probability }) => ({
    faults: members.filter((one) => one > 0).map((one) => candidates[one - 1]!.id),
    unknown: members[0] === 0,
    probability,
  }));
  const chances = new Map<string, number>();
  for (const { faults: set, probability } of hypotheses) for (const id of set) chances.set(id, (chances.get(id) ?? 0) + probability);
  const ranked = candidates
    .map(({ id }) => rank(id, faults[id]!, findings, chances.get(id) ?? 0))
    .sort((a, b) => b.probability - a.probability);
  const chanceThat = (fits: (one: Hypothesis) => boolean) => hypotheses.reduce((sum, one) => sum + (fits(one) ? one.probability : 0), 0);
  const none = chanceThat((one) => one.faults.length === 0);
  for (const one of ranked) one.active = one.probability >= activeFrom;
  const top = ranked[0];
  // The person has to be told of the likeliest cause even when two causes share what is seen.
  if (top && !top.active && 1 - none >= 0.7 && top.probability >= likeliestFrom) top.active = true;
  return {
    ranked,
    none,
    unknown: 1 - findings.filter(isUnlinked).reduce((quiet, one) => quiet * (1 - chanceItIsSo(one)), 1 - chanceThat((one) => one.unknown)),
    unexplained: unexplainedBy(hypotheses, faults, findings),
    hypotheses,
    findings,
  };
}

/** It is linked to nothing. */
const isUnlinked = ({ present, unknown: elsewhere }: Finding) => present && elsewhere === 0;
const chanceItIsSo = ({ leak, ofTrue, ofFalse }: Finding) => (leak * ofTrue) / (leak * ofTrue + (1 - leak) * ofFalse);

/** The faults that at least one present finding speaks for; the best by their own score when there are many. */
function candidatesOf(faults: Record<string, FaultModel>, findings: readonly Finding[], oddsOf: (model: FaultModel) => number): Cause[] {
  const able = Object.entries(faults)
    .filter(([, model]) => findings.some((finding) => finding.present && finding.link(model) > 0))
    .map(([id, model]) => ({ id, odds: oddsOf(model), links: Float64Array.from(findings, (finding) => finding.link(model)) }));
  if (able.length <= maxCandidates) return able;
  const bare = findings.map((finding) => chanceOf(finding, 1));
  const score = ({ odds, links }: Cause) => {
    let log = Math.log(odds);
    for (const [f, link] of links.entries()) if (link > 0) log += Math.log(chanceOf(findings[f]!, quietOf(link)) / bare[f]!);
    return log;
  };
  return able
    .map((cause) => ({ cause, score: score(cause) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, maxCandidates)
    .map(({ cause }) => cause);
}

/** Of each thing seen: how likely none of the faults that may be there brought it about. */
function unexplainedBy(hypotheses: readonly Hypothesis[], faults: Record<string, FaultModel>, findings: readonly Finding[]): Unexplained[] {
  return findings
    .filter((finding) => finding.present)
    .map((finding) => {
      let explained = 0;
      for (const { faults: set, unknown: also, probability } of hypotheses) {
        let quiet = 1;
        for (const id of set) quiet *= quietOf(finding.link(faults[id]!));
        if (quiet < 1)
          explained += (probability * (1 - quiet) * finding.ofTrue) / chanceOf(finding, also ? quiet * quietOf(finding.unknown) : quiet);
      }
      return { kind: finding.kind, ref: finding.ref, chance: 1 - Math.min(explained, 1) };
    })
    .filter((one) => one.chance > 0.5)
    .sort((a, b) => b.chance - a.chance);
}

function rank(id: string, model: FaultModel, findings: readonly Finding[], probability: number): Ranked {
  const evidence: Evidence[] = [];
  for (const finding of findings) {
    const link = finding.link(model);
    if (link === 0) continue;
    const ratio = Math.log(chanceOf(finding, quietOf(link)) / chanceOf(finding, 1));
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

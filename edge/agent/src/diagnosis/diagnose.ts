import type { FaultModel } from '@wayside/packs';
import type { Value } from '@wayside/protocol';
import { type EvidenceKind, type Finding, findingsOf, type Known, unknownFault } from './evidence.ts';
import { type Cause, type CauseSet, chanceOf, type Link, quietOf, weigh } from './network.ts';
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

/** Faults that are present together, by their places in `ranked`, with or without one that the pack does not hold, and the chance that exactly these are. */
export type Hypothesis = { members: readonly number[]; unknown: boolean; probability: number };

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
  hypotheses: [{ members: [], unknown: false, probability: 1 }],
  findings: [],
};

type Weighed = Cause & { probability: number };

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
  const outsider = { id: '', odds: unknownFault.odds, links: findings.map((one, f): Link => [f, one.unknown]) };
  const { causes, hypotheses } = inOrder(candidates, weigh([outsider, ...candidates], findings));
  const ranked = causes.map((cause) => rank(cause, findings));
  const chanceThat = (fits: (one: Hypothesis) => boolean) => hypotheses.reduce((sum, one) => sum + (fits(one) ? one.probability : 0), 0);
  const none = chanceThat((one) => one.members.length === 0);
  for (const one of ranked) one.active = one.probability >= activeFrom;
  const top = ranked[0];
  // The person has to be told of the likeliest cause even when two causes share what is seen.
  if (top && !top.active && 1 - none >= 0.7 && top.probability >= likeliestFrom) top.active = true;
  return {
    ranked,
    none,
    unknown: 1 - findings.filter(isUnlinked).reduce((quiet, one) => quiet * (1 - chanceItIsSo(one)), 1 - chanceThat((one) => one.unknown)),
    unexplained: unexplainedBy(
      hypotheses,
      causes.map(({ id }) => faults[id]!),
      findings,
    ),
    hypotheses,
    findings,
  };
}

/** The causes by their chance, likeliest first, and what may be there by their places; the first that was weighed is the outsider. */
function inOrder(candidates: readonly Cause[], sets: readonly CauseSet[]): { causes: Weighed[]; hypotheses: Hypothesis[] } {
  const chances = new Float64Array(1 + candidates.length);
  for (const { members, probability } of sets) for (const one of members) chances[one]! += probability;
  const order = candidates.map((_, i) => 1 + i).sort((a, b) => chances[b]! - chances[a]!);
  const placeOf: number[] = [];
  for (const [place, one] of order.entries()) placeOf[one] = place;
  return {
    causes: order.map((one) => ({ ...candidates[one - 1]!, probability: Math.min(chances[one]!, 1) })),
    hypotheses: sets.map(({ members, probability }) => {
      const unknown = members[0] === 0;
      return { members: (unknown ? members.slice(1) : members).map((one) => placeOf[one]!), unknown, probability };
    }),
  };
}

/** It is linked to nothing. */
const isUnlinked = ({ present, unknown: elsewhere }: Finding) => present && elsewhere === 0;
const chanceItIsSo = ({ leak, ofTrue, ofFalse }: Finding) => (leak * ofTrue) / (leak * ofTrue + (1 - leak) * ofFalse);

/** The faults that at least one present finding speaks for; the best by their own score when there are many. */
function candidatesOf(faults: Record<string, FaultModel>, findings: readonly Finding[], oddsOf: (model: FaultModel) => number): Cause[] {
  const present = findings.filter((finding) => finding.present);
  const places = placesOf(findings);
  const able = Object.entries(faults)
    .filter(([, model]) => present.some((finding) => finding.link(model) > 0))
    .map(([id, model]) => ({ id, odds: oddsOf(model), links: linksOf(model, places) }));
  if (able.length <= maxCandidates) return able;
  const bare = findings.map((finding) => chanceOf(finding, 1));
  const score = ({ odds, links }: Cause) => {
    let log = Math.log(odds);
    for (const [f, link] of links) log += Math.log(chanceOf(findings[f]!, quietOf(link)) / bare[f]!);
    return log;
  };
  return able
    .map((cause) => ({ cause, score: score(cause) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, maxCandidates)
    .map(({ cause }) => cause);
}

type Places = Record<EvidenceKind, ReadonlyMap<string, number>>;

function placesOf(findings: readonly Finding[]): Places {
  const places = { symptom: new Map<string, number>(), dtc: new Map<string, number>(), observation: new Map<string, number>() };
  for (const [f, { kind, ref }] of findings.entries()) places[kind].set(ref, f);
  return places;
}

/** What a fault has to do with the findings, in their order. */
function linksOf(model: FaultModel, places: Places): Link[] {
  const among = (chances: Record<string, number>, place: ReadonlyMap<string, number>) =>
    Object.entries(chances).flatMap(([ref, chance]): Link[] => {
      const f = place.get(ref);
      return f === undefined || chance === 0 ? [] : [[f, chance]];
    });
  const { symptom, dtc, observation } = places;
  return [...among(model.symptoms, symptom), ...among(model.dtcs, dtc), ...among(model.observations, observation)].sort(
    ([a], [b]) => a - b,
  );
}

/** Of each thing seen: how likely none of the faults that may be there brought it about. */
function unexplainedBy(hypotheses: readonly Hypothesis[], models: readonly FaultModel[], findings: readonly Finding[]): Unexplained[] {
  return findings
    .filter((finding) => finding.present)
    .map((finding) => {
      const quiets = models.map((model) => quietOf(finding.link(model)));
      let explained = 0;
      for (const { members, unknown: also, probability } of hypotheses) {
        let quiet = 1;
        for (const one of members) quiet *= quiets[one]!;
        if (quiet < 1)
          explained += (probability * (1 - quiet) * finding.ofTrue) / chanceOf(finding, also ? quiet * quietOf(finding.unknown) : quiet);
      }
      return { kind: finding.kind, ref: finding.ref, chance: 1 - Math.min(explained, 1) };
    })
    .filter((one) => one.chance > 0.5)
    .sort((a, b) => b.chance - a.chance);
}

function rank({ id, links, probability }: Weighed, findings: readonly Finding[]): Ranked {
  const evidence: Evidence[] = [];
  let since = Number.POSITIVE_INFINITY;
  for (const [f, link] of links) {
    const finding = findings[f]!;
    if (finding.present && finding.at !== undefined) since = Math.min(since, finding.since ?? finding.at);
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
  return { fault: id, probability, active: false, since: Number.isFinite(since) ? since : 0, evidence };
}

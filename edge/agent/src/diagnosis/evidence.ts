import type { FaultModel } from '@wayside/packs';
import type { DtcState, Value } from '@wayside/protocol';
import type { Judged, SymptomState } from './detect.ts';

export type Answer = 'yes' | 'no' | 'unsure';
export type EvidenceKind = 'symptom' | 'dtc' | 'observation';

/** All that is known of one thing at one moment. Times are epoch ms. */
export type Known = {
  symptoms: Map<string, SymptomState>;
  /** Symptoms whose absence says something. */
  covered: Set<string>;
  /** On what each symptom was judged last, to show where it was looked for. */
  judged?: ReadonlyMap<string, Judged>;
  dtcs: readonly { code: string; state: DtcState; at: number }[];
  observations: Map<string, { answer: Answer; at: number }>;
};

/** One thing seen, or looked for and not seen. `ofTrue` and `ofFalse` are the chances of seeing just this when it is, or is not, so. */
export type Finding = {
  kind: EvidenceKind;
  ref: string;
  present: boolean;
  /** The chance that it is so without any cause we know (the leak of the noisy-OR). */
  leak: number;
  ofTrue: number;
  ofFalse: number;
  /** Since when it has been so. */
  since?: number;
  /** When the sample, code or answer that says so was seen. */
  at?: number;
  value?: Value;
  signal?: string;
  /** It is known from before; whether it is still so could not be judged since. */
  lapsed?: boolean | undefined;
  /** The chance that this fault alone brings it about; 0 where it has nothing to do with it. */
  link(fault: FaultModel): number;
  /** The same for a fault that the pack does not hold. */
  unknown: number;
};

/**
 * How far each kind of evidence can be trusted. Orders of magnitude, one setting for all packs, checked by the calibration figures of the
 * scenarios bench. A detector with a duration seldom fires for nothing: of 13,000 that watched healthy machines of the bench for an hour, two
 * did, which leaves at most 0.0005 (95 %) for all that shows without a fault of the pack, and the larger part of that is the unknown fault's,
 * below. A code that the device itself confirmed is trusted a little more. A pending one is one unconfirmed drive cycle (SAE J1979), people see what
 * is not there far more often than they miss it, and one cause seldom sets all of its codes.
 */
const trust = {
  symptom: { leak: 0.0001, seen: 0.97, seenFalsely: 0.0001 },
  confirmed: { leak: 0.0001, seen: 0.97, seenFalsely: 0.00005 },
  pending: { leak: 0.01, seen: 0.6, seenFalsely: 0.01 },
  noCode: { leak: 0.001, seen: 0.5, seenFalsely: 0.0002 },
  observation: { leak: 0.02, seen: 0.85, seenFalsely: 0.02 },
} as const;

/**
 * A fault that the pack does not hold shows somehow, but nobody can say in what: with a small chance in each thing we watch or ask. Several
 * findings that no fault of the pack explains together speak for it, where leaks, each for itself, would make a rare coincidence of them.
 */
export const unknownFault = { odds: 0.01, symptom: 0.03, code: 0.02, observation: 0.05 } as const;

/**
 * The findings that any of the faults has something to say about, present and absent, and every symptom that shows and code that stands,
 * known or not. "Unsure" is no finding.
 */
export function findingsOf(faults: Record<string, FaultModel>, known: Known): Finding[] {
  const linked = linkedIn(faults);
  const findings: Finding[] = [];
  // What no fault is linked to speaks for nothing but itself: to let it explain what else is seen would hide the fault beside it.
  for (const [ref, absent] of linked.symptom) {
    if (known.symptoms.get(ref)?.active || !known.covered.has(ref)) continue;
    const { active: _, ...where } = known.judged?.get(ref) ?? { active: false };
    findings.push({ ...absent, ...where });
  }
  for (const [ref, { active, since, at, value, signal, lapsed }] of known.symptoms) {
    if (!active) continue;
    const finding = { ...symptomFinding(ref, true), since, at, signal, lapsed, ...(value === undefined ? {} : { value }) };
    findings.push(linked.symptom.has(ref) ? finding : { ...finding, unknown: 0 });
  }
  const codes = new Map(known.dtcs.filter(({ state }) => state !== 'cleared').map((dtc) => [dtc.code, dtc]));
  for (const [ref, absent] of linked.dtc) if (!codes.has(ref)) findings.push(absent);
  for (const [ref, { state, at }] of codes) {
    const finding = codeFinding(ref, true, state === 'pending' ? trust.pending : trust.confirmed);
    findings.push({ ...finding, at, ...(linked.dtc.has(ref) ? {} : { unknown: 0 }) });
  }
  for (const [ref, { answer, at }] of known.observations) {
    if (linked.observation.has(ref) && answer !== 'unsure') findings.push({ ...observationFinding(ref, answer === 'yes'), at });
  }
  return findings;
}

type Linked = { symptom: ReadonlyMap<string, Finding>; dtc: ReadonlyMap<string, Finding>; observation: ReadonlySet<string> };
const lookedThrough = new WeakMap<Record<string, FaultModel>, Linked>();

/** What any of these faults brings about, by kind, as not seen; a pack's faults never change, and are looked through once. */
function linkedIn(faults: Record<string, FaultModel>): Linked {
  const before = lookedThrough.get(faults);
  if (before) return before;
  const all = Object.values(faults);
  const refs = (linksIn: (fault: FaultModel) => object) => new Set(all.flatMap((fault) => Object.keys(linksIn(fault))));
  const linked = {
    symptom: new Map([...refs((fault) => fault.symptoms)].map((ref) => [ref, symptomFinding(ref, false)])),
    dtc: new Map([...refs((fault) => fault.dtcs)].map((ref) => [ref, codeFinding(ref, false)])),
    observation: refs((fault) => fault.observations),
  };
  lookedThrough.set(faults, linked);
  return linked;
}

/** The finding that a symptom shows, or was looked for and does not. */
export const symptomFinding = (ref: string, present: boolean): Finding => ({
  kind: 'symptom',
  ref,
  link: (fault) => fault.symptoms[ref] ?? 0,
  unknown: unknownFault.symptom,
  ...seen(trust.symptom, present),
});

/** The finding that a code stands, or does not. */
export const codeFinding = (ref: string, present: boolean, by: Trust = present ? trust.confirmed : trust.noCode): Finding => ({
  kind: 'dtc',
  ref,
  link: (fault) => fault.dtcs[ref] ?? 0,
  unknown: unknownFault.code,
  ...seen(by, present),
});

/** The finding that a person answered a question with yes or no. */
export const observationFinding = (ref: string, present: boolean): Finding => ({
  kind: 'observation',
  ref,
  link: (fault) => fault.observations[ref] ?? 0,
  unknown: unknownFault.observation,
  ...seen(trust.observation, present),
});

type Trust = { leak: number; seen: number; seenFalsely: number };

const seen = (by: Trust, present: boolean) => ({
  present,
  leak: by.leak,
  ofTrue: present ? by.seen : 1 - by.seen,
  ofFalse: present ? by.seenFalsely : 1 - by.seenFalsely,
});

import type { FaultModel } from '@wayside/packs';
import type { DtcState, Value } from '@wayside/protocol';
import type { SymptomState } from './detect.ts';

export type Answer = 'yes' | 'no' | 'unsure';
export type EvidenceKind = 'symptom' | 'dtc' | 'observation';

/** All that is known of one thing at one moment. Times are epoch ms. */
export type Known = {
  symptoms: Map<string, SymptomState>;
  /** Symptoms whose absence says something. */
  covered: Set<string>;
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
  /** The chance that this fault alone brings it about; 0 where it has nothing to do with it. */
  link(fault: FaultModel): number;
  /** The same for a fault that the pack does not hold. */
  stranger: number;
};

/**
 * How far each kind of evidence can be trusted. Orders of magnitude, chosen on the packs' scenarios and one for all packs:
 * a detector with a duration seldom fires for nothing, a pending code is one unconfirmed drive cycle (SAE J1979), people see
 * what is not there far more often than they miss it, and one cause seldom sets all of its codes.
 */
const trust = {
  symptom: { leak: 0.002, seen: 0.97, seenFalsely: 0.0005 },
  confirmed: { leak: 0.0002, seen: 0.97, seenFalsely: 0.0001 },
  pending: { leak: 0.01, seen: 0.6, seenFalsely: 0.01 },
  noCode: { leak: 0.001, seen: 0.5, seenFalsely: 0.0002 },
  observation: { leak: 0.02, seen: 0.85, seenFalsely: 0.02 },
} as const;

/**
 * A fault that the pack does not hold shows somehow, but nobody can say in what: with a small chance in each thing we watch or ask. Several
 * findings that no fault of the pack explains together speak for it, where leaks, each for itself, would make a rare coincidence of them.
 */
export const stranger = { odds: 0.01, symptom: 0.05, code: 0.02, unknownCode: 0.3, observation: 0.05 } as const;

/** The findings that any of the faults has something to say about, present and absent. "Unsure" is no finding. A code that stands and no fault knows is one too. */
export function findingsOf(faults: Record<string, FaultModel>, known: Known): Finding[] {
  const linked = { symptom: new Set<string>(), dtc: new Set<string>(), observation: new Set<string>() };
  for (const fault of Object.values(faults)) {
    for (const id of Object.keys(fault.symptoms)) linked.symptom.add(id);
    for (const id of Object.keys(fault.dtcs)) linked.dtc.add(id);
    for (const id of Object.keys(fault.observations)) linked.observation.add(id);
  }
  const findings: Finding[] = [];
  for (const ref of linked.symptom) {
    const state = known.symptoms.get(ref);
    const links = { link: (fault: FaultModel) => fault.symptoms[ref] ?? 0, stranger: stranger.symptom };
    if (state?.active) {
      const { since, at, value, signal } = state;
      findings.push({
        kind: 'symptom',
        ref,
        ...links,
        ...seen(trust.symptom, true),
        since,
        at,
        signal,
        ...(value === undefined ? {} : { value }),
      });
    } else if (known.covered.has(ref)) findings.push({ kind: 'symptom', ref, ...links, ...seen(trust.symptom, false) });
  }
  const codes = new Map(known.dtcs.filter(({ state }) => state !== 'cleared').map((dtc) => [dtc.code, dtc]));
  for (const ref of new Set([...linked.dtc, ...codes.keys()])) {
    const dtc = codes.get(ref);
    const links = {
      link: (fault: FaultModel) => fault.dtcs[ref] ?? 0,
      stranger: linked.dtc.has(ref) ? stranger.code : stranger.unknownCode,
    };
    if (dtc)
      findings.push({ kind: 'dtc', ref, ...links, ...seen(dtc.state === 'pending' ? trust.pending : trust.confirmed, true), at: dtc.at });
    else findings.push({ kind: 'dtc', ref, ...links, ...seen(trust.noCode, false) });
  }
  for (const ref of linked.observation) {
    const said = known.observations.get(ref);
    if (!said || said.answer === 'unsure') continue;
    findings.push(observationFinding(ref, said.answer === 'yes', said.at));
  }
  return findings;
}

/** The finding that a person answered a question with yes or no. */
export function observationFinding(ref: string, present: boolean, at?: number): Finding {
  const link = (fault: FaultModel) => fault.observations[ref] ?? 0;
  return {
    kind: 'observation',
    ref,
    link,
    stranger: stranger.observation,
    ...seen(trust.observation, present),
    ...(at === undefined ? {} : { at }),
  };
}

function seen(by: { leak: number; seen: number; seenFalsely: number }, present: boolean) {
  return {
    present,
    leak: by.leak,
    ofTrue: present ? by.seen : 1 - by.seen,
    ofFalse: present ? by.seenFalsely : 1 - by.seenFalsely,
  };
}

import type { FaultReport } from '@wayside/contract';
import { meaningOfDtc, type Pack } from '@wayside/packs';
import type { Localized, Signal } from '@wayside/protocol';
import type { SymptomState } from './detect.ts';
import type { Diagnosis, Evidence, Ranked } from './diagnose.ts';
import type { Known } from './evidence.ts';
import { type Overturn, overturnsOf } from './overturn.ts';

/** More answers than this are no longer one verdict's. */
const maxAsked = 50;

/**
 * A ranked fault as people see it, with what it rests on, what was asked, what would change the verdict and what it leaves unexplained.
 * @param signals the thing's own signals, for units; the family's where it has none of its own
 * @param showing a symptom on each signal on which it shows
 */
export function reportFault(
  thing: string,
  pack: Pack,
  ranked: Ranked,
  {
    diagnosis,
    observations,
    signals = pack.thing.signals,
    showing = () => [],
  }: {
    diagnosis: Diagnosis;
    observations: Known['observations'];
    signals?: Record<string, Signal> | undefined;
    showing?: (symptom: string) => readonly SymptomState[];
  },
): FaultReport {
  const model = pack.faults[ranked.fault]!;
  return {
    thing,
    fault: ranked.fault,
    title: model.title,
    explanation: model.explanation,
    severity: model.severity,
    safety: model.safety,
    safetyAdvice: model.safetyAdvice,
    probability: ranked.probability,
    since: Math.max(0, Math.round(ranked.since)),
    evidence: ranked.evidence
      .flatMap((one) => onEachSignal(one, showing))
      .slice(0, 100)
      .map(({ signal, at, value, band, oneIn, ...one }) => {
        const unit = signal === undefined ? undefined : signals[signal]?.unit;
        return {
          kind: one.kind,
          ref: one.ref,
          title: titleOf(pack, one),
          for: one.for,
          weight: one.weight,
          ...(signal === undefined ? {} : { signal }),
          ...(at === undefined ? {} : { at: Math.max(0, Math.round(at)) }),
          ...(value === undefined ? {} : { value }),
          ...(unit === undefined ? {} : { unit }),
          ...band,
          ...(oneIn === undefined ? {} : { oneIn }),
        };
      }),
    asked: [...observations].slice(-maxAsked).flatMap(([observation, { answer }]) => {
      const question = pack.observations[observation]?.question;
      return question ? [{ observation, question, answer }] : [];
    }),
    wouldChange: overturnsIn(diagnosis, ranked.fault, pack).map((one) => ({
      ...one,
      title: titleOf(pack, one),
      faultTitle: pack.faults[one.fault]!.title,
    })),
    unexplained: diagnosis.unexplained.slice(0, maxAsked).map(({ kind, ref }) => ({ kind, ref, title: titleOf(pack, { kind, ref }) })),
    ...(model.procedure === undefined ? {} : { procedure: model.procedure }),
    ...(model.article === undefined ? {} : { article: model.article }),
  };
}

/** A diagnosis is reported many times and never changes: what would overturn it is found once. */
const found = new WeakMap<Diagnosis, Map<string, Overturn[]>>();

function overturnsIn(diagnosis: Diagnosis, fault: string, pack: Pack): Overturn[] {
  const its = found.get(diagnosis) ?? new Map<string, Overturn[]>();
  found.set(diagnosis, its);
  const overturns = its.get(fault) ?? overturnsOf(fault, diagnosis, pack.faults);
  its.set(fault, overturns);
  return overturns;
}

type Seen = Evidence & Pick<SymptomState, 'band' | 'oneIn'>;

/** A symptom that shows on several signals is as many pieces of evidence, each with the band that was expected there. */
function onEachSignal(one: Evidence, showing: (symptom: string) => readonly SymptomState[]): Seen[] {
  const states = one.kind === 'symptom' && one.for ? showing(one.ref) : [];
  return states.length === 0 ? [one] : states.map((state) => ({ ...one, ...state }));
}

/** What a pack calls a symptom, code or observation; its id where it knows none. */
export function titleOf(pack: Pack, { kind, ref }: { kind: string; ref: string }): Localized {
  if (kind === 'dtc') return meaningOfDtc(pack, ref)?.title ?? { en: ref, zh: ref };
  return (kind === 'symptom' ? pack.symptoms[ref] : pack.observations[ref])?.title ?? { en: ref, zh: ref };
}

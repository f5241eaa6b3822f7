import type { FaultReport } from '@wayside/contract';
import type { Pack } from '@wayside/packs';
import type { Localized, Signal } from '@wayside/protocol';
import type { Evidence, Ranked } from './diagnose.ts';

/**
 * A ranked fault as people see it.
 * @param signals the thing's own signals, for units; the family's where it has none of its own
 */
export function reportFault(thing: string, pack: Pack, ranked: Ranked, signals: Record<string, Signal> = pack.thing.signals): FaultReport {
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
    evidence: ranked.evidence.slice(0, 100).map((one) => {
      const unit = one.signal === undefined ? undefined : signals[one.signal]?.unit;
      return {
        kind: one.kind,
        ref: one.ref,
        title: titleOf(pack, one),
        for: one.for,
        ...(one.signal === undefined ? {} : { signal: one.signal }),
        ...(one.at === undefined ? {} : { at: Math.max(0, Math.round(one.at)) }),
        ...(one.value === undefined ? {} : { value: one.value }),
        ...(unit === undefined ? {} : { unit }),
      };
    }),
    ...(model.procedure === undefined ? {} : { procedure: model.procedure }),
    ...(model.article === undefined ? {} : { article: model.article }),
  };
}

function titleOf(pack: Pack, { kind, ref }: Evidence): Localized {
  const named = kind === 'symptom' ? pack.symptoms[ref] : kind === 'dtc' ? pack.dtcs[ref] : pack.observations[ref];
  return named?.title ?? { en: ref, zh: ref };
}

import type { FaultModel } from '@wayside/packs';
import { activeFrom, type Diagnosis, type Hypothesis } from './diagnose.ts';
import { codeFinding, type EvidenceKind, type Finding, observationFinding, symptomFinding } from './evidence.ts';
import { chanceOf, quietOf } from './network.ts';

/** One thing that, were it so, would give the verdict to this fault. */
export type Overturn = { kind: EvidenceKind; ref: string; if: 'yes' | 'no' | 'present' | 'absent'; fault: string };

/** More than these nobody weighs. */
const told = 5;
/** Faults less likely than this are no rivals. */
const rivalFrom = 0.01;
/** Hypotheses less likely than this do not overturn anything by one finding. */
const negligible = 1e-6;

/**
 * What would change the verdict on a fault: each single answer, symptom or code that, were it other than it is known to be (or become known),
 * would make the fault no longer shown and another one likelier. What can still be asked or seen first, likeliest first; then what would have
 * to be mistaken. Rivals are the faults that something speaks for already.
 */
export function overturnsOf(fault: string, { ranked, hypotheses, findings }: Diagnosis, faults: Record<string, FaultModel>): Overturn[] {
  const at = ranked.findIndex((one) => one.fault === fault);
  if (at < 0) return [];
  const before = Float64Array.from(ranked, ({ probability }) => probability);
  const weighed = hypotheses.filter(({ probability }) => probability >= negligible);
  const models = ranked.map((one) => faults[one.fault]!);
  const rivals = models.filter((_, i) => before[i]! >= rivalFrom);
  return changesOf(rivals, findings)
    .flatMap(({ was, is }) => {
      const { after, chance } = weighAnew(weighed, models, was, is);
      const next = winnerAfter(at, before, after);
      if (next === undefined) return [];
      return [{ kind: is.kind, ref: is.ref, if: wordOf(is), fault: ranked[next]!.fault, known: was !== undefined, chance }];
    })
    .sort((a, b) => Number(a.known) - Number(b.known) || b.chance - a.chance)
    .slice(0, told)
    .map(({ known: _, chance: __, ...overturn }) => overturn);
}

/** Every finding of these faults that could be otherwise: `was` is what is known of it now, if anything is. */
function changesOf(rivals: readonly FaultModel[], findings: readonly Finding[]): { was?: Finding; is: Finding }[] {
  const known = new Map(findings.map((finding) => [`${finding.kind} ${finding.ref}`, finding]));
  const refs = (kind: EvidenceKind, linksIn: (fault: FaultModel) => object, make: (ref: string, present: boolean) => Finding) =>
    [...new Set(rivals.flatMap((fault) => Object.keys(linksIn(fault))))].flatMap((ref) => {
      const was = known.get(`${kind} ${ref}`);
      return was ? [{ was, is: make(ref, !was.present) }] : [{ is: make(ref, true) }, { is: make(ref, false) }];
    });
  return [
    ...refs('observation', (fault) => fault.observations, observationFinding),
    ...refs('symptom', (fault) => fault.symptoms, symptomFinding),
    ...refs('dtc', (fault) => fault.dtcs, codeFinding),
  ];
}

/** The faults' chances with one finding more, or turned round; `chance` is how likely that is by what is known now. */
function weighAnew(
  hypotheses: readonly Hypothesis[],
  models: readonly FaultModel[],
  was: Finding | undefined,
  is: Finding,
): { after: Float64Array; chance: number } {
  const quiet = Float64Array.from(models, (model) => quietOf(is.link(model)));
  const after = new Float64Array(models.length);
  let all = 0;
  for (const { members, unknown, probability } of hypotheses) {
    let q = unknown ? quietOf(is.unknown) : 1;
    for (const one of members) q *= quiet[one]!;
    const weight = (probability * chanceOf(is, q)) / (was ? chanceOf(was, q) : 1);
    all += weight;
    for (const one of members) after[one]! += weight;
  }
  return { after: after.map((weight) => weight / all), chance: all };
}

/** The place of the fault that takes over: likelier than before and than the one that fell. */
function winnerAfter(fell: number, before: Float64Array, after: Float64Array): number | undefined {
  // One that is shown as the likeliest of several stands until it is so no longer.
  if (after[fell]! >= Math.min(activeFrom, before[fell]!)) return undefined;
  let next: number | undefined;
  for (const [i, chance] of after.entries())
    if (i !== fell && chance > after[fell]! && chance > before[i]! && chance > (next === undefined ? 0 : after[next]!)) next = i;
  return next;
}

const wordOf = ({ kind, present }: Finding): Overturn['if'] =>
  kind === 'observation' ? (present ? 'yes' : 'no') : present ? 'present' : 'absent';

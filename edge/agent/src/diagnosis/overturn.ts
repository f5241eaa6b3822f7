import type { FaultModel } from '@wayside/packs';
import { activeFrom, type Diagnosis, type Hypothesis } from './diagnose.ts';
import { codeFinding, type EvidenceKind, type Finding, observationFinding, symptomFinding } from './evidence.ts';
import { likelihood } from './network.ts';

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
  const before = new Map(ranked.map((one) => [one.fault, one.probability]));
  // One that is shown as the likeliest of several stands until it is so no longer.
  const standsFrom = Math.min(activeFrom, before.get(fault) ?? 0);
  const rivals = ranked.filter(({ probability }) => probability >= rivalFrom).map((one) => faults[one.fault]!);
  const weighed = hypotheses.filter(({ probability }) => probability >= negligible);
  return changesOf(rivals, findings)
    .flatMap(({ was, is }) => {
      const factors = weighed.map(
        (one) => likelihood(is, linksOf(is, one, faults)) / (was ? likelihood(was, linksOf(was, one, faults)) : 1),
      );
      const after = chances(weighed, factors);
      const next = winnerAfter(fault, standsFrom, before, after);
      const chance = weighed.reduce((sum, { probability }, i) => sum + probability * factors[i]!, 0);
      return next === undefined ? [] : [{ kind: is.kind, ref: is.ref, if: wordOf(is), fault: next, known: was !== undefined, chance }];
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

const linksOf = (finding: Finding, { faults: set, stranger }: Hypothesis, faults: Record<string, FaultModel>): number[] => [
  ...set.map((id) => finding.link(faults[id]!)),
  ...(stranger ? [finding.stranger] : []),
];

function chances(hypotheses: readonly Hypothesis[], factors: readonly number[]): Map<string, number> {
  const after = new Map<string, number>();
  let all = 0;
  for (const [i, { faults, probability }] of hypotheses.entries()) {
    const weight = probability * factors[i]!;
    all += weight;
    for (const id of faults) after.set(id, (after.get(id) ?? 0) + weight);
  }
  return new Map([...after].map(([id, weight]) => [id, weight / all]));
}

/** The fault that takes over: likelier than before and than the one that fell. */
function winnerAfter(
  fell: string,
  standsFrom: number,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): string | undefined {
  const left = after.get(fell) ?? 0;
  if (left >= standsFrom) return undefined;
  const risen = [...after].filter(([id, chance]) => id !== fell && chance > left && chance > (before.get(id) ?? 0));
  return risen.sort((a, b) => b[1] - a[1])[0]?.[0];
}

const wordOf = ({ kind, present }: Finding): Overturn['if'] =>
  kind === 'observation' ? (present ? 'yes' : 'no') : present ? 'present' : 'absent';

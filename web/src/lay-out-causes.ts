/** A text in both languages. */
export type Localized = { en: string; zh: string };

/** The parts of a fault report the picture is drawn from. */
export type Cause = {
  fault: string;
  title: Localized;
  probability: number;
  evidence: { kind: string; ref: string; title: Localized; for: boolean; weight?: number | undefined; signal?: string | undefined }[];
  wouldChange?: Change[] | undefined;
};

/** A finding that would give the verdict to another fault. */
export type Change = { kind: string; ref: string; title: Localized; fault: string; faultTitle: Localized };

/** `y` is where it stands, from 0 (top) to 1. A cause that is only possible has no probability. */
export type CauseNode = { id: string; title: Localized; probability: number | undefined; y: number };
export type FindingNode = { id: string; title: Localized; kind: string; y: number };
/** `strength` is 0 to 1. `might`: would speak for the cause if it were so. */
export type Link = { cause: number; finding: number; says: 'for' | 'against' | 'might'; strength: number };
export type CauseGraph = { causes: CauseNode[]; findings: FindingNode[]; links: Link[]; rows: number };

const most = { causes: 4, changes: 3, findings: 7 };
/** A likelihood ratio of e⁶ is as strong as a line can show. */
const strongest = 6;

/**
 * Lays causes and findings out as two columns with lines between: the likeliest causes with what speaks for and against them, strongest
 * first, and below them what could still take their place and by which finding.
 */
export function layOutCauses(faults: readonly Cause[]): CauseGraph {
  const ranked = faults.toSorted((a, b) => b.probability - a.probability).slice(0, most.causes);
  const findings = new Map<string, { title: Localized; kind: string; weight: number }>();
  const links: { cause: string; finding: string; says: Link['says']; strength: number }[] = [];

  const all = ranked.flatMap((fault) => fault.evidence.map((one) => ({ fault, one, weight: one.weight ?? 1 })));
  for (const { fault, one, weight } of all.sort((a, b) => b.weight - a.weight)) {
    const id = idOf(one);
    if (!findings.has(id) && findings.size >= most.findings) continue;
    findings.set(id, { title: titleOf(one), kind: one.kind, weight: (findings.get(id)?.weight ?? 0) + weight });
    links.push({ cause: fault.fault, finding: id, says: one.for ? 'for' : 'against', strength: Math.min(1, weight / strongest) });
  }

  const causes = new Map<string, { title: Localized; probability: number | undefined }>(
    ranked.map(({ fault, title, probability }) => [fault, { title, probability }]),
  );
  for (const change of easiestFirst(ranked[0]?.wouldChange ?? []).slice(0, most.changes)) {
    const id = idOf(change);
    if (!causes.has(change.fault)) causes.set(change.fault, { title: change.faultTitle, probability: undefined });
    if (!findings.has(id)) findings.set(id, { title: titleOf(change), kind: change.kind, weight: 0 });
    links.push({ cause: change.fault, finding: id, says: 'might', strength: 0 });
  }

  const causeIds = [...causes.keys()];
  const middleOf = (finding: string) => mean(links.filter((link) => link.finding === finding).map((link) => causeIds.indexOf(link.cause)));
  // Each finding stands near the causes it speaks of, so that few lines cross.
  const findingIds = [...findings.keys()].sort((a, b) => middleOf(a) - middleOf(b) || findings.get(b)!.weight - findings.get(a)!.weight);
  return {
    causes: causeIds.map((id, i) => ({ id, ...causes.get(id)!, y: (i + 0.5) / causeIds.length })),
    findings: findingIds.map((id, i) => {
      const { title, kind } = findings.get(id)!;
      return { id, title, kind, y: (i + 0.5) / findingIds.length };
    }),
    links: links.map(({ cause, finding, ...link }) => ({ cause: causeIds.indexOf(cause), finding: findingIds.indexOf(finding), ...link })),
    rows: Math.max(causeIds.length, findingIds.length),
  };
}

/** What a person can tell comes before what only the machine may show one day. */
export const easiestFirst = <One extends { kind: string }>(changes: readonly One[]): One[] =>
  changes.toSorted((a, b) => Number(b.kind === 'observation') - Number(a.kind === 'observation'));

/** A code is known by its number as well. */
const titleOf = ({ kind, ref, title }: { kind: string; ref: string; title: Localized }): Localized =>
  kind === 'dtc' ? { en: `${ref} ${title.en}`, zh: `${ref} ${title.zh}` } : title;

const idOf = ({ kind, ref, signal }: { kind: string; ref: string; signal?: string | undefined }) => `${kind} ${ref} ${signal ?? ''}`;
const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / Math.max(1, numbers.length);

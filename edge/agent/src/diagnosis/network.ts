import type { Finding } from './evidence.ts';

/** A cause as the network sees it: the odds of its presence, and the chance that it alone brings each finding about, by the finding's place. */
export type Cause = { id: string; odds: number; links: Float64Array };

/** Causes that are present together, by their places, and the chance that exactly these are. */
export type CauseSet = { members: readonly number[]; probability: number };

/** Sets rarer than this are left out of the sum: a million of them would not change a figure that is shown. */
const negligible = 1e-8;

/** No cause is ever certain to show: a link of 1 would let one missed finding rule it out for good. */
const surest = 0.98;

/**
 * How likely each set of up to three causes is in the light of the findings: a leaky noisy-OR network, summed exactly over all these sets;
 * larger ones are negligible at priors of a few percent. Exact enumeration is used rather than the signed sums of QuickScore, which cancel
 * in floating point at small priors. A set's log likelihood is its causes' own plus what they do to the findings they share, so a set
 * costs no more than those: 60 faults and 150 findings take a millisecond.
 *
 * Noisy-OR: Pearl, Probabilistic Reasoning in Intelligent Systems, 1988, §4.3.2. The two-level network of causes and findings:
 * Heckerman, "A tractable inference algorithm for diagnosing multiple diseases" (QuickScore), UAI 1990. The leak: Henrion, UAI 1987.
 */
export function weigh(causes: readonly Cause[], findings: readonly Finding[]): CauseSet[] {
  const quiet = causes.map(({ links }) => links.map(quietOf));
  const log = (f: number, q: number) => Math.log(chanceOf(findings[f]!, q));
  const bare = findings.map((_, f) => log(f, 1));
  const alone = quiet.map((by) => by.map((q, f) => (q === 1 ? bare[f]! : log(f, q))));
  const touched = quiet.map((by) => findings.flatMap((_, f) => (by[f]! < 1 ? [f] : [])));
  const own = causes.map(({ odds }, a) => touched[a]!.reduce((sum, f) => sum + alone[a]![f]! - bare[f]!, Math.log(odds)));

  const sets: number[][] = [[]];
  const logs: number[] = [0];
  const pairs = causes.map(() => [] as { weight: number; shared: number[] }[]);
  for (let a = 0; a < causes.length; a++) {
    sets.push([a]);
    logs.push(own[a]!);
    for (let b = 0; b < a; b++) {
      const [fewer, other] = touched[a]!.length < touched[b]!.length ? [a, b] : [b, a];
      const shared = touched[fewer]!.filter((f) => quiet[other]![f]! < 1);
      let weight = own[a]! + own[b]!;
      for (const f of shared) weight += log(f, quiet[a]![f]! * quiet[b]![f]!) - alone[a]![f]! - alone[b]![f]! + bare[f]!;
      pairs[a]!.push({ weight, shared });
      sets.push([b, a]);
      logs.push(weight);
    }
  }
  for (let a = 2; a < causes.length; a++)
    for (let b = 1; b < a; b++)
      for (let c = 0; c < b; c++) {
        const ab = pairs[a]![b]!;
        let weight = ab.weight + pairs[a]![c]!.weight + pairs[b]![c]!.weight - own[a]! - own[b]! - own[c]!;
        for (const f of ab.shared) {
          const [qa, qb, qc] = [quiet[a]![f]!, quiet[b]![f]!, quiet[c]![f]!];
          if (qc === 1) continue;
          weight += log(f, qa * qb * qc) - log(f, qa * qb) - log(f, qa * qc) - log(f, qb * qc);
          weight += alone[a]![f]! + alone[b]![f]! + alone[c]![f]! - bare[f]!;
        }
        sets.push([c, b, a]);
        logs.push(weight);
      }
  return normalised(sets, logs);
}

/** The chance that a cause with this link does not show. */
export const quietOf = (link: number): number => 1 - Math.min(link, surest);

/** The chance of a finding when the causes that are present leave it unshown with chance `quiet`. */
export const chanceOf = ({ leak, ofTrue, ofFalse }: Finding, quiet: number): number => ofTrue - (ofTrue - ofFalse) * (1 - leak) * quiet;

/** The chance of a finding when causes with these links are present. */
export function likelihood(finding: Finding, links: readonly number[]): number {
  let quiet = 1;
  for (const link of links) quiet *= quietOf(link);
  return chanceOf(finding, quiet);
}

function normalised(sets: readonly number[][], logs: readonly number[]): CauseSet[] {
  let top = Number.NEGATIVE_INFINITY;
  for (const log of logs) top = Math.max(top, log);
  const kept: { members: readonly number[]; probability: number }[] = [];
  let sum = 0;
  for (const [i, log] of logs.entries()) {
    const weight = Math.exp(log - top);
    if (weight < negligible) continue;
    kept.push({ members: sets[i]!, probability: weight });
    sum += weight;
  }
  for (const set of kept) set.probability /= sum;
  return kept;
}

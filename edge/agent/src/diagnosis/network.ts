import type { Finding } from './evidence.ts';

/**
 * A cause as the network sees it: the odds of its presence, and the findings it can bring about, by their places, each with the chance that
 * it alone does.
 */
export type Cause = { id: string; odds: number; links: readonly Link[] };
export type Link = readonly [finding: number, chance: number];

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
 * costs no more than those, and one that turns out negligible is never written down (nor is anything made in the inner loops): 60 faults and 150 findings take a millisecond.
 *
 * Noisy-OR: Pearl, Probabilistic Reasoning in Intelligent Systems, 1988, §4.3.2. The two-level network of causes and findings:
 * Heckerman, "A tractable inference algorithm for diagnosing multiple diseases" (QuickScore), UAI 1990. The leak: Henrion, UAI 1987.
 */
export function weigh(causes: readonly Cause[], findings: readonly Finding[]): CauseSet[] {
  const sets = new LikelySets();
  sets.add([], 0);
  const chance = chancesOf(findings);
  const bare = Float64Array.from(findings, (_, f) => chance(f, 1));
  const quiet = causes.map(({ links }) => {
    const by = new Float64Array(findings.length).fill(1);
    for (const [f, link] of links) by[f] = quietOf(link);
    return by;
  });
  const touched = causes.map(({ links }) => links.map(([f]) => f));
  const alone = touched.map((fs, a) => {
    const by = bare.slice();
    for (const f of fs) by[f] = chance(f, quiet[a]![f]!);
    return by;
  });
  const own = causes.map(({ odds }, a) => touched[a]!.reduce((sum, f) => sum + Math.log(alone[a]![f]! / bare[f]!), Math.log(odds)));
  const pairs = causes.map((_, a) => causes.slice(0, a).map((_, b) => pair(a, b)));

  function pair(a: number, b: number): { weight: number; shared: readonly number[] } {
    const ofA = quiet[a]!;
    const ofB = quiet[b]!;
    const shared = touched[a]!.length < touched[b]!.length ? sharedBy(touched[a]!, ofB) : sharedBy(touched[b]!, ofA);
    let together = 1;
    for (let i = 0; i < shared.length; i++) {
      const f = shared[i]!;
      together *= (chance(f, ofA[f]! * ofB[f]!) * bare[f]!) / (alone[a]![f]! * alone[b]![f]!);
    }
    return { weight: own[a]! + own[b]! + Math.log(together), shared };
  }

  function three(a: number, b: number, c: number): number {
    const { weight, shared } = pairs[a]![b]!;
    const ofA = quiet[a]!;
    const ofB = quiet[b]!;
    const ofC = quiet[c]!;
    let together = 1;
    for (let i = 0; i < shared.length; i++) {
      const f = shared[i]!;
      const q = ofC[f]!;
      if (q === 1) continue;
      together *= (chance(f, ofA[f]! * ofB[f]! * q) * alone[a]![f]! * alone[b]![f]! * alone[c]![f]!) / bare[f]!;
      together /= chance(f, ofA[f]! * ofB[f]!) * chance(f, ofA[f]! * q) * chance(f, ofB[f]! * q);
    }
    return weight + pairs[a]![c]!.weight + pairs[b]![c]!.weight - own[a]! - own[b]! - own[c]! + Math.log(together);
  }

  for (let a = 0; a < causes.length; a++) {
    sets.add([a], own[a]!);
    for (let b = 0; b < a; b++) sets.add([b, a], pairs[a]![b]!.weight);
  }
  for (let a = 2; a < causes.length; a++)
    for (let b = 1; b < a; b++)
      for (let c = 0; c < b; c++) {
        const weight = three(a, b, c);
        if (sets.matters(weight)) sets.add([c, b, a], weight);
      }
  return sets.normalised();
}

const sharedBy = (touched: readonly number[], other: Float64Array): number[] => touched.filter((f) => other[f]! < 1);

/** Sets with the log of what they weigh, as long as the likeliest one does not make them negligible. */
class LikelySets {
  private readonly sets: { members: readonly number[]; probability: number }[] = [];
  private top = Number.NEGATIVE_INFINITY;

  matters(log: number): boolean {
    return log > this.top + Math.log(negligible);
  }

  add(members: readonly number[], log: number): void {
    if (!this.matters(log)) return;
    this.top = Math.max(this.top, log);
    this.sets.push({ members, probability: log });
  }

  normalised(): CauseSet[] {
    const kept = this.sets.filter(({ probability }) => this.matters(probability));
    let sum = 0;
    for (const set of kept) {
      set.probability = Math.exp(set.probability - this.top);
      sum += set.probability;
    }
    for (const set of kept) set.probability /= sum;
    return kept;
  }
}

/** The chance that a cause with this link does not show. */
export const quietOf = (link: number): number => 1 - Math.min(link, surest);

/** `chanceOf` for the finding at a place, made ready for many of them. */
function chancesOf(findings: readonly Finding[]): (f: number, quiet: number) => number {
  const heard = Float64Array.from(findings, (one) => chanceOf(one, 0));
  const lost = Float64Array.from(findings, (one) => chanceOf(one, 0) - chanceOf(one, 1));
  return (f, quiet) => heard[f]! - lost[f]! * quiet;
}

/** The chance of a finding when the causes that are present leave it unshown with chance `quiet`. */
export const chanceOf = ({ leak, ofTrue, ofFalse }: Finding, quiet: number): number => ofTrue - (ofTrue - ofFalse) * (1 - leak) * quiet;

import type { FaultModel, Pack } from '@wayside/packs';
import type { Diagnosis } from './diagnose.ts';
import { type Answer, observationFinding, stranger } from './evidence.ts';
import { likelihood } from './network.ts';

export type BestQuestion = { observation: string /** Expected information, bits. */; gain: number };

/** A fault this likely needs no question. */
const clearFrom = 0.92;
/** Expected bits per unit of cost below which asking bothers more than it tells. */
const worthAsking = 0.04;

/**
 * The question whose answer is expected to tell most per unit of its cost, or undefined when the top fault is clear enough or no
 * question pays. Greedy one-step value of information (Lindley 1956; Heckerman, Breese & Rommelse, "Decision-theoretic
 * troubleshooting", CACM 38(3), 1995).
 * @param answered what was answered or skipped; "unsure" is not asked again either
 */
export function nextQuestion(
  diagnosis: Diagnosis,
  faults: Record<string, FaultModel>,
  observations: Pack['observations'],
  answered: ReadonlyMap<string, Answer> | ReadonlySet<string>,
): BestQuestion | undefined {
  const { ranked, hypotheses } = diagnosis;
  if (ranked.length === 0 || (ranked[0]?.probability ?? 0) >= clearFrom) return undefined;
  const useful = new Set(
    ranked.filter((one) => one.probability >= 0.01).flatMap(({ fault }) => Object.keys(faults[fault]?.observations ?? {})),
  );
  const before = entropy(hypotheses.map((one) => one.probability));
  let best: (BestQuestion & { worth: number }) | undefined;
  for (const observation of useful) {
    const asked = observations[observation];
    if (!asked || answered.has(observation)) continue;
    const finding = observationFinding(observation, true);
    const yes = hypotheses.map(
      ({ faults: set, stranger: also, probability }) =>
        probability *
        likelihood(finding, [...set.map((id) => faults[id]?.observations[observation] ?? 0), also ? stranger.observation : 0]),
    );
    const chance = yes.reduce((a, b) => a + b, 0);
    const no = hypotheses.map(({ probability }, i) => probability - yes[i]!);
    const gain = before - chance * entropy(yes) - (1 - chance) * entropy(no);
    const worth = gain / asked.cost;
    if (worth >= worthAsking && worth > (best?.worth ?? 0)) best = { observation, gain, worth };
  }
  return best && { observation: best.observation, gain: best.gain };
}

/** Shannon entropy of weights that need not sum to one, bits. */
function entropy(weights: readonly number[]): number {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum <= 0) return 0;
  let bits = 0;
  for (const weight of weights) if (weight > 0) bits -= (weight / sum) * Math.log2(weight / sum);
  return bits;
}

import type { FaultModel, Pack } from '@wayside/packs';
import type { Diagnosis } from './diagnose.ts';
import { type Answer, observationFinding } from './evidence.ts';
import { given } from './given.ts';
import { chanceOf, quietOf } from './network.ts';

type Observation = Pack['observations'][string];
/** An action of the thing that makes an observation possible: run the fan, then ask whether it is heard. */
export type TestAction = NonNullable<Observation['action']>;

/** `action`: to be proposed, agreed to and carried out before the question is put. */
export type BestQuestion = { observation: string /** Expected information, bits. */; gain: number; action?: TestAction };

/** What asking costs where the person is now. */
export type Situation = {
  /** They have their hands full, by the pack's `busyWhile`: nothing that needs a look, and what they know as they sit there costs more. */
  busy?: boolean;
  /** Somebody told that something is wrong: then it is asked which of these it is, and not whether anything is. */
  trouble?: ((fault: string) => boolean) | undefined;
  /** Whether it can be asked of the machine as it is now. */
  fits?(observation: Observation): boolean;
  /** Whether this action can be proposed now; without it no question that needs one is put. */
  canAct?(action: TestAction): boolean;
};

/** A fault this likely needs no question. */
const clearFrom = 0.92;
/**
 * Expected bits per unit of cost below which asking bothers more than it tells. Both thresholds are from the drawn cases of the scenarios
 * bench: at half of this, or with the fault clear only from 0.97, half as many questions more are put and one case in a thousand is won.
 */
const worthAsking = 0.04;
/** Questions cost so many times as much while hands are full. */
const busyTimes = 2;
/** An action needs consent first, which is a question of its own. */
const actionCost = 1;

/**
 * The question whose answer is expected to tell most per unit of its cost, or undefined when the top fault is clear enough or no
 * question pays. What a signal can tell costs nothing and is known already. Greedy one-step value of information (Lindley 1956; Heckerman,
 * Breese & Rommelse, "Decision-theoretic troubleshooting", CACM 38(3), 1995).
 * @param answered what was answered or skipped; "unsure" is not asked again either
 */
export function nextQuestion(
  known: Diagnosis,
  faults: Record<string, FaultModel>,
  observations: Pack['observations'],
  answered: ReadonlyMap<string, Answer> | ReadonlySet<string>,
  situation: Situation = {},
): BestQuestion | undefined {
  const diagnosis = given(known, { trouble: situation.trouble });
  const { ranked } = diagnosis;
  if (ranked.length === 0 || ranked.some(({ probability }) => probability >= clearFrom)) return undefined;
  const useful = new Set(
    ranked.filter((one) => one.probability >= 0.01).flatMap(({ fault }) => Object.keys(faults[fault]?.observations ?? {})),
  );
  let best: (BestQuestion & { worth: number }) | undefined;
  for (const observation of useful) {
    const asked = observations[observation];
    const cost = asked && !answered.has(observation) ? costOf(asked, situation) : undefined;
    if (asked === undefined || cost === undefined) continue;
    const gain = gainOf(observation, diagnosis, faults);
    const worth = gain / cost;
    if (worth >= worthAsking && worth > (best?.worth ?? 0))
      best = { observation, gain, worth, ...(asked.action ? { action: asked.action } : {}) };
  }
  if (!best) return undefined;
  const { worth: _, ...question } = best;
  return question;
}

/** Undefined where it cannot be put now at all. */
function costOf(observation: Observation, { busy = false, canAct, fits }: Situation): number | undefined {
  const { cost, by, action } = observation;
  if ((busy && (by === 'look' || action)) || fits?.(observation) === false) return undefined;
  if (action) return canAct?.(action) ? cost + actionCost : undefined;
  return busy ? cost * busyTimes : cost;
}

/**
 * How many bits less we expect not to know of the faults once it is answered. That is how much the answer depends on them: what is open
 * about it now, less what would be open about it if the faults were known.
 */
function gainOf(observation: string, { ranked, hypotheses }: Diagnosis, faults: Record<string, FaultModel>): number {
  const finding = observationFinding(observation, true);
  const quiets = ranked.map(({ fault }) => quietOf(finding.link(faults[fault]!)));
  const quietElsewhere = quietOf(finding.unknown);
  let [yes, openByFaults] = [0, 0];
  for (const { members, unknown, probability } of hypotheses) {
    let quiet = unknown ? quietElsewhere : 1;
    for (const one of members) quiet *= quiets[one]!;
    const chance = chanceOf(finding, quiet);
    yes += probability * chance;
    openByFaults += probability * openness(chance);
  }
  return openness(yes) - openByFaults;
}

/** Shannon entropy of a yes or no, bits. */
const openness = (yes: number): number => (yes <= 0 || yes >= 1 ? 0 : -yes * Math.log2(yes) - (1 - yes) * Math.log2(1 - yes));

import type { RepairReport } from '@wayside/contract';
import type { Localized } from '@wayside/protocol';

/** How a symptom stands by its detector: it shows or not, judged last at `at` (the thing's own clock, epoch ms). */
export type Standing = { active: boolean; at: number };

/** What is looked for after a repair, and what was seen of it so far. */
export type Watched = { ref: string; title: Localized; away: number; there: number; last?: Standing };
export type Repair = Omit<RepairReport, 'symptoms'> & {
  symptoms: Watched[];
  /** What was judged up to here by the thing's own clock tells of before the last step. */
  from: number;
  /** The fault's codes: one that is set again says that it is back. */
  codes: string[];
};

/** What the machine says now. */
export type Seen = {
  /** Undefined while it has not been judged. */
  symptom(ref: string): Standing | undefined;
  /** When a code was last set, undefined while it is not. */
  codeSetAt(code: string): number | undefined;
};

/** Two judgements farther apart than this say nothing of the time between them. */
const together = 5 * 60_000;

/**
 * Looks once more whether a repair worked. Only time counts in which the detectors could judge: a machine that is switched off proves nothing.
 * - fixed: every symptom was judged and stayed away for `needs`, without a break
 * - not-fixed: one was there for `needs` in all since the last step, or one of the fault's codes was set again
 * - too-early: neither, when its time ran out
 * @returns the same object when there is nothing new
 */
export function judge(repair: Repair, seen: Seen, now: number): Repair {
  if (repair.state !== 'watching') return repair;
  const symptoms = repair.symptoms.map((one) => follow(one, seen.symptom(one.ref), repair.from));
  const at = Math.floor(now);
  const decided = (state: Repair['state']): Repair => ({ ...repair, symptoms, state, decidedAt: at });
  if (repair.codes.some((code) => (seen.codeSetAt(code) ?? 0) > repair.finishedAt)) return decided('not-fixed');
  if (symptoms.some(({ there }) => there >= repair.needs)) return decided('not-fixed');
  if (symptoms.length > 0 && symptoms.every(({ away }) => away >= repair.needs)) return decided('fixed');
  if (at >= repair.until) return decided('too-early');
  return symptoms.some((one, i) => one !== repair.symptoms[i]) ? { ...repair, symptoms } : repair;
}

function follow(one: Watched, standing: Standing | undefined, from: number): Watched {
  const { last, away, there } = one;
  if (!standing || standing.at <= (last?.at ?? from)) return one;
  // Only between two judgements that agree is it known how it stood.
  const passed = last && last.active === standing.active && standing.at - last.at <= together ? standing.at - last.at : 0;
  return {
    ...one,
    last: { active: standing.active, at: standing.at },
    away: standing.active ? 0 : away + passed,
    there: standing.active ? there + passed : there,
  };
}

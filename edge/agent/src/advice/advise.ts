import { newId } from '@wayside/protocol';
import type { AdviceView } from '../api/types.ts';

/** Something a person should hear of: an active fault, or an issue that is known of this thing. */
export type Worth = Omit<AdviceView, 'advice' | 'openedAt' | 'worse'> & { /** 0 to 1 */ probability: number };

/** Advice as it is remembered. One occurrence of a fault is one piece of advice, however often its signals flutter. */
export type Advice = AdviceView & { sure: number; dismissedAt?: number; overAt?: number };

/** What goes away and comes back within this time was one occurrence. */
export const sameWithinMs = 30 * 60_000;

const severities = ['info', 'advice', 'warning', 'danger'];
const safeties = ['go-on', 'gently', 'stop'];
/** How sure, in the steps people hear it in. */
const sureness = (probability: number) => [0.5, 0.8, 0.95].filter((from) => probability >= from).length;

/**
 * What to tell of one thing now, and what was told before that no longer holds. Each occurrence is told once, and once more only when it has
 * become worse: graver, or from a guess to something sure.
 * @param before advice of this thing that is open, or was until lately
 * @returns what changed, to be kept, and which of it is news
 */
export function advise(before: readonly Advice[], worth: readonly Worth[], now: number): { changed: Advice[]; news: Advice[] } {
  const at = Math.floor(now);
  const changed: Advice[] = [];
  const news: Advice[] = [];
  for (const { probability, ...one } of worth) {
    const known = before.find((each) => each.kind === one.kind && each.ref === one.ref);
    const sure = sureness(probability);
    if (!known) {
      const fresh: Advice = { advice: newId('adv', at), ...one, openedAt: at, worse: false, sure };
      changed.push(fresh);
      news.push(fresh);
    } else if (isWorse(one, sure, known)) {
      const { dismissedAt: _, overAt: __, ...kept } = known;
      const worse: Advice = { ...kept, ...one, openedAt: at, worse: true, sure: Math.max(sure, known.sure) };
      changed.push(worse);
      news.push(worse);
    } else if (known.overAt !== undefined) {
      const { overAt: _, ...back } = known;
      changed.push(back);
    }
  }
  for (const each of before) {
    const stands = worth.some((one) => one.kind === each.kind && one.ref === each.ref);
    if (!stands && each.overAt === undefined) changed.push({ ...each, overAt: at });
  }
  return { changed, news };
}

function isWorse(one: Pick<Worth, 'severity' | 'safety'>, sure: number, known: Advice): boolean {
  return (
    severities.indexOf(one.severity) > severities.indexOf(known.severity) ||
    safeties.indexOf(one.safety) > safeties.indexOf(known.safety) ||
    sure >= known.sure + 2
  );
}

/** What is to be seen of it: open and not put aside, the gravest first. */
export function shown(advice: Iterable<Advice>): AdviceView[] {
  return [...advice]
    .filter(({ dismissedAt, overAt }) => dismissedAt === undefined && overAt === undefined)
    .sort((a, b) => rank(b) - rank(a) || a.openedAt - b.openedAt)
    .map(({ sure: _, dismissedAt: __, overAt: ___, ...view }) => view);
}

const rank = ({ severity, safety }: Pick<Advice, 'severity' | 'safety'>) => safeties.indexOf(safety) * 10 + severities.indexOf(severity);

import type { Pack } from '@wayside/packs';
import { endOf } from './judge.ts';
import type { Played } from './play.ts';
import { brokenBy } from './policy.ts';

/** One conversation's mark: passed when the machine ended as it must and every rule was kept. */
export type Scored = { played: Played; end: string | undefined; broken: { rule: string; why: string }[]; passed: boolean };

export function score(played: Played, pack: Pack): Scored {
  const end = endOf(played);
  const broken = brokenBy(played, pack);
  return { played, end, broken, passed: end === undefined && broken.length === 0 };
}

/**
 * pass^k: how likely all of k fresh conversations of a task succeed, averaged over tasks; the unbiased estimate C(c, k) / C(n, k) from c
 * successes in n (tau-bench, Yao et al., arXiv 2406.12045, used for tau2-bench, Barres et al., arXiv 2506.07982).
 * @param counts of each task: conversations, and those that passed
 */
export function passHat(counts: readonly { n: number; c: number }[], k: number): number {
  const fits = counts.filter(({ n }) => n >= k);
  return fits.reduce((sum, { n, c }) => sum + choose(c, k) / choose(n, k), 0) / fits.length;
}

const choose = (n: number, k: number): number =>
  k > n ? 0 : Array.from({ length: k }, (_, i) => (n - i) / (k - i)).reduce((a, b) => a * b, 1);

/** The counts that `passHat` takes, of some of the conversations. */
export function countsOf(scored: readonly Scored[]): { n: number; c: number }[] {
  const byTask = Map.groupBy(scored, ({ played }) => played.task.id);
  return [...byTask.values()].map((of) => ({ n: of.length, c: of.filter(({ passed }) => passed).length }));
}

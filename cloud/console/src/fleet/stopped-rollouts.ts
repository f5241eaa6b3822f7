import type { RolloutRow } from '../api/types.ts';

/** After so long nobody needs to be told any more. */
const newsMs = 7 * 86_400_000;

const aboutOf = ({ what }: RolloutRow): string => (what.of === 'pack' ? what.family : what.of);

/**
 * Of what stopped itself within a week, and has not been tried anew since: the newest that nobody here has put away.
 * @param rollouts the newest first
 * @param seen ids of those put away
 */
export function stoppedItself(rollouts: readonly RolloutRow[], seen: readonly string[], now: number): RolloutRow | undefined {
  return rollouts.find(
    (one, n) =>
      one.state === 'stopped' &&
      one.why !== undefined &&
      one.why.reason !== 'person' &&
      now - (one.endedAt ?? 0) < newsMs &&
      !seen.includes(one.id) &&
      !rollouts.slice(0, n).some((later) => aboutOf(later) === aboutOf(one)),
  );
}

const place = 'wayside.console.rollouts-seen';
const mostKept = 50;

/** What was put away in this browser. */
export function seenRollouts(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function keepSeen(seen: readonly string[]): void {
  try {
    localStorage.setItem(place, JSON.stringify(seen.slice(-mostKept)));
  } catch {
    // Storage is switched off: it is put away until the page is loaded anew.
  }
}

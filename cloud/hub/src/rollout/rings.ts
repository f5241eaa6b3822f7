import { createHash } from 'node:crypto';

/** First a few that were chosen, then a share of the others, then all. */
export const lastRing = 2;

/**
 * Which ring each edge is in. Who is in the second is drawn by its name and the rollout's, so that it is not always the same who go ahead.
 * @param share of those not chosen, 0 to 1; above 0 it is at least one of them
 */
export function ringsOf(edges: readonly string[], first: readonly string[], share: number, rollout: string): Map<string, number> {
  const chosen = new Set(first);
  const lot = (edge: string) => createHash('sha256').update(`${rollout} ${edge}`).digest('hex');
  const others = edges.filter((edge) => !chosen.has(edge)).sort((a, b) => (lot(a) < lot(b) ? -1 : 1));
  const second = new Set(others.slice(0, Math.ceil(others.length * share)));
  return new Map(edges.map((edge) => [edge, chosen.has(edge) ? 0 : second.has(edge) ? 1 : lastRing]));
}

import type { EdgeHealth, HealthRules, RolloutEdgeRow, RolloutWhy } from '../api/rollout-types.ts';

/** An edge of the rings that have it, as it is now (epoch ms). */
export type Judged = Pick<RolloutEdgeRow, 'edge' | 'ring' | 'state' | 'at' | 'problem'> & {
  /** The edge has read that it is to take it. */
  reached: boolean;
  /** It has no socket here and was last heard then; null: it has one. */
  goneSince: number | null;
  health: EdgeHealth | undefined;
};

export type Verdict = { is: 'wait' } | { is: 'well' } | { is: 'ill'; why: RolloutWhy };

/** So many sentences at least, before the share of those understood means anything. */
const fewestHeard = 10;
const minuteMs = 60_000;

/**
 * Are the edges that have it well? One that is not stops the rollout. Edges that are away are not waited for; well is a ring of which one
 * at least runs it, all that are there do, and the last of them for as long as the rules say.
 * @param ring the one it has come to
 */
export function judge(edges: readonly Judged[], ring: number, rules: HealthRules, now: number): Verdict {
  for (const one of edges) {
    const why = whyIll(one, rules, now);
    if (why) return { is: 'ill', why: { edge: one.edge, ...why } };
  }
  const running = edges.filter((one) => one.ring === ring && one.state === 'runs');
  const pending = edges.some(({ state, reached, goneSince }) => state === 'told' && (reached || goneSince === null));
  const last = Math.max(...running.map(({ at }) => at));
  return running.length > 0 && !pending && now - last >= rules.soakMinutes * minuteMs ? { is: 'well' } : { is: 'wait' };
}

function whyIll({ state, at, problem, reached, goneSince, health }: Judged, rules: HealthRules, now: number): RolloutWhy | undefined {
  if (state === 'refused') return { reason: 'refused', ...(problem ? { detail: problem } : {}) };
  const silent = rules.silentMinutes * minuteMs;
  if (state === 'told' && reached && now - at > silent) return { reason: 'silent' };
  if (state !== 'runs') return undefined;
  if (goneSince !== null && now - goneSince > silent) return { reason: 'silent' };
  if (!health) return undefined;
  const { now: is, before, errors } = health;
  if (errors > rules.errors) return { reason: 'errors', is: errors, was: 0 };
  const faults = { is: is.faults / is.days, was: before.faults / before.days };
  if (faults.is > faults.was + rules.faultsPerDay) return { reason: 'faults', ...faults };
  if (is.heard < fewestHeard || before.heard < fewestHeard) return undefined;
  const understood = { is: is.understood / is.heard, was: before.understood / before.heard };
  return understood.is < understood.was - rules.understood ? { reason: 'understood', ...understood } : undefined;
}

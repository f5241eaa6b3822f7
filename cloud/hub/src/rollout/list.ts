import type { Novelty } from '@wayside/contract';
import type { HealthRules, RolloutEdgeRow, RolloutRow, RolloutWhy } from '../api/rollout-types.ts';
import type { Db } from '../store/schema.ts';
import { healthOf } from './measure.ts';

const mostListed = 50;
/** How many edges are looked at for how they are; the rest show only how far they are. */
const mostMeasured = 30;

/** The rollouts, newest first; of those that go on, how the edges that have it are. */
export async function listRollouts(db: Db, now: number): Promise<RolloutRow[]> {
  const rows = await db.selectFrom('rollout').selectAll().orderBy('startedAt', 'desc').limit(mostListed).execute();
  if (rows.length === 0) return [];
  const edges = await db
    .selectFrom('rolloutEdge')
    .selectAll()
    .where(
      'rollout',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('ring')
    .orderBy('edge')
    .execute();
  const of = Map.groupBy(edges, ({ rollout }) => rollout);
  return Promise.all(
    rows.map(async ({ id, noveltyJson, state, ring, ringSince, rulesJson, by, startedAt, endedAt, whyJson }) => ({
      id,
      what: JSON.parse(noveltyJson) as Novelty,
      state: state as RolloutRow['state'],
      ring: Number(ring),
      ringSince: Number(ringSince),
      rules: JSON.parse(rulesJson) as HealthRules,
      by,
      startedAt: Number(startedAt),
      endedAt: endedAt === null ? null : Number(endedAt),
      ...(whyJson ? { why: JSON.parse(whyJson) as RolloutWhy } : {}),
      edges: await Promise.all(
        (of.get(id) ?? []).map(async (row, n): Promise<RolloutEdgeRow> => {
          const at = Number(row.at);
          const looked = state === 'running' && row.state === 'runs' && n < mostMeasured;
          return {
            edge: row.edge,
            ring: Number(row.ring),
            state: row.state as RolloutEdgeRow['state'],
            at,
            ...(row.problem ? { problem: row.problem } : {}),
            ...(looked ? { health: await healthOf(db, row.edge, at, now) } : {}),
          };
        }),
      ),
    })),
  );
}

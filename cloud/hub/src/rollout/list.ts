import type { Novelty } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import { sql } from 'kysely';
import type {
  HealthRules,
  RingCounts,
  RolloutEdgeRow,
  RolloutEdges,
  RolloutEdgesQuery,
  RolloutRow,
  RolloutWhy,
} from '../api/rollout-types.ts';
import type { Db } from '../store/schema.ts';
import { healthOf } from './measure.ts';

const mostListed = 50;
/** So many edges of each ring come with the list; a fleet may have thousands. */
const mostOfRing = 20;
const mostOfPage = 100;
/** How many edges are looked at for how they are; the rest show only how far they are. */
const mostMeasured = 30;

type Row = { edge: string; ring: number; state: string; at: number; problem: string | null };

/** The rollouts, newest first; of those that go on, how the edges that have it are. */
export async function listRollouts(db: Db, now: number): Promise<RolloutRow[]> {
  const rows = await db.selectFrom('rollout').selectAll().orderBy('startedAt', 'desc').limit(mostListed).execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const whyOf = new Map(rows.map(({ id, whyJson }) => [id, whyJson === null ? undefined : (JSON.parse(whyJson) as RolloutWhy)]));
  const [edges, counts] = await Promise.all([firstEdges(db, ids, [...whyOf.values()]), countRings(db, ids)]);
  return Promise.all(
    rows.map(async ({ id, noveltyJson, state, ring, ringSince, rulesJson, by, startedAt, endedAt }) => {
      const why = whyOf.get(id);
      const own = (edges.get(id) ?? []).filter(({ n, edge }) => n <= mostOfRing || edge === why?.edge);
      return {
        id,
        what: JSON.parse(noveltyJson) as Novelty,
        state: state as RolloutRow['state'],
        ring: Number(ring),
        ringSince: Number(ringSince),
        rules: JSON.parse(rulesJson) as HealthRules,
        by,
        startedAt: Number(startedAt),
        endedAt: endedAt === null ? null : Number(endedAt),
        ...(why ? { why } : {}),
        rings: counts.get(id) ?? [],
        edges: await edgeRows(
          db,
          own.sort((a, b) => a.ring - b.ring || Number(b.edge === why?.edge) - Number(a.edge === why?.edge)),
          now,
          state === 'running',
        ),
      };
    }),
  );
}

/** The edges of one rollout by name, a page at a time. @throws WaysideError `not-found` */
export async function listRolloutEdges(db: Db, id: string, { ring, q = '', after }: RolloutEdgesQuery, now: number): Promise<RolloutEdges> {
  const rollout = await db.selectFrom('rollout').select('state').where('id', '=', id).executeTakeFirst();
  if (!rollout) throw new WaysideError('not-found', `There is no rollout ${id}.`);
  let query = db
    .selectFrom('rolloutEdge')
    .selectAll()
    .where('rollout', '=', id)
    .orderBy('edge')
    .limit(mostOfPage + 1);
  if (ring !== undefined) query = query.where('ring', '=', ring);
  if (after !== undefined) query = query.where('edge', '>', after);
  const part = q.trim().toLowerCase();
  if (part !== '') query = query.where(sql<boolean>`lower(edge) like ${`%${part.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`);
  const rows = await query.execute();
  const shown = rows.slice(0, mostOfPage);
  return {
    edges: await edgeRows(db, shown, now, rollout.state === 'running'),
    more: rows.length > mostOfPage,
  };
}

async function edgeRows(db: Db, rows: readonly Row[], now: number, isRunning: boolean): Promise<RolloutEdgeRow[]> {
  const measured = rows.slice(0, isRunning ? mostMeasured : 0).filter(({ state }) => state === 'runs');
  const healths = await healthOf(
    db,
    measured.map(({ edge, at }) => ({ edge, since: Number(at) })),
    now,
  );
  return rows.map(({ edge, ring, state, at, problem }) => {
    const health = healths.get(edge);
    return {
      edge,
      ring: Number(ring),
      state: state as RolloutEdgeRow['state'],
      at: Number(at),
      ...(problem ? { problem } : {}),
      ...(health ? { health } : {}),
    };
  });
}

/** Of each ring those that refused, then by name; and wherever they stand, those that something was stopped for. */
async function firstEdges(db: Db, ids: string[], whys: (RolloutWhy | undefined)[]): Promise<Map<string, (Row & { n: number })[]>> {
  const causes = whys.flatMap((why) => why?.edge ?? []);
  const rows = await db
    .selectFrom((e) =>
      e
        .selectFrom('rolloutEdge')
        .select(['rollout', 'edge', 'ring', 'state', 'at', 'problem'])
        .select(
          sql<number>`row_number() over (partition by rollout, ring order by case when state = 'refused' then 0 else 1 end, edge)`.as('n'),
        )
        .where('rollout', 'in', ids)
        .as('placed'),
    )
    .selectAll()
    .where((e) => e.or([e('n', '<=', mostOfRing), ...(causes.length > 0 ? [e('edge', 'in', causes)] : [])]))
    .orderBy('ring')
    .orderBy('n')
    .execute();
  return Map.groupBy(
    rows.map((row) => ({ ...row, n: Number(row.n), ring: Number(row.ring) })),
    ({ rollout }) => rollout,
  );
}

async function countRings(db: Db, ids: string[]): Promise<Map<string, RingCounts[]>> {
  const rows = await db
    .selectFrom('rolloutEdge')
    .select((e) => ['rollout', 'ring', 'state', e.fn.countAll<number>().as('count')])
    .where('rollout', 'in', ids)
    .groupBy(['rollout', 'ring', 'state'])
    .orderBy('ring')
    .execute();
  const counts = new Map<string, RingCounts[]>();
  for (const { rollout, ring, state, count } of rows) {
    const rings = counts.get(rollout) ?? [];
    counts.set(rollout, rings);
    if (rings.at(-1)?.ring !== Number(ring))
      rings.push({ ring: Number(ring), edges: 0, waiting: 0, told: 0, runs: 0, refused: 0, back: 0 });
    const last = rings.at(-1)!;
    last[state as RolloutEdgeRow['state']] += Number(count);
    last.edges += Number(count);
  }
  return counts;
}

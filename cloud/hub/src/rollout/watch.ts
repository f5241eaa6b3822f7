import type { ExpressionBuilder } from 'kysely';
import type { EdgeHealth, HealthRules } from '../api/rollout-types.ts';
import type { Log } from '../log.ts';
import { change, type Ground } from '../store/change.ts';
import type { Schema } from '../store/schema.ts';
import { goOn, stopRollout } from './carry.ts';
import { type Judged, judge } from './judge.ts';
import { daysOf, healthOf } from './measure.ts';

const lookMs = 5_000;

type Row = { edge: string; state: string; at: number; told: number | null };
/** How an edge was that had told so many records, and has run it since then. */
type Measured = { since: number; told: number; health: EdgeHealth };

/** How many records an edge has told in its life. */
const toldBy = (e: ExpressionBuilder<Schema, 'edge'>) =>
  e
    .selectFrom('upStream')
    .select((s) => s.fn.sum<number>('durableThrough').as('told'))
    .whereRef('upStream.edge', '=', 'edge.id');

export type RolloutWatch = { start(): void; look(): void; stop(): Promise<void> };

/**
 * Looks at the rollouts that go on: one whose rings are well goes on to the next, one with an edge that is not is stopped and taken back. Of several
 * hubs each looks; what one decided, the others find decided.
 */
export function createRolloutWatch(ground: Ground, isOnline: (edge: string) => boolean, log: Log): RolloutWatch {
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> | undefined;
  let isRunning = false;
  let again = false;
  /** How each edge was when it last told something, by rollout. */
  let measured = new Map<string, Map<string, Measured>>();

  /** Of the edges that run it. Who has told nothing since is as they were: of a large fleet that is nearly all, every time. */
  async function measure(id: string, rows: readonly Row[], now: number): Promise<Map<string, EdgeHealth>> {
    const before = measured.get(id);
    const running = rows
      .filter(({ state }) => state === 'runs')
      .map(({ edge, at, told }) => ({ edge, since: Number(at), told: Number(told ?? 0) }));
    const changed = running.filter(({ edge, since, told }) => {
      const last = before?.get(edge);
      return last?.since !== since || last.told !== told;
    });
    const fresh = await healthOf(ground.db, changed, now);
    const all = running.flatMap(({ edge, ...mark }): [string, Measured][] => {
      const health = fresh.get(edge) ?? before?.get(edge)?.health;
      return health ? [[edge, { ...mark, health: { ...health, now: { ...health.now, days: daysOf(mark.since, now) } } }]] : [];
    });
    measured.set(id, new Map(all));
    return new Map(all.map(([edge, { health }]) => [edge, health]));
  }

  async function lookAt(id: string, ring: number, rules: HealthRules): Promise<void> {
    const now = Math.floor(ground.now());
    const rows = await ground.db
      .selectFrom('rolloutEdge')
      .innerJoin('edge', 'edge.id', 'rolloutEdge.edge')
      .select(['rolloutEdge.edge', 'state', 'ring', 'seq', 'at', 'problem', 'edge.downThrough', 'edge.lastSeen'])
      .select((e) => toldBy(e).as('told'))
      .where('rollout', '=', id)
      .where('ring', '<=', ring)
      .execute();
    const healths = await measure(id, rows, now);
    const judged = rows.map(
      ({ edge, ring, state, seq, at, problem, downThrough, lastSeen }): Judged => ({
        edge,
        ring: Number(ring),
        state: state as Judged['state'],
        at: Number(at),
        ...(problem ? { problem } : {}),
        reached: seq !== null && Number(downThrough) >= Number(seq),
        goneSince: isOnline(edge) ? null : Number(lastSeen ?? at),
        health: healths.get(edge),
      }),
    );
    const verdict = rows.some((row) => Number(row.ring) === ring) ? judge(judged, ring, rules, now) : { is: 'well' as const };
    if (verdict.is === 'wait') return;
    log.info({ rollout: id, ring, ...verdict }, verdict.is === 'well' ? 'a ring is well' : 'a rollout is stopped and taken back');
    await change(ground, async (here) => {
      const row = await here.tx.selectFrom('rollout').select('ring').where('id', '=', id).executeTakeFirst();
      if (Number(row?.ring) !== ring) return;
      if (verdict.is === 'well') await goOn(here, id);
      else await stopRollout(here, id, verdict.why);
    });
  }

  async function work(): Promise<void> {
    const rows = await ground.db.selectFrom('rollout').select(['id', 'ring', 'rulesJson']).where('state', '=', 'running').execute();
    measured = new Map(rows.flatMap(({ id }) => (measured.has(id) ? [[id, measured.get(id)!]] : [])));
    for (const { id, ring, rulesJson } of rows) await lookAt(id, Number(ring), JSON.parse(rulesJson) as HealthRules);
  }

  function look(): void {
    again = true;
    if (!isRunning || round) return;
    again = false;
    clearTimeout(timer);
    round = work()
      .catch((err) => log.error({ err: String(err) }, 'rollouts could not be looked at; they wait'))
      .finally(() => {
        round = undefined;
        if (isRunning) timer = setTimeout(look, again ? 0 : lookMs).unref();
      });
  }

  return {
    start() {
      isRunning = true;
      look();
    },
    look,
    async stop() {
      isRunning = false;
      clearTimeout(timer);
      await round;
    },
  };
}

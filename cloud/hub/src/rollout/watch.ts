import type { HealthRules } from '../api/rollout-types.ts';
import type { Log } from '../log.ts';
import { change, type Ground } from '../store/change.ts';
import { goOn, stopRollout } from './carry.ts';
import { type Judged, judge } from './judge.ts';
import { healthOf } from './measure.ts';

const lookMs = 5_000;

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

  async function lookAt(id: string, ring: number, rules: HealthRules): Promise<void> {
    const now = Math.floor(ground.now());
    const rows = await ground.db
      .selectFrom('rolloutEdge')
      .innerJoin('edge', 'edge.id', 'rolloutEdge.edge')
      .select(['rolloutEdge.edge', 'state', 'ring', 'seq', 'at', 'problem', 'edge.downThrough', 'edge.lastSeen'])
      .where('rollout', '=', id)
      .where('ring', '<=', ring)
      .execute();
    const judged = await Promise.all(
      rows.map(
        async ({ edge, ring, state, seq, at, problem, downThrough, lastSeen }): Promise<Judged> => ({
          edge,
          ring: Number(ring),
          state: state as Judged['state'],
          at: Number(at),
          ...(problem ? { problem } : {}),
          reached: seq !== null && Number(downThrough) >= Number(seq),
          goneSince: isOnline(edge) ? null : Number(lastSeen ?? at),
          health: state === 'runs' ? await healthOf(ground.db, edge, Number(at), now) : undefined,
        }),
      ),
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

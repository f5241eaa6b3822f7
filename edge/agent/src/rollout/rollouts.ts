import { type EdgeReport, type Take, type Took, take as takeSchema } from '@wayside/contract';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import { enqueue } from '../sync/outbox.ts';
import type { carryOut } from './carry-out.ts';
import { endTrial, readTrial } from './trial.ts';

/** What runs so long without a new start has come up. */
const steadyMs = 60_000;
const reportEveryMs = 60_000;
const key = 'take ';

export type Rollouts = ReturnType<typeof createRollouts>;

/**
 * What the hub rolls out to this edge, and what the edge says of itself. An order is kept before it is carried out, and carried out again after a
 * crash; what is new comes into force by a new start in the same process.
 */
export function createRollouts(parts: {
  db: Db;
  data: string;
  carryOut(take: Take): ReturnType<typeof carryOut>;
  /** What this edge is now, but for the time. */
  report(): Promise<Omit<EdgeReport, 'at'>>;
  /** Starts this edge anew; nothing happens where nobody can. */
  again(): void;
  log: Log;
  now: () => number;
  onRecord(): void;
}) {
  const { db, data, log, now, onRecord } = parts;
  let working: Promise<void> | undefined;
  let steady: NodeJS.Timeout | undefined;
  let telling: NodeJS.Timeout | undefined;
  let told = '';
  let stopped = false;

  const say = async (rollout: string, state: Took['state'], problem?: string) => {
    await enqueue(db, 'took', { rollout, state, at: Math.floor(now()), ...(problem ? { problem } : {}) }, now());
    onRecord();
  };

  async function work(): Promise<void> {
    for (const { key: name, value } of await db.selectFrom('meta').selectAll().where('key', 'like', `${key}%`).execute()) {
      const order = takeSchema.parse(JSON.parse(value));
      const outcome = await parts.carryOut(order);
      await db.deleteFrom('meta').where('key', '=', name).where('value', '=', value).execute();
      log.info({ rollout: order.rollout, ...outcome }, 'a rollout came');
      if (outcome.state === 'refused') await say(order.rollout, 'refused', outcome.problem);
      if (outcome.state === 'back') await say(order.rollout, 'back');
      if (outcome.fresh && !stopped) return parts.again();
    }
  }

  /** Does what was ordered, one after the other; what cannot be had yet is tried again with the next word from the hub. */
  function look(): void {
    if (stopped || working) return;
    working = work()
      .catch((err: Error) => log.warn({ err: err.message }, 'a rollout could not be carried out yet; it is tried again'))
      .finally(() => {
        working = undefined;
      });
  }

  async function sayWhetherItRuns({ rollout, what }: Take): Promise<void> {
    const { packs } = await parts.report();
    const runs = what.of === 'generator' || packs.some(({ fingerprint, state }) => fingerprint === what.fingerprint && state === 'ok');
    await (runs ? say(rollout, 'runs') : say(rollout, 'refused', 'It is here, but another pack of this family is served.'));
  }

  async function report(): Promise<void> {
    const is = await parts.report();
    // Free space moves all the time: news is only when the disk fills.
    const text = JSON.stringify({ ...is, disk: is.disk.state });
    if (text === told) return;
    await enqueue(db, 'edge', { ...is, at: Math.floor(now()) }, now());
    told = text;
    onRecord();
  }

  return {
    async take(tx: Db, order: Take): Promise<() => void> {
      // Of orders about one thing the last counts.
      const name = `${key}${order.what.of === 'pack' ? order.what.family : 'generator'}`;
      const value = JSON.stringify(order);
      await tx
        .insertInto('meta')
        .values({ key: name, value })
        .onConflict((c) => c.column('key').doUpdateSet({ value }))
        .execute();
      return look;
    },
    look,
    async start() {
      const trial = await readTrial(data);
      if (trial?.failed) {
        await endTrial(data);
        await say(trial.take.rollout, 'refused', 'It did not start here, twice; what ran before runs again.');
      } else if (trial) {
        if (trial.starts <= 1) await sayWhetherItRuns(trial.take);
        steady = setTimeout(() => void endTrial(data), steadyMs);
      }
      const tell = () =>
        void report().catch(
          (err: Error) => stopped || log.warn({ err: err.message }, 'what this edge is could not be said; it is tried again'),
        );
      tell();
      telling = setInterval(tell, reportEveryMs);
      look();
    },
    /** What is under way is left: its order is kept, and carried out at the next start. */
    stop() {
      stopped = true;
      clearTimeout(steady);
      clearInterval(telling);
    },
  };
}

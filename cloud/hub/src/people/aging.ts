import { type Ages, whetherToForget } from '@wayside/contract';
import { sql } from 'kysely';
import type { HubConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { eraseOne, eraseTold } from './erase.ts';

export type Aging = { start(): void; stop(): Promise<void> };

const dayMs = 86_400_000;
const lookMs = 3_600_000;
/** So many conversations go in one transaction, and of each that goes on so many lines: edges that tell something meanwhile wait for no more. */
const atOnce = 20;
const mostLines = 200;
/** In the table of settings: when this was done last. */
const name = 'aged';

/**
 * Forgets conversations and cases whose time is over, by this hub's own clock: also of edges that never come again. As an erasure does it, but that it says why. The edge
 * keeps its own for as long as it is set to. Looks when the hub starts and every hour; does something once a day.
 */
export function createAging(ground: Ground, limits: Pick<HubConfig, 'conversationDays' | 'caseDays'>, log: Log): Aging {
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();
  let running = false;

  /** @returns whether nothing is left; not when the hub was stopped in between. Some go in any case: a hub that is often restarted forgets as well */
  async function forgetAll(): Promise<boolean> {
    let count = 0;
    do {
      const due = await dueByAge(ground.db, Math.floor(ground.now()), limits);
      if (due.length === 0) {
        if (count > 0) log.info({ conversations: count }, 'conversations whose time was over are forgotten');
        return true;
      }
      await change(ground, async (here) => {
        for (const { edge, session, before, whole } of due)
          if (whole) await eraseOne(here, edge, session, 'age');
          else await eraseTold(here, edge, session, await toldBefore(here.tx, edge, session, before));
      });
      count += due.length;
    } while (running);
    return false;
  }
  async function look(): Promise<void> {
    const kept = await readAges(ground.db);
    const { run, ...next } = whetherToForget(kept, Math.floor(ground.now()));
    if (run && !(await forgetAll())) return;
    if (next.ranAt !== kept.ranAt || next.doubtAt !== kept.doubtAt) await writeAges(ground.db, next);
  }
  function work(): void {
    last = look().catch((err) => log.error({ err: String(err) }, 'what is too old could not be forgotten; it is tried again'));
  }

  return {
    start() {
      running = true;
      work();
      timer = setInterval(work, lookMs);
      timer.unref();
    },
    async stop() {
      running = false;
      clearInterval(timer);
      await last;
    },
  };
}

/** Is somebody still asked for in this conversation? Then nothing of it goes by age. */
export async function isOpen(db: Db, edge: string, session: string): Promise<boolean> {
  const row = await db
    .selectFrom('case')
    .select('id')
    .where('edge', '=', edge)
    .where('session', '=', session)
    .where('state', '!=', 'resolved')
    .executeTakeFirst();
  return row !== undefined;
}

type Due = { edge: string; session: string; before: number; whole: boolean };

/** Conversations of which this hub heard something longer ago than such a one is kept, and in which nobody is asked for any more; by when it heard it. */
async function dueByAge(
  db: Db,
  now: number,
  { conversationDays, caseDays }: Pick<HubConfig, 'conversationDays' | 'caseDays'>,
): Promise<Due[]> {
  const [talk, handed] = [now - conversationDays * dayMs, now - caseDays * dayMs];
  const records = sql`from "upRecord" r where r.edge = s.edge and r.session = s.id`;
  const cases = sql`from "case" c where c.edge = s.edge and c.session = s.id`;
  const { rows } = await sql<{ edge: string; session: string; last: number; before: number }>`
    with told as (
      select s.edge, s.id, s."updatedAt" as began, (select max(r."receivedAt") ${records}) as heard, (select max(c."updatedAt") ${cases}) as worked,
        (select min(r."receivedAt") ${records} and r.kind = 'turn' and r."bodyJson" <> 'null') as first,
        case when exists (select 1 ${cases}) then ${sql.lit(handed)} else ${sql.lit(talk)} end as before
      from session s where s."updatedAt" < ${sql.lit(Math.max(talk, handed))} and not exists (select 1 ${cases} and c.state <> 'resolved')),
    aged as (
      select edge, id, before, first, began, coalesce(worked, 0) as worked,
        case when coalesce(heard, 0) > coalesce(worked, 0) then coalesce(heard, 0) else coalesce(worked, 0) end as later from told),
    ends as (select edge, id as session, before, first, began, worked, case when later > began then later else began end as last from aged)
    select edge, session, before, last from ends where last < before or (first < before and worked < before) order by began limit ${sql.lit(atOnce)}`.execute(
    db,
  );
  return rows
    .map((row) => ({ ...row, last: Number(row.last), before: Number(row.before) }))
    .map(({ last, ...due }) => ({ ...due, whole: last < due.before }));
}

/** What was told of a conversation until then and is still here, the oldest first. */
const toldBefore = (tx: Db, edge: string, session: string, before: number) =>
  tx
    .selectFrom('upRecord')
    .select(['epoch', 'seq', 'kind', 'bodyJson', 'receivedAt'])
    .where('edge', '=', edge)
    .where('session', '=', session)
    .where('kind', 'in', ['turn', 'handoff', 'raise', 'policy'])
    .where('bodyJson', '!=', 'null')
    .where('receivedAt', '<', before)
    .orderBy('receivedAt')
    .limit(mostLines)
    .execute();

async function readAges(db: Db): Promise<Ages> {
  const row = await db.selectFrom('setting').select('valueJson').where('name', '=', name).executeTakeFirst();
  return row ? (JSON.parse(row.valueJson) as Ages) : { ranAt: 0, doubtAt: 0 };
}

async function writeAges(db: Db, ages: Ages): Promise<void> {
  const values = { valueJson: JSON.stringify(ages), by: 'hub', updatedAt: Math.max(ages.ranAt, ages.doubtAt) };
  await db
    .insertInto('setting')
    .values({ name, ...values })
    .onConflict((c) => c.column('name').doUpdateSet(values))
    .execute();
}

import type { z } from 'zod';
import type { help } from '../api/insight-types.ts';
import { everybody } from '../auth/can.ts';
import { listArticles } from '../knowledge/list.ts';
import type { Db } from '../store/schema.ts';

const dayMs = 86_400_000;
const mostArticles = 10;

export type Help = z.infer<typeof help>;

/**
 * Whether people were helped in the last `days`: by the agent alone, by repairs that the machines' own data confirmed, in their own words, by
 * which articles, and how many came on each day (UTC). What is counted of cases is kept by the store. Counted by case and machine, never by technician.
 */
export async function readHelp(db: Db, tenant: string, now: number, days: number): Promise<Help> {
  const since = Math.floor(now) - days * dayMs;
  const first = Math.floor(since / dayMs) + 1;
  const [talks, handed, repairs, byDay, articles] = await Promise.all([
    talksSince(db, since).executeTakeFirstOrThrow(),
    talksSince(db, since)
      .where((e) =>
        e.exists(
          e.selectFrom('case').select('case.id').whereRef('case.edge', '=', 'session.edge').whereRef('case.session', '=', 'session.id'),
        ),
      )
      .executeTakeFirstOrThrow(),
    counted(
      db
        .selectFrom('repair')
        .select((e) => ['state as key', e.fn.countAll<number>().as('count')])
        .where('updatedAt', '>=', since)
        .groupBy('state')
        .execute(),
    ),
    daysOf(db, tenant, first),
    listArticles(db, { state: 'published' }, now),
  ]);
  const on = (what: string, day: number) => byDay.find((one) => one.what === what && one.day === day)?.count ?? 0;
  const inAll = (what: string) => byDay.reduce((sum, one) => sum + (one.what === what ? one.count : 0), 0);
  return {
    days,
    talks: Number(talks.count),
    handedOver: Number(handed.count),
    repairs: { fixed: repairs.get('fixed') ?? 0, notFixed: repairs.get('not-fixed') ?? 0, tooEarly: repairs.get('too-early') ?? 0 },
    satisfaction: { good: inAll('good'), bad: inAll('bad') },
    byDay: Array.from({ length: days }, (_, i) => ({
      day: new Date((first + i) * dayMs).toISOString().slice(0, 10),
      opened: on('opened', first + i),
      resolved: on('resolved', first + i),
    })),
    articles: articles
      .filter(({ uses }) => uses > 0)
      .sort((a, b) => b.uses - a.uses)
      .slice(0, mostArticles)
      .map(({ id, locale, title, uses, rate }) => ({ id, locale, title, uses, ...(rate ? { rate } : {}) })),
  };
}

/** Conversations in which somebody said something. */
const talksSince = (db: Db, since: number) =>
  db
    .selectFrom('session')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('session.updatedAt', '>=', since)
    .where((e) =>
      e.exists(
        e
          .selectFrom('turn')
          .select('turn.id')
          .whereRef('turn.edge', '=', 'session.edge')
          .whereRef('turn.session', '=', 'session.id')
          .where('turn.by', '=', 'operator'),
      ),
    );

const counted = async (rows: Promise<{ key: string | null; count: number }[]>) =>
  new Map((await rows).map(({ key, count }) => [key, Number(count)]));

/** How many cases came and went on each day since that one, and how people found them, as the store keeps it with every case. */
async function daysOf(db: Db, tenant: string, first: number): Promise<{ what: string; day: number; count: number }[]> {
  const rows = await db
    .selectFrom('caseFigure')
    .select((e) => ['what', 'key', e.fn.sum<number>('count').as('count')])
    .where('what', 'in', ['opened', 'resolved', 'good', 'bad'])
    // As text, days of one century sort as they come: each has five digits until the year 2243.
    .where('key', '>=', String(first))
    .$if(tenant !== everybody, (q) => q.where('tenant', '=', tenant))
    .groupBy(['what', 'key'])
    .execute();
  return rows.map(({ what, key, count }) => ({ what, day: Number(key), count: Number(count) }));
}

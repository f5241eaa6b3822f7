import { sql } from 'kysely';
import type { z } from 'zod';
import type { help } from '../api/insight-types.ts';
import { listArticles } from '../knowledge/list.ts';
import type { Db } from '../store/schema.ts';

const dayMs = 86_400_000;
const mostArticles = 10;

export type Help = z.infer<typeof help>;

/**
 * Whether people were helped in the last `days`: by the agent alone, by repairs that the machines' own data confirmed, in their own words, by
 * which articles, and how many came on each day (UTC). Counted by case and machine, never by technician.
 */
export async function readHelp(db: Db, now: number, days: number): Promise<Help> {
  const since = Math.floor(now) - days * dayMs;
  const [talks, handed, repairs, rated, opened, resolved, articles] = await Promise.all([
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
    counted(
      db
        .selectFrom('case')
        .select((e) => ['satisfaction as key', e.fn.countAll<number>().as('count')])
        .where('satisfiedAt', '>=', since)
        .groupBy('satisfaction')
        .execute(),
    ),
    byDay(db, 'openedAt', since),
    byDay(db, 'resolvedAt', since),
    listArticles(db, { state: 'published' }, now),
  ]);
  const first = Math.floor(since / dayMs) + 1;
  return {
    days,
    talks: Number(talks.count),
    handedOver: Number(handed.count),
    repairs: { fixed: repairs.get('fixed') ?? 0, notFixed: repairs.get('not-fixed') ?? 0, tooEarly: repairs.get('too-early') ?? 0 },
    satisfaction: { good: rated.get('good') ?? 0, bad: rated.get('bad') ?? 0 },
    byDay: Array.from({ length: days }, (_, i) => ({
      day: new Date((first + i) * dayMs).toISOString().slice(0, 10),
      opened: opened.get(first + i) ?? 0,
      resolved: resolved.get(first + i) ?? 0,
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

/** How many cases had this moment on each day, by the number of the day since 1970. */
async function byDay(db: Db, moment: 'openedAt' | 'resolvedAt', since: number): Promise<Map<number, number>> {
  const day = sql<number>`${sql.ref(moment)} / ${sql.lit(dayMs)}`;
  const rows = await db
    .selectFrom('case')
    .select((e) => [day.as('day'), e.fn.countAll<number>().as('count')])
    .where(moment, '>=', since)
    .where('mergedInto', 'is', null)
    .groupBy(day)
    .execute();
  return new Map(rows.map((row) => [Number(row.day), Number(row.count)]));
}

import type { Localized } from '@wayside/protocol';
import { type Expression, sql } from 'kysely';
import type { z } from 'zod';
import type { insight } from '../api/types.ts';
import { countCases } from '../cases/list.ts';
import type { Db } from '../store/schema.ts';
import { readAcceptance } from './recommendations.ts';

export type Insight = z.infer<typeof insight>;

const most = 10;

/** How the desk is doing: times in ms, medians over all cases. */
export async function readInsight(db: Db, now: number): Promise<Insight> {
  const [cases, medianFirstReplyMs, medianResolveMs, topFaults, rules, recommendations] = await Promise.all([
    countCases(db, now),
    medianSinceOpened(db, 'firstReplyAt'),
    medianSinceOpened(db, 'resolvedAt'),
    db
      .selectFrom('case')
      .select((e) => ['topFault as fault', e.fn.max('topFaultTitleJson').as('title'), e.fn.countAll<number>().as('count')])
      .where('topFault', 'is not', null)
      .groupBy('topFault')
      .orderBy('count', 'desc')
      .orderBy('topFault')
      .limit(most)
      .execute(),
    db
      .selectFrom('case')
      .select((e) => ['rule', e.fn.countAll<number>().as('count')])
      .groupBy('rule')
      .orderBy('count', 'desc')
      .orderBy('rule')
      .limit(most)
      .execute(),
    readAcceptance(db),
  ]);
  return {
    cases,
    medianFirstReplyMs,
    medianResolveMs,
    topFaults: topFaults.map((row) => ({
      fault: row.fault as string,
      title: JSON.parse(row.title as string) as Localized,
      count: row.count,
    })),
    rules,
    recommendations,
  };
}

/** The lower of the two middle values when there is an even number of cases. */
async function medianSinceOpened(db: Db, moment: 'firstReplyAt' | 'resolvedAt'): Promise<number | null> {
  const took = sql<number>`max(0, ${sql.ref(moment)} - ${sql.ref('openedAt')})` satisfies Expression<number>;
  const had = db.selectFrom('case').where(moment, 'is not', null);
  const { count } = await had.select((e) => e.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  if (count === 0) return null;
  const row = await had
    .select(took.as('took'))
    .orderBy('took')
    .limit(1)
    .offset(Math.floor((count - 1) / 2))
    .executeTakeFirst();
  return row?.took ?? null;
}

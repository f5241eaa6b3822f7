import type { Localized } from '@wayside/protocol';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { insight } from '../api/types.ts';
import { everybody } from '../auth/can.ts';
import { countCases } from '../cases/list.ts';
import { type Moment, tookUntil, widthOf } from '../store/figure-tables.ts';
import type { Db } from '../store/schema.ts';
import { readAcceptance } from './recommendations.ts';

export type Insight = z.infer<typeof insight>;

const most = 10;

/**
 * How the desk is doing: times in ms, medians over all cases. What is asked for is kept by the store with every case, so that a million of them
 * take as long as a few.
 * @param db the store as the tenant sees it
 */
export async function readInsight(db: Db, tenant: string, now: number): Promise<Insight> {
  const [cases, medianFirstReplyMs, medianResolveMs, topFaults, rules, recommendations] = await Promise.all([
    countCases(db, now),
    medianSinceOpened(db, tenant, 'firstReplyAt'),
    medianSinceOpened(db, tenant, 'resolvedAt'),
    countedBy(db, tenant, 'fault').execute(),
    countedBy(db, tenant, 'rule').execute(),
    readAcceptance(db),
  ]);
  return {
    cases,
    medianFirstReplyMs,
    medianResolveMs,
    topFaults: topFaults.map(({ key, title, count }) => ({
      fault: key,
      title: JSON.parse(title as string) as Localized,
      count: Number(count),
    })),
    rules: await Promise.all(rules.map(async ({ key, count }) => ({ rule: key, because: await becauseOf(db, key), count: Number(count) }))),
    recommendations,
  };
}

/** What the rule says of itself in the newest case it handed over: a pack of an edge need not be at the hub. */
async function becauseOf(db: Db, rule: string): Promise<Localized> {
  const told = (path: string) => sql<string | null>`json_extract("case"."handoffJson", ${path})`;
  const row = await db
    .selectFrom('case')
    .select([told('$.raised.rule.because').as('raised'), told('$.rule.because').as('first')])
    .where('rule', '=', rule)
    .orderBy('openedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  const because = row?.raised ?? row?.first;
  const name = rule.replaceAll('-', ' ');
  return because ? (JSON.parse(because) as Localized) : { en: name, zh: name };
}

const figures = (db: Db, tenant: string, what: string) =>
  db
    .selectFrom('caseFigure')
    .select((e) => ['key', e.fn.sum<number>('count').as('count')])
    .where('what', '=', what)
    .$if(tenant !== everybody, (q) => q.where('tenant', '=', tenant))
    .groupBy('key')
    .having((e) => e.fn.sum('count'), '>', 0);

const countedBy = (db: Db, tenant: string, what: string) =>
  figures(db, tenant, what)
    .select((e) => e.fn.max('titleJson').as('title'))
    .orderBy('count', 'desc')
    .orderBy('key')
    .limit(most);

/** The lower of the two middle values when there is an even number of cases: in which span it is by what is kept, then which it is by an index. */
async function medianSinceOpened(db: Db, tenant: string, moment: Moment): Promise<number | null> {
  const spans = (await figures(db, tenant, moment).execute())
    .map(({ key, count }) => ({ from: Number(key), count: Number(count) }))
    .sort((a, b) => a.from - b.from);
  let before = Math.floor((spans.reduce((sum, { count }) => sum + count, 0) - 1) / 2);
  const span = spans.find(({ count }) => {
    if (before < count) return true;
    before -= count;
    return false;
  });
  if (!span) return null;
  const took = sql<number>`${sql.raw(tookUntil(moment))}`;
  const row = await db
    .selectFrom('case')
    .select(took.as('took'))
    .where(moment, 'is not', null)
    .where(took, '>=', span.from)
    .where(took, '<', span.from + widthOf(span.from))
    .orderBy(took)
    .limit(1)
    .offset(before)
    .executeTakeFirst();
  return row === undefined ? null : Number(row.took);
}

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
 * which articles, and how many came on each day (UTC), today the last. What is counted is kept by the store. Counted by case and machine, never by technician.
 */
export async function readHelp(db: Db, tenant: string, now: number, days: number): Promise<Help> {
  const first = Math.floor(Math.floor(now) / dayMs) - days + 1;
  const [byDay, articles] = await Promise.all([daysOf(db, tenant, first), listArticles(db, { state: 'published' }, now)]);
  const on = (what: string, day: number) => byDay.find((one) => one.what === what && one.day === day)?.count ?? 0;
  const inAll = (what: string) => byDay.reduce((sum, one) => sum + (one.what === what ? one.count : 0), 0);
  return {
    days,
    talks: inAll('talk'),
    handedOver: inAll('handed'),
    repairs: { fixed: inAll('fixed'), notFixed: inAll('not-fixed'), tooEarly: inAll('too-early') },
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

/** How many cases came and went on each day since that one, how people found them, conversations and repairs: as the store keeps it with each. */
async function daysOf(db: Db, tenant: string, first: number): Promise<{ what: string; day: number; count: number }[]> {
  const rows = await db
    .selectFrom('caseFigure')
    .select((e) => ['what', 'key', e.fn.sum<number>('count').as('count')])
    .where('what', 'in', ['opened', 'resolved', 'good', 'bad', 'talk', 'handed', 'fixed', 'not-fixed', 'too-early'])
    // As text, days of one century sort as they come: each has five digits until the year 2243.
    .where('key', '>=', String(first))
    .$if(tenant !== everybody, (q) => q.where('tenant', '=', tenant))
    .groupBy(['what', 'key'])
    .execute();
  return rows.map(({ what, key, count }) => ({ what, day: Number(key), count: Number(count) }));
}

import type { HubEvent, LiveNews } from '../api/types.ts';
import type { Db } from './schema.ts';

/** What others want to hear of a change: the people in the console, those who look at a machine live, or an edge for which something now waits. */
export type News = HubEvent | LiveNews | { event: 'wake'; data: { edge: string } };
export type Tell = (news: News) => void;

/** A transaction, and whom to tell once it is committed. */
export type Change = { readonly tx: Db; readonly tell: Tell; readonly now: number };

/** The hub's one store, its clock and the way out for news: what every room is handed. */
export type Ground = { readonly db: Db; readonly now: () => number; readonly tell: Tell };

/**
 * Runs `work` in one transaction. What it tells leaves only after the commit, so nobody hears of a change that is not stored;
 * the same news told twice is told once.
 */
export async function change<T>({ db, now, tell }: Ground, work: (change: Change) => Promise<T>): Promise<T> {
  const news = new Map<string, News>();
  const result = await db
    .transaction()
    .execute((tx) => work({ tx, tell: (one) => news.set(JSON.stringify(one), one), now: Math.floor(now()) }));
  for (const one of news.values()) tell(one);
  return result;
}

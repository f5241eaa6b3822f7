import type { Turn } from '@wayside/contract';
import { sql } from 'kysely';
import type { Change } from '../store/change.ts';
import type { Db } from '../store/schema.ts';

/** How far back a use counts, ms. */
const recentMs = 90 * 86_400_000;

/** An agent's answer that rests on articles is a use of each. */
export async function keepUses(here: Change, edge: string, turn: Turn): Promise<void> {
  if (turn.by !== 'agent') return;
  // A passage of an article is cited as `article#section`.
  const articles = new Set(turn.citations.filter(({ kind }) => kind === 'article').map(({ ref }) => ref.split('#')[0] as string));
  await keepUsed(here, { edge, session: turn.session, turn: turn.id }, [...articles]);
}

/** Keeps that articles were used, each once in the same place. */
export async function keepUsed(
  { tx, now }: Change,
  where: { edge: string; session: string; turn: string },
  articles: readonly string[],
): Promise<void> {
  for (const article of articles)
    await tx
      .insertInto('articleUse')
      .values({ ...where, article, at: now })
      .onConflict((c) => c.doNothing())
      .execute();
}

/** How often each of these articles was answered from lately, by id. */
export async function usesOf(db: Db, now: number, articles: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('articleUse')
    .select((e) => ['article', e.fn.countAll<number>().as('count')])
    .where('article', 'in', sql<string>`(select value from json_each(${JSON.stringify(articles)}))`)
    .where('at', '>', Math.floor(now) - recentMs)
    .groupBy('article')
    .execute();
  return new Map(rows.map(({ article, count }) => [article, Number(count)]));
}

import type { Locale } from '@wayside/protocol';
import { sql } from 'kysely';
import type { ArticleRow, CaseView } from '../api/types.ts';
import { ratesOfArticles } from '../repair/rate.ts';
import type { Db } from '../store/schema.ts';
import { articleRowOf } from './row.ts';

const longest = 500;

export type ArticleFilter = {
  state?: string | undefined;
  locale?: string | undefined;
  family?: string | undefined;
  q?: string | undefined;
};

/** Articles, newest change first. `q`: every word of it occurs in title, body, tags or faults. */
export async function listArticles(db: Db, filter: ArticleFilter): Promise<ArticleRow[]> {
  let query = db.selectFrom('article').selectAll();
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.locale) query = query.where('locale', '=', filter.locale);
  if (filter.family) query = query.where('family', '=', filter.family);
  for (const word of (filter.q ?? '').split(/\s+/).filter(Boolean).slice(0, 8)) {
    const like = `%${word.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
    query = query.where(
      sql<boolean>`(title || ' ' || "tagsJson" || ' ' || "faultsJson" || ' ' || id || ' ' || body) like ${like} escape '\\'`,
    );
  }
  const rows = await query.orderBy('updatedAt', 'desc').orderBy('id').orderBy('locale').limit(longest).execute();
  const rates = await ratesOfArticles(db);
  return rows.map((row) => {
    const rate = rates.get(`${row.family}/${row.id}`);
    return { ...articleRowOf(row), ...(rate ? { rate } : {}) };
  });
}

const mostSuggested = 10;

/** Published articles on a case's faults, those on the likeliest fault first. */
export async function articlesFor(db: Db, family: string | null, faults: readonly string[]): Promise<CaseView['articles']> {
  if (family === null || faults.length === 0) return [];
  const ranked = JSON.stringify(faults);
  const rows = await db
    .selectFrom('article')
    .select(['id', 'locale', 'title'])
    .select(sql<number>`(select min(r.key) from json_each(${ranked}) r join json_each("faultsJson") f on f.value = r.value)`.as('rank'))
    .where('family', '=', family)
    .where('state', '=', 'published')
    .where(sql<boolean>`exists (select 1 from json_each("faultsJson") f where f.value in (select value from json_each(${ranked})))`)
    .orderBy('rank')
    .orderBy('id')
    .orderBy('locale')
    .limit(mostSuggested)
    .execute();
  return rows.map(({ id, locale, title }) => ({ id, locale: locale as Locale, title }));
}

import { type Applies, isFor, type ThingReport } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import { sql } from 'kysely';
import type { ArticleRow, CaseView } from '../api/types.ts';
import { ratesOfArticles } from '../repair/rate.ts';
import { wantedBy } from '../store/full-text.ts';
import type { Db } from '../store/schema.ts';
import { search } from './index-words.ts';
import { articleRowOf } from './row.ts';
import { usesOf } from './uses.ts';

const longest = 500;
const mostFound = 100;
const mostWeighed = 400;
/** What a line of the list shows; a text may be long. */
const columns = [
  'article.id',
  'article.locale',
  'article.state',
  'article.version',
  'article.title',
  'article.family',
  'article.faultsJson',
  'article.updatedAt',
  'article.by',
  'article.origin',
  'article.case',
  'article.mergedInto',
] as const;

export type ArticleFilter = {
  state?: string | undefined;
  locale?: string | undefined;
  family?: string | undefined;
  q?: string | undefined;
};

/**
 * How well repairs by an article go, as a factor about 1: the share that the machines' data confirmed, with one success and one failure
 * assumed before there were any. An article that stops helping sinks.
 */
const help = sql<number>`coalesce((select 2.0 * (1 + count(*) filter (where r.state = 'fixed')) / (2 + count(*) filter (where r.state in ('fixed', 'not-fixed')))
  from repair r where r.family = article.family and r.article = article.id and r.state != 'watching'), 1.0)`;

/**
 * Articles, newest change first. `q`: every word of it occurs, the last one may be half typed; then what fits and helps best comes first. What
 * became part of another is left out.
 */
export async function listArticles(db: Db, filter: ArticleFilter, now: number): Promise<ArticleRow[]> {
  const wanted = (filter.q ?? '').trim() === '' ? undefined : wantedBy(filter.q as string);
  if (wanted === undefined && (filter.q ?? '').trim() !== '') return [];
  let query = db
    .selectFrom('article')
    .select([...columns])
    .where('article.mergedInto', 'is', null);
  if (filter.state) query = query.where('article.state', '=', filter.state);
  if (filter.locale) query = query.where('article.locale', '=', filter.locale);
  if (filter.family) query = query.where('article.family', '=', filter.family);
  const found = wanted && search(db, wanted);
  const inOrder =
    found === undefined
      ? query.orderBy('article.updatedAt', 'desc').orderBy('article.id').orderBy('article.locale').limit(longest)
      : db
          // How it helped is asked of what fits best alone: a common word stands in every tenth article.
          .selectFrom(
            query
              .innerJoin('articleWords', (join) => join.on(found.joined))
              .where(found.fits)
              .select(found.fit.as('fit'))
              .orderBy('fit', 'desc')
              .orderBy('article.id')
              .limit(mostWeighed)
              .as('article'),
          )
          .selectAll()
          .orderBy(sql`fit * ${help}`, 'desc')
          .orderBy('article.id')
          .limit(mostFound);
  const rows = await inOrder.execute();
  const ids = rows.map(({ id }) => id);
  const [rates, uses] = await Promise.all([ratesOfArticles(db, ids), usesOf(db, now, ids)]);
  return rows.map((row) => {
    const rate = rates.get(`${row.family}/${row.id}`);
    return { ...articleRowOf(row, uses.get(row.id) ?? 0), ...(rate ? { rate } : {}) };
  });
}

const mostSuggested = 10;

/** Published articles on a case's faults that are about its machine, those on the likeliest fault first, then those that help. */
export async function articlesFor(
  db: Db,
  family: string | null,
  faults: readonly string[],
  thing: ThingReport | undefined,
): Promise<CaseView['articles']> {
  if (family === null || faults.length === 0) return [];
  const ranked = JSON.stringify(faults);
  const rows = await db
    .selectFrom('article')
    .select(['id', 'locale', 'title', 'appliesJson'])
    .select(sql<number>`(select min(r.key) from json_each(${ranked}) r join json_each("faultsJson") f on f.value = r.value)`.as('rank'))
    .where('family', '=', family)
    .where('state', '=', 'published')
    .where(sql<boolean>`exists (select 1 from json_each("faultsJson") f where f.value in (select value from json_each(${ranked})))`)
    .orderBy('rank')
    .orderBy(help, 'desc')
    .orderBy('id')
    .orderBy('locale')
    .limit(10 * mostSuggested)
    .execute();
  return rows
    .filter(({ appliesJson }) => isFor(JSON.parse(appliesJson) as Applies[], thing ?? {}))
    .slice(0, mostSuggested)
    .map(({ id, locale, title }) => ({ id, locale: locale as Locale, title }));
}

import type { Applies, Article } from '@wayside/contract';
import { type Locale, WaysideError } from '@wayside/protocol';
import type { ArticleRow, ArticleView } from '../api/types.ts';
import type { ArticleRecord, Db } from '../store/schema.ts';
import { usesOf } from './uses.ts';

/** @throws WaysideError `not-found` */
export async function readArticle(db: Db, id: string, locale: Locale): Promise<ArticleRecord> {
  const row = await db.selectFrom('article').selectAll().where('id', '=', id).where('locale', '=', locale).executeTakeFirst();
  if (!row) throw new WaysideError('not-found', `There is no article ${id} in this language.`);
  return row;
}

type ArticleLine = Omit<ArticleRecord, 'body' | 'tagsJson' | 'sourcesJson' | 'appliesJson' | 'publishedJson'>;

/** An article as a line of the list. */
export function articleRowOf(row: ArticleLine, uses: number): ArticleRow {
  return {
    id: row.id,
    locale: row.locale as Locale,
    state: row.state as ArticleRow['state'],
    version: row.version,
    title: row.title,
    family: row.family,
    faults: JSON.parse(row.faultsJson) as string[],
    updatedAt: row.updatedAt,
    by: row.by,
    origin: row.origin as ArticleRow['origin'],
    uses,
    ...(row.case === null ? {} : { case: row.case }),
    ...(row.mergedInto === null ? {} : { mergedInto: row.mergedInto }),
  };
}

export function articleViewOf(row: ArticleRecord, uses: number): ArticleView {
  return {
    ...articleRowOf(row, uses),
    body: row.body,
    tags: JSON.parse(row.tagsJson) as string[],
    sources: JSON.parse(row.sourcesJson) as string[],
    applies: JSON.parse(row.appliesJson) as Applies[],
  };
}

/** An article with how often it was used. @throws WaysideError `not-found` */
export async function viewArticle(db: Db, id: string, locale: Locale, now: number): Promise<ArticleView> {
  const row = await readArticle(db, id, locale);
  return articleViewOf(row, (await usesOf(db, now, [id])).get(id) ?? 0);
}

/** An article as edges get it. */
export function articleOf(row: ArticleRecord): Article {
  const { id, locale, version, family, title, body, faults, tags, sources, applies, case: from } = articleViewOf(row, 0);
  return {
    id,
    locale,
    version,
    family,
    title,
    body,
    faults,
    tags,
    sources,
    ...(applies.length > 0 ? { applies } : {}),
    ...(from === undefined ? {} : { case: from }),
  };
}

import type { Article } from '@wayside/contract';
import { type Locale, WaysideError } from '@wayside/protocol';
import type { ArticleRow, ArticleView } from '../api/types.ts';
import type { ArticleRecord, Db } from '../store/schema.ts';

/** @throws WaysideError `not-found` */
export async function readArticle(db: Db, id: string, locale: Locale): Promise<ArticleRecord> {
  const row = await db.selectFrom('article').selectAll().where('id', '=', id).where('locale', '=', locale).executeTakeFirst();
  if (!row) throw new WaysideError('not-found', `There is no article ${id} in this language.`);
  return row;
}

/** An article as a line of the list. */
export function articleRowOf(row: Omit<ArticleRecord, 'body'>): ArticleRow {
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
    ...(row.case === null ? {} : { case: row.case }),
  };
}

export function articleViewOf(row: ArticleRecord): ArticleView {
  return {
    ...articleRowOf(row),
    body: row.body,
    tags: JSON.parse(row.tagsJson) as string[],
    sources: JSON.parse(row.sourcesJson) as string[],
  };
}

/** An article as edges get it. */
export function articleOf(row: ArticleRecord): Article {
  const { id, locale, version, family, title, body, faults, tags, sources, case: from } = articleViewOf(row);
  return { id, locale, version, family, title, body, faults, tags, sources, ...(from === undefined ? {} : { case: from }) };
}

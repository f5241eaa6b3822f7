import type { Article } from '@wayside/contract';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Db, EdgeSchema } from '../store/schema.ts';
import type { IndexedSection } from './index-article.ts';

/** Where an article came from: a pack on this edge, or published by the hub (which knows better). */
export type Origin = 'pack' | 'hub';
export type ArticleRow = Selectable<EdgeSchema['article']>;

export const rowOf = ({ id, locale, version, family, title, body, faults, tags, sources }: Article, origin: Origin): ArticleRow => ({
  id,
  locale,
  version,
  family,
  title,
  body,
  faults: JSON.stringify(faults),
  tags: JSON.stringify(tags),
  sources: JSON.stringify(sources),
  origin,
});

/** Whether an article is to take the place of the one that is here: not an older one, nor a pack's that of the hub, nor the same again. */
export function supersedes(row: ArticleRow, known: ArticleRow): boolean {
  if (known.origin === 'hub' && (row.origin === 'pack' || known.version >= row.version)) return false;
  return (Object.keys(row) as (keyof ArticleRow)[]).some((column) => row[column] !== known[column]);
}

/** Writes articles with the words they are found by, in three statements however many they are: a first start takes in hundreds. */
export async function takeIn(tx: Db, articles: readonly { row: ArticleRow; sections: readonly IndexedSection[] }[]): Promise<void> {
  if (articles.length === 0) return;
  const rows = JSON.stringify(articles.map(({ row }) => row));
  const words = JSON.stringify(
    articles.flatMap(({ row: { id, locale, family }, sections }) =>
      sections.map(({ title, body }, part) => ({ id, locale, part, family, title, body })),
    ),
  );
  await sql`delete from articleWords where (id, locale) in (select value ->> 'id', value ->> 'locale' from json_each(${rows}))`.execute(tx);
  await sql`insert or replace into article (id, locale, version, family, title, body, faults, tags, sources, origin)
    select value ->> 'id', value ->> 'locale', value ->> 'version', value ->> 'family', value ->> 'title', value ->> 'body',
      value ->> 'faults', value ->> 'tags', value ->> 'sources', value ->> 'origin' from json_each(${rows})`.execute(tx);
  await sql`insert into articleWords (id, locale, part, family, title, body)
    select value ->> 'id', value ->> 'locale', value ->> 'part', value ->> 'family', value ->> 'title', value ->> 'body'
    from json_each(${words})`.execute(tx);
}

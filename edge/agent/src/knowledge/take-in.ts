import type { Applies, Article } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Db, EdgeSchema } from '../store/schema.ts';
import type { IndexedSection } from './index-article.ts';

/** Where an article came from: a pack on this edge, or published by the hub, which knows better of the machines it is about. */
export type Origin = 'pack' | 'hub';
export type ArticleRow = Selectable<EdgeSchema['article']>;

export const rowOf = (
  { id, locale, version, family, title, body, faults, tags, sources, applies }: Article,
  origin: Origin,
): ArticleRow => ({
  id,
  locale,
  version,
  family,
  title,
  body,
  faults: JSON.stringify(faults),
  tags: JSON.stringify(tags),
  sources: JSON.stringify(sources),
  applies: applies && applies.length > 0 ? JSON.stringify(applies) : null,
  origin,
});

export const articleOf = ({ faults, tags, sources, applies, origin: _, ...row }: ArticleRow): Article => ({
  ...row,
  locale: row.locale as Locale,
  faults: JSON.parse(faults) as string[],
  tags: JSON.parse(tags) as string[],
  sources: JSON.parse(sources) as string[],
  ...(applies === null ? {} : { applies: JSON.parse(applies) as Applies[] }),
});

/** Whether an article is to take the place of the one of the same origin that is here: not an older one of the hub, nor the same again. */
export function supersedes(row: ArticleRow, known: ArticleRow): boolean {
  if (row.origin === 'hub' && known.version >= row.version) return false;
  return (Object.keys(row) as (keyof ArticleRow)[]).some((column) => row[column] !== known[column]);
}

/** Writes articles with the words they are found by, in three statements however many they are: a first start takes in hundreds. */
export async function takeIn(tx: Db, articles: readonly { row: ArticleRow; sections: readonly IndexedSection[] }[]): Promise<void> {
  if (articles.length === 0) return;
  const rows = JSON.stringify(articles.map(({ row }) => row));
  const words = JSON.stringify(
    articles.flatMap(({ row: { id, locale, family, origin }, sections }) =>
      sections.map(({ title, body }, part) => ({ id, locale, part, family, origin, title, body })),
    ),
  );
  await sql`delete from articleWords where (id, locale, origin) in
    (select value ->> 'id', value ->> 'locale', value ->> 'origin' from json_each(${rows}))`.execute(tx);
  await sql`insert or replace into article (id, locale, version, family, title, body, faults, tags, sources, applies, origin)
    select value ->> 'id', value ->> 'locale', value ->> 'version', value ->> 'family', value ->> 'title', value ->> 'body',
      value ->> 'faults', value ->> 'tags', value ->> 'sources', value ->> 'applies', value ->> 'origin' from json_each(${rows})`.execute(
    tx,
  );
  await sql`insert into articleWords (id, locale, part, family, origin, title, body)
    select value ->> 'id', value ->> 'locale', value ->> 'part', value ->> 'family', value ->> 'origin', value ->> 'title', value ->> 'body'
    from json_each(${words})`.execute(tx);
}

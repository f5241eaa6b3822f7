import { type RawBuilder, sql } from 'kysely';
import { isPostgres } from '../store/engine.ts';
import { ftsOf, indexed, placesOf, tsqueryOf, type Wanted } from '../store/full-text.ts';
import type { Db } from '../store/schema.ts';

type Text = { id: string; locale: string; title: string; body: string; tagsJson: string; faultsJson: string };

const marksOf = ({ id, tagsJson, faultsJson }: Text) =>
  [id, ...(JSON.parse(tagsJson) as string[]), ...(JSON.parse(faultsJson) as string[])].join(' ');

/** Makes an article found by the words it has now. */
export async function indexWords(tx: Db, text: Text): Promise<void> {
  await forgetWords(tx, text.id, text.locale);
  await insertWords(tx, text);
}

/** @param text an article without words yet */
async function insertWords(tx: Db, text: Text): Promise<void> {
  const { id, locale, title, body } = text;
  if (isPostgres(tx))
    await sql`insert into "articleWords" (id, locale, words)
      values (${id}, ${locale}, cast(${placesOf({ A: title, B: marksOf(text), C: body })} as tsvector))`.execute(tx);
  else
    await sql`insert into articleWords (rowid, title, marks, body)
      select rowid, ${indexed(title)}, ${indexed(marksOf(text))}, ${indexed(body)} from article where id = ${id} and locale = ${locale}`.execute(
      tx,
    );
}

/** Forgets the words of an article that goes. */
export async function forgetWords(tx: Db, id: string, locale: string): Promise<void> {
  if (isPostgres(tx)) await sql`delete from "articleWords" where id = ${id} and locale = ${locale}`.execute(tx);
  else await sql`delete from articleWords where rowid = (select rowid from article where id = ${id} and locale = ${locale})`.execute(tx);
}

/** Indexes what an older hub left without. */
export async function indexMissing(tx: Db): Promise<void> {
  const rows = await tx
    .selectFrom('article')
    .select(['id', 'locale', 'title', 'body', 'tagsJson', 'faultsJson'])
    .where(sql<boolean>`not exists (select 1 from ${sql.table('articleWords')} where ${sameArticle(tx)})`)
    .execute();
  for (const row of rows) await insertWords(tx, row);
}

/** Finding articles by words: what to join with, what to ask of the rows, and how well each fits (more is better). Titles count most, then marks. */
export function search(db: Db, wanted: Wanted): { joined: RawBuilder<boolean>; fits: RawBuilder<boolean>; fit: RawBuilder<number> } {
  const joined = sameArticle(db);
  if (isPostgres(db)) {
    const query = sql`cast(${tsqueryOf(wanted)} as tsquery)`;
    return {
      joined,
      fits: sql<boolean>`"articleWords".words @@ ${query}`,
      // D to A; 1: divided by the logarithm of the text's length (postgresql.org/docs/current/textsearch-controls.html §12.3.3).
      fit: sql<number>`ts_rank('{0.1, 0.17, 0.67, 1}', "articleWords".words, ${query}, 1)`,
    };
  }
  return {
    joined,
    fits: sql<boolean>`articleWords match ${ftsOf(wanted)}`,
    // The better the match, the lower below zero: sqlite.org/fts5.html §5.1.1.
    fit: sql<number>`-bm25(articleWords, 6.0, 4.0, 1.0)`,
  };
}

const sameArticle = (db: Db) =>
  isPostgres(db)
    ? sql<boolean>`"articleWords".id = article.id and "articleWords".locale = article.locale`
    : sql<boolean>`articleWords.rowid = article.rowid`;

import { sql } from 'kysely';
import type { Db } from '../store/schema.ts';
import { indexed } from './words.ts';

type Text = { id: string; locale: string; title: string; body: string; tagsJson: string; faultsJson: string };

const marksOf = ({ id, tagsJson, faultsJson }: Text) =>
  indexed([id, ...(JSON.parse(tagsJson) as string[]), ...(JSON.parse(faultsJson) as string[])].join(' '));

/** Makes an article found by the words it has now. */
export async function indexWords(tx: Db, text: Text): Promise<void> {
  const { id, locale, title, body } = text;
  await sql`delete from articleWords where rowid = (select rowid from article where id = ${id} and locale = ${locale})`.execute(tx);
  await sql`insert into articleWords (rowid, title, marks, body)
    select rowid, ${indexed(title)}, ${marksOf(text)}, ${indexed(body)} from article where id = ${id} and locale = ${locale}`.execute(tx);
}

/** Forgets the words of an article that goes. */
export async function forgetWords(tx: Db, id: string, locale: string): Promise<void> {
  await sql`delete from articleWords where rowid = (select rowid from article where id = ${id} and locale = ${locale})`.execute(tx);
}

/** Indexes what an older hub left without. */
export async function indexMissing(tx: Db): Promise<void> {
  const rows = await tx
    .selectFrom('article')
    .select(['id', 'locale', 'title', 'body', 'tagsJson', 'faultsJson'])
    .where(sql<boolean>`not exists (select 1 from articleWords w where w.rowid = article.rowid)`)
    .execute();
  for (const row of rows) await indexWords(tx, row);
}

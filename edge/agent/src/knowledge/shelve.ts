import type { Article } from '@wayside/contract';
import type { Db } from '../store/schema.ts';
import type { IndexedSection } from './index-article.ts';
import { rowOf, supersedes, takeIn } from './take-in.ts';

/** An article of a pack, made ready for the store. */
export type ShelfArticle = { article: Article; sections: IndexedSection[] };

/** As many are compared and taken in at a time: what hundreds need at once in memory would stay with the process. */
const armful = 16;

/** Puts the packs' articles into the store, all or none; what is there already stays as it is. */
export const shelve = (db: Db, articles: readonly ShelfArticle[]): Promise<void> =>
  db.transaction().execute(async (tx) => {
    for (let at = 0; at < articles.length; at += armful) await shelveSome(tx, articles.slice(at, at + armful));
  });

async function shelveSome(tx: Db, articles: readonly ShelfArticle[]): Promise<void> {
  const ids = [...new Set(articles.map(({ article }) => article.id))];
  const known = await tx.selectFrom('article').selectAll().where('id', 'in', ids).where('origin', '=', 'pack').execute();
  const here = new Map(known.map((row) => [`${row.id} ${row.locale}`, row]));
  const wanted = articles.map(({ article, sections }) => ({ row: rowOf(article, 'pack'), sections }));
  await takeIn(
    tx,
    wanted.filter(({ row }) => {
      const old = here.get(`${row.id} ${row.locale}`);
      return old === undefined || supersedes(row, old);
    }),
  );
}

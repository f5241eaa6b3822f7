import type { Article } from '@wayside/contract';
import type { Db } from '../store/schema.ts';
import type { IndexedSection } from './index-article.ts';
import { createKnowledge } from './knowledge.ts';

/** An article of a pack, made ready for the store. */
export type ShelfArticle = { article: Article; sections: IndexedSection[] };

/** Puts the packs' articles into the store, all or none; what is there already stays as it is. */
export const shelve = (db: Db, articles: readonly ShelfArticle[]): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const shelf = createKnowledge(tx);
    for (const { article, sections } of articles) await shelf.put(article, 'pack', sections);
  });

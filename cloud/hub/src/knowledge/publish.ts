import type { Article } from '@wayside/contract';
import { type Locale, WaysideError } from '@wayside/protocol';
import { failpoint } from '@wayside/sqlite';
import type { ArticleView } from '../api/types.ts';
import { change, type Ground } from '../store/change.ts';
import { usePictures } from './pictures/keep-picture.ts';
import { articleOf, articleViewOf, readArticle } from './row.ts';
import { sendToAll } from './send.ts';
import { checkVersion, store } from './write.ts';

/**
 * Validates and publishes an article: in one transaction it is published here and on its way to every edge. Publishing what is published changes nothing.
 * @param read the version that was read, when the caller wants to be sure to publish that one
 * @throws WaysideError `not-found`, `conflict`
 */
export async function publish(ground: Ground, id: string, locale: Locale, by: string, read?: number): Promise<ArticleView> {
  const view = await change(ground, async (here) => {
    const row = await readArticle(here.tx, id, locale);
    if (read !== undefined) checkVersion(row, read);
    if (row.state === 'published') return articleViewOf(row, 0);
    await usePictures(here, row.body);
    // A published version is a number of its own, so that edges can tell an older one from a newer.
    const next = { ...row, state: 'published', version: row.version + 1, by, updatedAt: here.now };
    const article = articleOf(next);
    await sendToAll(here, 'published', article);
    return store(here, { ...next, mergedInto: null, publishedJson: JSON.stringify(article) });
  });
  failpoint('hub.article.published');
  return view;
}

/**
 * Takes an article back from every edge that has it. Withdrawing twice changes nothing.
 * @throws WaysideError `not-found`; `conflict` for a pack's article, which only its pack can take back
 */
export function withdraw(ground: Ground, id: string, locale: Locale, by: string): Promise<ArticleView> {
  return change(ground, async (here) => {
    const row = await readArticle(here.tx, id, locale);
    if (row.origin === 'pack')
      throw new WaysideError(
        'conflict',
        'This article comes with a pack and cannot be withdrawn here. Edit it and publish your own text instead.',
      );
    if (row.state === 'withdrawn') return articleViewOf(row, 0);
    const next = { ...row, state: 'withdrawn', version: row.version + 1, by, updatedAt: here.now, publishedJson: null };
    if (row.publishedJson !== null) {
      const held = JSON.parse(row.publishedJson) as Article;
      await sendToAll(here, 'withdrawn', { ...held, version: next.version });
    }
    return store(here, next);
  });
}

import { type Locale, WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { ArticleRow, ArticleView, newArticle, saveArticle } from '../api/types.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { articleViewOf, readArticle } from './row.ts';

type Fresh = z.output<typeof newArticle>;
type Made = { by: string; origin: ArticleRow['origin']; case?: string };

/** Writes a new draft. @throws WaysideError `conflict` when there is one of this id and language */
export async function insertArticle({ tx, tell, now }: Change, fresh: Fresh, made: Made): Promise<void> {
  const { id, locale, title, body, family, faults, tags, sources } = fresh;
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('article')
    .values({
      id,
      locale,
      title,
      body,
      family,
      ...jsonOf({ faults, tags, sources }),
      state: 'draft',
      version: 1,
      origin: made.origin,
      case: made.case ?? null,
      by: made.by,
      updatedAt: now,
      publishedJson: null,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (!numInsertedOrUpdatedRows)
    throw new WaysideError('conflict', `There is already an article ${id} in this language. Open it, or choose another id.`);
  tell({ event: 'article', data: { article: id } });
}

export function createArticle(ground: Ground, fresh: Fresh, by: string): Promise<ArticleView> {
  return change(ground, async (here) => {
    await insertArticle(here, fresh, { by, origin: 'technician' });
    return articleViewOf(await readArticle(here.tx, fresh.id, fresh.locale));
  });
}

/**
 * Saves an edit as a draft; edges keep what was published until the draft is. An edited pack article becomes ours and stands before the pack's.
 * @throws WaysideError `not-found`; `conflict` when another writer saved in between
 */
export function saveDraft(
  ground: Ground,
  id: string,
  locale: Locale,
  edit: z.output<typeof saveArticle>,
  by: string,
): Promise<ArticleView> {
  return change(ground, async (here) => {
    const row = await readArticle(here.tx, id, locale);
    checkVersion(row, edit.version);
    const { version, faults, tags, sources, ...text } = edit;
    await here.tx
      .updateTable('article')
      .set({
        ...text,
        ...jsonOf({ faults, tags, sources }),
        state: 'draft',
        version: version + 1,
        origin: row.origin === 'pack' ? 'technician' : row.origin,
        by,
        updatedAt: here.now,
      })
      .where('id', '=', id)
      .where('locale', '=', locale)
      .execute();
    here.tell({ event: 'article', data: { article: id } });
    return articleViewOf(await readArticle(here.tx, id, locale));
  });
}

/** @throws WaysideError `conflict` when the article is no longer the version that was read */
export function checkVersion(row: { version: number; by: string }, read: number): void {
  if (row.version !== read)
    throw new WaysideError(
      'conflict',
      `${row.by} has changed this article since you opened it (version ${row.version}, yours ${read}). Open it again and make your change there.`,
    );
}

const jsonOf = ({ faults, tags, sources }: Pick<Fresh, 'faults' | 'tags' | 'sources'>) => ({
  faultsJson: JSON.stringify(faults),
  tagsJson: JSON.stringify(tags),
  sourcesJson: JSON.stringify(sources),
});

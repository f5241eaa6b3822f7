import type { Applies } from '@wayside/contract';
import { type Locale, WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { ArticleRow, ArticleView, newArticle, saveArticle } from '../api/types.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import type { ArticleRecord } from '../store/schema.ts';
import { indexWords } from './index-words.ts';
import { usePictures } from './pictures/keep-picture.ts';
import { articleViewOf, readArticle } from './row.ts';
import { keepVersion } from './versions.ts';

type Fresh = z.output<typeof newArticle>;
type Made = { by: string; origin: ArticleRow['origin']; case?: string };
type Text = Pick<Fresh, 'title' | 'body' | 'family' | 'faults' | 'tags' | 'sources'> & { applies: Applies[] };

/** Writes a new draft. @throws WaysideError `conflict` when there is one of this id and language */
export async function insertArticle(here: Change, fresh: Fresh, made: Made): Promise<void> {
  const { id, locale, ...text } = fresh;
  const row: ArticleRecord = {
    id,
    locale,
    ...columnsOf(text),
    state: 'draft',
    version: 1,
    origin: made.origin,
    case: made.case ?? null,
    by: made.by,
    updatedAt: here.now,
    publishedJson: null,
    mergedInto: null,
  };
  const { numInsertedOrUpdatedRows } = await here.tx
    .insertInto('article')
    .values(row)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (!numInsertedOrUpdatedRows)
    throw new WaysideError('conflict', `There is already an article ${id} in this language. Open it, or choose another id.`);
  await keepVersion(here, row);
  await indexWords(here.tx, row);
  here.tell({ event: 'article', data: { article: id } });
}

export function createArticle(ground: Ground, fresh: Fresh, by: string): Promise<ArticleView> {
  return change(ground, async (here) => {
    await usePictures(here, fresh.body);
    await insertArticle(here, fresh, { by, origin: 'technician' });
    return articleViewOf(await readArticle(here.tx, fresh.id, fresh.locale), 0);
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
    await usePictures(here, edit.body);
    const { version: _, applies, ...text } = edit;
    return saveText(here, row, { ...text, applies: applies ?? (JSON.parse(row.appliesJson) as Applies[]) }, by);
  });
}

/** Gives an article another text, as a draft of the next version. The one before stays among its versions. */
export async function saveText(here: Change, row: ArticleRecord, text: Text, by: string, note: string | null = null): Promise<ArticleView> {
  await keepVersion(here, row);
  const origin = row.origin === 'pack' ? 'technician' : row.origin;
  const next = { ...row, ...columnsOf(text), state: 'draft', version: row.version + 1, origin, by, updatedAt: here.now };
  await indexWords(here.tx, next);
  return store(here, next, note);
}

/** Stores an article as it is to be now, and keeps that among its versions. */
export async function store(here: Change, next: ArticleRecord, note: string | null = null): Promise<ArticleView> {
  const { id, locale, ...columns } = next;
  await here.tx.updateTable('article').set(columns).where('id', '=', id).where('locale', '=', locale).execute();
  await keepVersion(here, next, note);
  here.tell({ event: 'article', data: { article: id } });
  return articleViewOf(next, 0);
}

/** @throws WaysideError `conflict` when the article is no longer the version that was read */
export function checkVersion(row: { version: number; by: string }, read: number): void {
  if (row.version !== read)
    throw new WaysideError(
      'conflict',
      `${row.by} has changed this article since you opened it (version ${row.version}, yours ${read}). Open it again and make your change there.`,
    );
}

const columnsOf = ({ title, body, family, faults, tags, sources, applies }: Text) => ({
  title,
  body,
  family,
  faultsJson: JSON.stringify(faults),
  tagsJson: JSON.stringify(tags),
  sourcesJson: JSON.stringify(sources),
  appliesJson: JSON.stringify(applies),
});

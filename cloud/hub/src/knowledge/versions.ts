import { type Locale, WaysideError } from '@wayside/protocol';
import type { ArticleVersion } from '../api/types.ts';
import type { Change } from '../store/change.ts';
import type { ArticleRecord, Db } from '../store/schema.ts';
import { articleViewOf } from './row.ts';

/** Keeps an article as it is now among its versions; the same version again changes nothing. `note` says why it came about. */
export async function keepVersion({ tx }: Change, row: ArticleRecord, note: string | null = null): Promise<void> {
  const { title, body, family, faults, tags, sources, applies } = articleViewOf(row, 0);
  await tx
    .insertInto('articleVersion')
    .values({
      id: row.id,
      locale: row.locale,
      version: row.version,
      state: row.state,
      textJson: JSON.stringify({ title, body, family, faults, tags, sources, applies }),
      by: row.by,
      at: row.updatedAt,
      note,
    })
    .onConflict((c) => c.doNothing())
    .execute();
}

const mostVersions = 200;

/** Every version of an article, the newest first. */
export async function listVersions(db: Db, id: string, locale: Locale): Promise<ArticleVersion[]> {
  const rows = await db
    .selectFrom('articleVersion')
    .selectAll()
    .where('id', '=', id)
    .where('locale', '=', locale)
    .orderBy('version', 'desc')
    .limit(mostVersions)
    .execute();
  return rows.map(({ textJson, version, state, by, at, note }) => ({
    version,
    state: state as ArticleVersion['state'],
    by,
    at,
    note,
    text: JSON.parse(textJson) as ArticleVersion['text'],
  }));
}

/** @throws WaysideError `not-found` */
export async function readVersion(db: Db, id: string, locale: Locale, version: number): Promise<ArticleVersion['text']> {
  const row = await db
    .selectFrom('articleVersion')
    .select('textJson')
    .where('id', '=', id)
    .where('locale', '=', locale)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!row) throw new WaysideError('not-found', `There is no version ${version} of the article ${id}.`);
  return JSON.parse(row.textJson) as ArticleVersion['text'];
}

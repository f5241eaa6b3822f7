import { type Applies, isAbout } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { Db } from '../store/schema.ts';
import type { ArticleRow } from './take-in.ts';

/** What a machine says of itself. */
export type Machine = Parameters<typeof isAbout>[1];

/** Is a text with these limits about one of these machines? */
export const isFor = (applies: string | null, machines: readonly Machine[]): boolean =>
  applies === null || (JSON.parse(applies) as Applies[]).some((each) => machines.some((machine) => isAbout(each, machine)));

/** Of one article's texts the one that stands for these machines: the hub's before a pack's, in this language before the other. */
export function standsFor(rows: readonly ArticleRow[], locale: Locale, machines: readonly Machine[]): ArticleRow | undefined {
  const stand = rows
    .filter(({ applies }) => isFor(applies, machines))
    .sort((a, b) => Number(b.origin === 'hub') - Number(a.origin === 'hub'));
  return stand.find((row) => row.locale === locale) ?? stand[0];
}

/**
 * Texts that do not stand for these machines: those about others, and a pack's where the hub has written anew of them.
 * @returns `origin locale id` of each
 */
export async function overruled(db: Db, machines: readonly Machine[]): Promise<string[]> {
  const rows = await db
    .selectFrom('article')
    .select(['id', 'locale', 'applies', 'origin'])
    .where((e) => e.or([e('origin', '=', 'hub'), e('applies', 'is not', null)]))
    .execute();
  return rows.flatMap(({ id, locale, applies, origin }) => {
    if (!isFor(applies, machines)) return [`${origin} ${locale} ${id}`];
    return origin === 'hub' ? [`pack ${locale} ${id}`] : [];
  });
}

import { type Locale, WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { ArticleView, articleMerge } from '../api/types.ts';
import { change, type Ground } from '../store/change.ts';
import { usePictures } from './pictures/keep-picture.ts';
import { articleViewOf, readArticle } from './row.ts';
import { checkVersion, saveText, store } from './write.ts';

/**
 * Takes another article into this one: the text as somebody joined it, the faults, tags, sources and machines of both. The other is archived
 * and says where it went. One that edges have must be withdrawn first, so that no edge loses an answer unnoticed.
 * @throws WaysideError `not-found`; `conflict` when either was changed meanwhile, or the other is published or comes with a pack; `invalid` into itself
 */
export function mergeArticle(
  ground: Ground,
  id: string,
  locale: Locale,
  by: string,
  merge: z.output<typeof articleMerge>,
): Promise<ArticleView> {
  if (merge.from === id) throw new WaysideError('invalid', 'An article cannot be merged into itself.');
  return change(ground, async (here) => {
    const into = await readArticle(here.tx, id, locale);
    const from = await readArticle(here.tx, merge.from, locale);
    checkVersion(into, merge.version);
    checkVersion(from, merge.fromVersion);
    await usePictures(here, merge.body);
    if (from.publishedJson !== null || from.origin === 'pack')
      throw new WaysideError('conflict', `Edges have the article ${from.id}. Merge this one into that, or withdraw that first.`);
    const [ours, theirs] = [articleViewOf(into, 0), articleViewOf(from, 0)];
    const both = <T>(a: readonly T[], b: readonly T[]) =>
      [...new Map([...a, ...b].map((one) => [JSON.stringify(one), one])).values()].slice(0, 50);
    await store(here, { ...from, state: 'withdrawn', version: from.version + 1, by, updatedAt: here.now, mergedInto: id }, `→ ${id}`);
    const text = {
      title: merge.title,
      body: merge.body,
      family: ours.family,
      faults: both(ours.faults, theirs.faults),
      tags: both(ours.tags, theirs.tags),
      sources: both(ours.sources, theirs.sources),
      // An article without limits is about every machine; so is what it becomes part of.
      applies: ours.applies.length === 0 || theirs.applies.length === 0 ? [] : both(ours.applies, theirs.applies),
    };
    return saveText(here, into, text, by, `← ${from.id}`);
  });
}

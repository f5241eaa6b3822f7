import { type Locale, WaysideError } from '@wayside/protocol';
import type { ArticleView } from '../api/types.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { articleViewOf, readArticle } from './row.ts';
import { readVersion } from './versions.ts';
import { checkVersion, saveText, store } from './write.ts';

/** The writer has finished: somebody who may publish is to look at it. Saying so twice changes nothing. @throws WaysideError `not-found`, `conflict` */
export function submit(ground: Ground, id: string, locale: Locale, by: string): Promise<ArticleView> {
  return change(ground, (here) => move(here, id, locale, by, { from: 'draft', to: 'not-validated', note: null }));
}

/** It goes back to its writer, who reads why. @throws WaysideError `not-found`, `conflict` */
export function giveBack(ground: Ground, id: string, locale: Locale, by: string, note: string): Promise<ArticleView> {
  return change(ground, (here) => move(here, id, locale, by, { from: 'not-validated', to: 'draft', note }));
}

async function move(
  here: Change,
  id: string,
  locale: Locale,
  by: string,
  { from, to, note }: { from: string; to: string; note: string | null },
): Promise<ArticleView> {
  const row = await readArticle(here.tx, id, locale);
  if (row.state === to) return articleViewOf(row, 0);
  if (row.state !== from) throw new WaysideError('conflict', `The article is ${row.state}. Only one that is ${from} can become ${to}.`);
  return store(here, { ...row, state: to, version: row.version + 1, by, updatedAt: here.now }, note);
}

/** An earlier text becomes the newest, as a draft; edges keep what is published until that is published again. @throws WaysideError `not-found`, `conflict` */
export function rollBack(
  ground: Ground,
  id: string,
  locale: Locale,
  by: string,
  read: { version: number; to: number },
): Promise<ArticleView> {
  return change(ground, async (here) => {
    const row = await readArticle(here.tx, id, locale);
    checkVersion(row, read.version);
    const text = await readVersion(here.tx, id, locale, read.to);
    return saveText(here, row, text, by, `↺ ${read.to}`);
  });
}

import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { HubError } from '../api/problem.ts';
import type { ArticleView } from '../api/types.ts';
import { keep, kept } from '../shell/kept.ts';
import { type ArticleText, readKept, sameText, textOf } from './text-of.ts';

/**
 * The text being edited: it starts from the article, survives leaving the page, and is saved against the version it was
 * written on. When somebody else saved in between, `conflict` holds their article and nothing is overwritten.
 * @param saved the newest article the hub has shown; a change of it never touches a text being edited
 */
export function useDraft(saved: ArticleView, onSaved: (article: ArticleView) => void) {
  const key = `article.${saved.id}.${saved.locale}`;
  const [start] = useState(() => readKept(kept(key)));
  const [edited, setEdited] = useState<{ version: number; text: ArticleText } | undefined>(start);
  const [conflict, setConflict] = useState<ArticleView | undefined>();
  const text = edited?.text ?? textOf(saved);
  const changed = edited !== undefined && !sameText(edited.text, textOf(saved));

  const set = (next: { version: number; text: ArticleText } | undefined) => {
    setEdited(next);
    keep(key, next === undefined ? '' : JSON.stringify(next));
  };
  const save = useAct(async (overVersion?: number) => {
    const version = overVersion ?? edited?.version ?? saved.version;
    try {
      const article = await hub.saveArticle(saved.id, saved.locale, { ...text, version });
      set(undefined);
      setConflict(undefined);
      onSaved(article);
    } catch (error) {
      if (!(error instanceof HubError) || error.code !== 'conflict') throw error;
      setConflict(await hub.article(saved.id, saved.locale));
    }
  });

  return {
    text,
    changed,
    restored: start !== undefined && edited === start && changed,
    save,
    conflict,
    edit: (part: Partial<ArticleText>) => set({ version: edited?.version ?? saved.version, text: { ...text, ...part } }),
    discard: () => set(undefined),
    takeTheirs: () => {
      if (conflict) onSaved(conflict);
      set(undefined);
      setConflict(undefined);
    },
    goOn: () => setConflict(undefined),
  };
}

import { Alert, Anchor, Button } from '@mantine/core';
import { useEffect } from 'react';
import type { ArticleView } from '../api/types.ts';
import { hashOf } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import { ArticleFields } from './article-fields.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { EditorHead } from './editor-head.tsx';
import css from './knowledge.module.css';
import { Sides } from './sides.tsx';
import { SimilarArticles } from './similar-articles.tsx';
import { useDraft } from './use-draft.ts';

/** Text on the left, how it reads on the right; saved by version, so nobody's words are lost. */
export function ArticleEditor({ article, onArticle }: { article: ArticleView; onArticle: (article: ArticleView) => void }) {
  const { w } = useWords();
  const draft = useDraft(article, onArticle);
  useEffect(() => {
    document.title = `${article.title} · ${w.app.name}`;
  }, [article.title, w]);
  return (
    <section
      className={css.editor}
      aria-label={article.title}
      onKeyDown={(event) => {
        if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        if (draft.changed) void draft.save.run();
      }}
    >
      <EditorHead article={article} draft={draft} onArticle={onArticle} />
      <div className={css.notes}>
        <Trouble error={draft.save.error} />
        {draft.restored && (
          <Alert p="xs" color="yellow" role="status">
            {w.editor.restored}{' '}
            <Button size="compact-xs" variant="default" onClick={draft.discard}>
              {w.editor.discard}
            </Button>
          </Alert>
        )}
        {article.origin === 'pack' && (
          <Alert p="xs" color="gray" role="note">
            {w.editor.packNote}
          </Alert>
        )}
        {article.case && (
          <Anchor size="sm" href={hashOf({ page: 'case', id: article.case })}>
            {w.editor.fromCase}
          </Anchor>
        )}
        {article.mergedInto && (
          <Anchor size="sm" href={hashOf({ page: 'article', id: article.mergedInto, locale: article.locale })}>
            {w.editor.mergedInto}
          </Anchor>
        )}
        <SimilarArticles article={article} unsaved={draft.changed} onArticle={onArticle} />
      </div>
      <ArticleFields text={draft.text} onEdit={draft.edit} />
      <Sides text={draft.text} onEdit={(body) => draft.edit({ body })} />
      <ConflictDialog draft={draft} />
    </section>
  );
}

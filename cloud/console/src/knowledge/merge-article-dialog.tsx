import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { ArticleView, SimilarArticle } from '../api/types.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';
import { TextDiff } from './text-diff.tsx';

type Props = { article: ArticleView; from: SimilarArticle; onClose: () => void; onArticle: (article: ArticleView) => void };

/** Two articles as one text, to be put right before they become one. */
export function MergeArticleDialog({ article, from, onClose, onArticle }: Props) {
  const { w } = useWords();
  const [body, setBody] = useState(from.joined);
  const merge = useAct(async () => {
    onArticle(await hub.mergeArticle(article, from, { title: article.title, body }));
    onClose();
  });
  return (
    <ActDialog
      title={w.editor.takeInTitle(from.title)}
      hint={w.editor.takeInText}
      act={merge}
      button={w.editor.takeIn}
      ready={body.trim() !== ''}
      size="xl"
      onClose={onClose}
    >
      <Textarea
        label={w.editor.body}
        autosize
        minRows={8}
        maxRows={14}
        maxLength={50_000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <TextDiff before={article.body} after={body} />
    </ActDialog>
  );
}

import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { ArticleView, SimilarArticle } from '../api/types.ts';
import { hashOf } from '../shell/route.ts';
import { Tag } from '../shell/tag.tsx';
import { sayPercent } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import { stateTone } from './article-table.tsx';
import css from './knowledge.module.css';
import { MergeArticleDialog } from './merge-article-dialog.tsx';

type Props = { article: ArticleView; unsaved: boolean; onArticle: (article: ArticleView) => void };

/** Other articles that may say the same, and the way to make them one. Nothing when there is none. */
export function SimilarArticles({ article, unsaved, onArticle }: Props) {
  const { w } = useWords();
  const [taking, setTaking] = useState<SimilarArticle | undefined>();
  const { data } = useLoaded(
    `similar ${article.id} ${article.locale} ${article.version}`,
    () => hub.similar(article.id, article.locale),
    (event) => event.event === 'article',
  );
  const similar = data?.similar ?? [];
  if (similar.length === 0 || article.state === 'withdrawn') return null;
  return (
    <Alert p="xs" color="gray" role="note" title={w.editor.similar}>
      <ul className={css.alike}>
        {similar.map((each) => (
          <li key={each.id}>
            <a href={hashOf({ page: 'article', id: each.id, locale: each.locale })}>{each.title}</a>
            <Tag tone={stateTone[each.state]}>{w.articles.states[each.state]}</Tag>
            <span>{w.editor.alike(sayPercent(each.likeness))}</span>
            {(each.state === 'draft' || each.state === 'not-validated') && each.origin !== 'pack' && (
              <Button size="compact-xs" variant="default" disabled={unsaved} onClick={() => setTaking(each)}>
                {w.editor.takeIn}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {taking && <MergeArticleDialog article={article} from={taking} onClose={() => setTaking(undefined)} onArticle={onArticle} />}
    </Alert>
  );
}

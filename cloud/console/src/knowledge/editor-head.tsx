import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import type { ArticleView } from '../api/types.ts';
import page from '../shell/page.module.css';
import { hashOf } from '../shell/route.ts';
import { Tag } from '../shell/tag.tsx';
import { useWords } from '../words/use-words.tsx';
import { stateTone } from './article-table.tsx';
import css from './knowledge.module.css';
import { PublishDialog } from './publish-dialog.tsx';
import type { useDraft } from './use-draft.ts';

type Props = { article: ArticleView; draft: ReturnType<typeof useDraft>; onArticle: (article: ArticleView) => void };

/** Which article, how it stands, and the acts: save, publish, withdraw. */
export function EditorHead({ article, draft, onArticle }: Props) {
  const { w } = useWords();
  const [asking, setAsking] = useState<'publish' | 'withdraw' | undefined>();
  return (
    <header className={page.head}>
      <ActionIcon component="a" href={hashOf({ page: 'articles' })} aria-label={w.shell.back}>
        <IconArrowLeft size={18} aria-hidden />
      </ActionIcon>
      <h1 className={`${page.title} ${css.headline}`}>{draft.text.title}</h1>
      <span className={css.status}>
        <Tag tone={stateTone[article.state]}>{w.articles.states[article.state]}</Tag>
        {article.origin === 'pack' && <Tag>{w.articles.origins.pack}</Tag>}
        <span>{article.locale === 'zh' ? '中文' : 'English'}</span>
        <span>{w.editor.version(article.version)}</span>
        <span className={draft.changed ? css.unsaved : undefined} role="status">
          {draft.changed ? w.editor.unsaved : w.editor.saved}
        </span>
      </span>
      <Button size="sm" variant="default" disabled={!draft.changed} loading={draft.save.busy} onClick={() => void draft.save.run()}>
        {w.editor.save}
      </Button>
      {article.state === 'published' && article.origin !== 'pack' && (
        <Button size="sm" variant="default" onClick={() => setAsking('withdraw')}>
          {w.editor.withdraw}
        </Button>
      )}
      {article.state !== 'published' && (
        <Button size="sm" onClick={() => setAsking('publish')}>
          {w.editor.publish}
        </Button>
      )}
      <PublishDialog act={asking} article={article} unsaved={draft.changed} onClose={() => setAsking(undefined)} onArticle={onArticle} />
    </header>
  );
}

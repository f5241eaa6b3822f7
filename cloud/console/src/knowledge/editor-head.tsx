import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { ArticleView } from '../api/types.ts';
import page from '../shell/page.module.css';
import { hashOf } from '../shell/route.ts';
import { Tag } from '../shell/tag.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { useMay } from '../sign-in/may.ts';
import { useWords } from '../words/use-words.tsx';
import { stateTone } from './article-table.tsx';
import { HistoryDrawer } from './history-drawer.tsx';
import css from './knowledge.module.css';
import { PublishDialog } from './publish-dialog.tsx';
import { SendBackDialog } from './send-back-dialog.tsx';
import type { useDraft } from './use-draft.ts';

type Props = { article: ArticleView; draft: ReturnType<typeof useDraft>; onArticle: (article: ArticleView) => void };

/** Which article, how far its review is, and the acts: save, hand in, send back, validate, archive. */
export function EditorHead({ article, draft, onArticle }: Props) {
  const { w } = useWords();
  const [asking, setAsking] = useState<'publish' | 'withdraw' | 'return' | 'history' | undefined>();
  const submit = useAct(async () => onArticle(await hub.submit(article)));
  const close = () => setAsking(undefined);
  const mayWrite = useMay('article:write');
  const mayPublish = useMay('article:publish');
  const isPacks = article.origin === 'pack';
  return (
    <header className={page.head}>
      <ActionIcon component="a" href={hashOf({ page: 'articles' })} aria-label={w.shell.back}>
        <IconArrowLeft size={18} aria-hidden />
      </ActionIcon>
      <h1 className={`${page.title} ${css.headline}`}>{draft.text.title}</h1>
      <span className={css.status}>
        <Tag tone={stateTone[article.state]}>{w.articles.states[article.state]}</Tag>
        {isPacks && <Tag>{w.articles.origins.pack}</Tag>}
        <span>{article.locale === 'zh' ? '中文' : 'English'}</span>
        <span>{w.editor.version(article.version)}</span>
        {article.uses > 0 && <span>{w.editor.used(article.uses)}</span>}
        <span className={draft.changed ? css.unsaved : undefined} role="status">
          {draft.changed ? w.editor.unsaved : w.editor.saved}
        </span>
      </span>
      <Tooltip label={w.editor.history}>
        <ActionIcon aria-label={w.editor.history} onClick={() => setAsking('history')}>
          <IconHistory size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {mayWrite && (
        <Button size="sm" variant="default" disabled={!draft.changed} loading={draft.save.busy} onClick={() => void draft.save.run()}>
          {w.editor.save}
        </Button>
      )}
      {mayWrite && article.state === 'draft' && (
        <Button size="sm" variant="default" disabled={draft.changed} loading={submit.busy} onClick={() => void submit.run()}>
          {w.editor.submit}
        </Button>
      )}
      {mayPublish && article.state === 'not-validated' && (
        <Button size="sm" variant="default" onClick={() => setAsking('return')}>
          {w.editor.sendBack}
        </Button>
      )}
      {mayPublish && article.state !== 'withdrawn' && !isPacks && (
        <Button size="sm" variant="default" onClick={() => setAsking('withdraw')}>
          {w.editor.withdraw}
        </Button>
      )}
      {mayPublish && article.state !== 'published' && (
        <Button size="sm" onClick={() => setAsking('publish')}>
          {w.editor.publish}
        </Button>
      )}
      <Trouble error={submit.error} />
      {(asking === 'publish' || asking === 'withdraw') && (
        <PublishDialog act={asking} article={article} unsaved={draft.changed} onClose={close} onArticle={onArticle} />
      )}
      {asking === 'return' && <SendBackDialog article={article} onClose={close} onArticle={onArticle} />}
      <HistoryDrawer article={article} opened={asking === 'history'} unsaved={draft.changed} onClose={close} onArticle={onArticle} />
    </header>
  );
}

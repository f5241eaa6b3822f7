import { Anchor, Drawer } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { CaseView, Locale } from '../api/types.ts';
import { hashOf } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useWords } from '../words/use-words.tsx';
import { useSpot } from './spot.ts';

// Markdown is a fifth of the code, and most visits to a case open no article.
const MarkdownView = lazy(() => import('../knowledge/markdown-view.tsx').then((m) => ({ default: m.MarkdownView })));

/** An article beside the case, so that reading it does not lose the place. */
export function ArticleDrawer({ view }: { view: CaseView }) {
  const { w, locale } = useWords();
  const { spot, clear } = useSpot();
  const id = spot.article?.id;
  const suggested = view.articles.filter((each) => each.id === id);
  const fits = suggested.find((each) => each.locale === locale) ?? suggested[0];
  return (
    <Drawer
      opened={id !== undefined}
      onClose={clear}
      position="right"
      size="lg"
      title={fits?.title ?? w.case.kinds.article}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      {id !== undefined && <Body id={id} locale={fits?.locale ?? locale} />}
    </Drawer>
  );
}

function Body({ id, locale }: { id: string; locale: Locale }) {
  const { w } = useWords();
  const { data, error, reload } = useLoaded(`article ${id} ${locale}`, () => hub.article(id, locale));
  if (data === undefined) return error ? <Trouble error={error} onRetry={reload} /> : <Waiting />;
  return (
    <>
      <Suspense fallback={<Waiting />}>
        <MarkdownView text={data.body} />
      </Suspense>
      <Anchor size="sm" href={hashOf({ page: 'article', id, locale })}>
        {w.case.openDraft}
      </Anchor>
    </>
  );
}

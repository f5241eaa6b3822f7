import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Reply } from '../api/edge.ts';
import type { ArticleText } from '../api/types.ts';
import { usePanel } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import styles from './article-detail.module.css';

const ArticleMarkdown = lazy(() => import('@wayside/web/article-markdown'));

/** An article opened: its text with its pictures, and where that comes from. */
export function ArticleDetail({ id, thing }: { id: string; thing?: string | undefined }) {
  const { edge } = usePanel();
  const { words, locale } = useWords();
  const [attempt, setAttempt] = useState(0);
  const [reply, setReply] = useState<Reply<ArticleText>>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again.
  useEffect(() => {
    let gone = false;
    setReply(undefined);
    const query = new URLSearchParams({ locale, ...(thing === undefined ? {} : { thing }) });
    void edge.get<ArticleText>(`v1/articles/${encodeURIComponent(id)}?${query}`).then((got) => gone || setReply(got));
    return () => {
      gone = true;
    };
  }, [edge, id, thing, locale, attempt]);

  if (!reply) return <p>{words.loading}</p>;
  if (reply.kind === 'missing') return <p>{words.articleMissing}</p>;
  if (reply.kind !== 'ok')
    return (
      <div className={styles.failed}>
        <p>{words.couldNotLoad}</p>
        <Button className={styles.again} variant="default" onClick={() => setAttempt(attempt + 1)}>
          {words.tryAgain}
        </Button>
      </div>
    );
  const { title, body, sources } = reply.body;
  return (
    <article className={styles.article}>
      <h1>{title}</h1>
      <Suspense fallback={<p>{words.loading}</p>}>
        <ArticleMarkdown text={body.replace(/^#\s.*\n+/, '')} pictureUrl={(hash) => edge.url(`v1/pictures/${hash}`)} />
      </Suspense>
      {sources.length > 0 && (
        <section className={styles.sources}>
          <h2>{words.articleSources}</h2>
          <ul>
            {sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}

import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { Locale } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { ArticleEditor } from './article-editor.tsx';

/** One article in one language, to read, change, publish. */
export function ArticlePage({ id, locale }: { id: string; locale: Locale }) {
  const { data, error, reload, set } = useLoaded(
    `article ${id} ${locale}`,
    () => hub.article(id, locale),
    (event) => event.event === 'article' && (event.data.article === id || event.data.article === undefined),
  );
  if (data === undefined) return error ? <Trouble error={error} onRetry={reload} m="lg" /> : <Waiting />;
  return <ArticleEditor article={data} onArticle={set} />;
}

import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBook2, IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { type ArticleFilter, hub, query } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import { Empty } from '../shell/empty.tsx';
import { useKeys } from '../shell/keys.ts';
import page from '../shell/page.module.css';
import { hashOf } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { useMay } from '../sign-in/may.ts';
import { useWords } from '../words/use-words.tsx';
import { ArticleFilters } from './article-filters.tsx';
import { ArticleTable } from './article-table.tsx';

/** Every article, found by state, language, family and words. */
export function ArticlesPage() {
  const { w } = useWords();
  const [filter, setFilter] = useState<ArticleFilter>({});
  const mayWrite = useMay('article:write');
  const [q] = useDebouncedValue(filter.q, 200);
  const asked = { ...filter, q };
  const { data, error, reload } = useLoaded(
    `articles ${query(asked)}`,
    () => hub.articles(asked),
    (event) => event.event === 'article',
  );
  const families = useFamilies(data?.articles.map((each) => each.family) ?? []);
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  useEffect(() => {
    document.title = `${w.articles.title} · ${w.app.name}`;
  }, [w]);
  const filtered = query(asked) !== '';

  return (
    <section className={page.page} aria-labelledby="articles-title">
      <header className={page.head}>
        <h1 id="articles-title" className={page.title}>
          {w.articles.title}
        </h1>
        <ArticleFilters filter={filter} families={families} search={search} onChange={setFilter} />
        {mayWrite && (
          <Button
            component="a"
            href={hashOf({ page: 'new-article' })}
            size="sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            className={page.end}
          >
            {w.articles.new}
          </Button>
        )}
      </header>
      <Trouble error={error?.code === 'unreachable' && data ? undefined : error} onRetry={reload} m="md" />
      {data === undefined && error === undefined && <Waiting />}
      {data !== undefined && data.articles.length === 0 && (
        <Empty
          icon={<IconBook2 size={34} stroke={1.3} />}
          title={w.articles.empty}
          hint={filtered ? w.articles.emptyFilter : w.articles.emptyHint}
        />
      )}
      {data !== undefined && data.articles.length > 0 && <ArticleTable articles={data.articles} />}
    </section>
  );
}

/** Families seen so far, so that choosing one does not take the others from the list. */
function useFamilies(now: string[]): string[] {
  const seen = useRef(new Set<string>());
  for (const family of now) seen.current.add(family);
  return [...seen.current].sort();
}

import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { ArticleRow, Locale } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';

const mostShown = 50;

/** One line for each article: its title in the language that is read here, else as it is. */
export function titlesOf(rows: readonly ArticleRow[], locale: Locale): { value: string; label: string }[] {
  const titles = new Map<string, string>();
  for (const { id, title, locale: its } of rows) if (its === locale || !titles.has(id)) titles.set(id, title);
  return [...titles].map(([value, label]) => ({ value, label }));
}

/** A published article about a family, found by its words as in the knowledge base. */
export function ArticleSelect({ family, value, onChange }: { family: string; value: string; onChange: (article: string) => void }) {
  const { w, locale } = useWords();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<{ value: string; label: string }>();
  // What is chosen stands in the field: that is no search.
  const [q] = useDebouncedValue(words === chosen?.label ? '' : words, 200);
  const { data, error, reload } = useLoaded(`article choice ${family} ${q}`, async () =>
    family === '' ? { articles: [] } : hub.articles({ family, q, state: 'published' }),
  );
  const found = titlesOf(data?.articles ?? [], locale).slice(0, mostShown);
  const isHere = found.some((one) => one.value === chosen?.value);
  return (
    <>
      <Select
        label={w.issues.article}
        description={family === '' ? w.issues.familyFirst : w.issues.articleHint}
        disabled={family === ''}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': w.issues.noArticle }}
        openOnFocus={false}
        data={chosen && !isHere ? [chosen, ...found] : found}
        // The hub has found them by more than their titles.
        filter={({ options }) => options.filter((one) => 'value' in one && found.some((each) => each.value === one.value))}
        nothingFoundMessage={data === undefined ? w.issues.searching : w.issues.nothingFound}
        searchValue={words}
        onSearchChange={setWords}
        value={value === '' ? null : value}
        onChange={(article, option) => {
          setChosen(option ?? undefined);
          onChange(article ?? '');
        }}
      />
      <Trouble error={error} onRetry={reload} />
    </>
  );
}

import { Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { ArticleFilter } from '../api/hub.ts';
import { useNames } from '../words/use-names.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './knowledge.module.css';

const states = ['draft', 'not-validated', 'published', 'withdrawn'] as const;

type Props = {
  filter: ArticleFilter;
  families: string[];
  search: RefObject<HTMLInputElement | null>;
  onChange: (filter: ArticleFilter) => void;
};

/** Narrow the list: words, state, language, family. */
export function ArticleFilters({ filter, families, search, onChange }: Props) {
  const { w } = useWords();
  const names = useNames();
  const choose = (name: keyof ArticleFilter) => (value: string | null) => onChange({ ...filter, [name]: value ?? '' });
  const all = { value: '', label: w.articles.all };
  return (
    <div className={css.filters}>
      <TextInput
        ref={search}
        className={css.search}
        type="search"
        aria-label={w.articles.search}
        placeholder={w.articles.search}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={filter.q ?? ''}
        onChange={(event) => onChange({ ...filter, q: event.currentTarget.value })}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      <Select
        aria-label={w.articles.state}
        w={150}
        allowDeselect={false}
        value={filter.state ?? ''}
        onChange={choose('state')}
        data={[{ ...all, label: w.articles.state }, ...states.map((value) => ({ value, label: w.articles.states[value] }))]}
      />
      <Select
        aria-label={w.articles.language}
        w={110}
        allowDeselect={false}
        value={filter.locale ?? ''}
        onChange={choose('locale')}
        data={[
          { ...all, label: w.articles.language },
          { value: 'en', label: 'English' },
          { value: 'zh', label: '中文' },
        ]}
      />
      <Select
        aria-label={w.articles.family}
        w={150}
        allowDeselect={false}
        value={filter.family ?? ''}
        onChange={choose('family')}
        data={[{ ...all, label: w.articles.family }, ...families.map((value) => ({ value, label: names.family(value) }))]}
      />
    </div>
  );
}

import { expect, it } from 'vitest';
import type { ArticleRow, Locale } from '../api/types.ts';
import { titlesOf } from './article-select.tsx';

const row = (id: string, locale: Locale, title: string) => ({ id, locale, title }) as ArticleRow;

it('names each article once, in the reader’s language where it is written in it', () => {
  const rows = [row('seal', 'zh', '密封件'), row('seal', 'en', 'The seal'), row('valve', 'zh', '阀门')];
  expect(titlesOf(rows, 'en')).toEqual([
    { value: 'seal', label: 'The seal' },
    { value: 'valve', label: '阀门' },
  ]);
  expect(titlesOf(rows.toReversed(), 'zh').map(({ label }) => label)).toEqual(['阀门', '密封件']);
});

import type { Article } from '@wayside/contract';
import { sectionsOf } from './sections.ts';
import { wordsOf } from './words.ts';

/** The words by which one section of an article is found, as the full-text index holds them. */
export type IndexedSection = { title: string; body: string };

/** An article's sections, in order. Splitting Chinese into words is most of what it costs to take an article in. */
export const indexArticle = ({ title, body, tags }: Pick<Article, 'title' | 'body' | 'tags'>): IndexedSection[] =>
  sectionsOf(body).map((section) => ({
    title: wordsOf(`${title} ${section.title} ${tags.join(' ')}`).join(' '),
    body: wordsOf(section.text).join(' '),
  }));

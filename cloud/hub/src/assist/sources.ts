import type { Citation } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { CaseView } from '../api/types.ts';
import { readArticle } from '../knowledge/row.ts';
import type { Db } from '../store/schema.ts';

/** A passage a reply may say, and what is cited for it. */
export type Source = { id: string; text: string; citation: Citation };

const most = { faults: 3, articles: 3, sections: 12, similar: 3 };

/**
 * All that a reply in this case may rest on, in the person's language: its faults with what is safe, the articles on them, its codes, and what
 * solved cases like it.
 */
export async function sourcesOf(db: Db, view: CaseView): Promise<Source[]> {
  const { locale, faults, dtcs } = view.handoff;
  const passages: Omit<Source, 'id'>[] = [];
  for (const { fault, title, explanation, safetyAdvice } of faults.slice(0, most.faults))
    passages.push({
      text: [title, explanation, safetyAdvice].map((part) => sentence(part[locale], locale)).join(' '),
      citation: { kind: 'fault', ref: fault, text: title[locale] },
    });
  passages.push(...(await articlePassages(db, view, locale)));
  for (const { code, title, state } of dtcs)
    if (state !== 'cleared' && title)
      passages.push({ text: sentence(`${code}: ${title[locale]}`, locale), citation: { kind: 'dtc', ref: code, text: title[locale] } });
  for (const { id, resolution } of view.similar.filter((each) => isIn(each.resolution, locale)).slice(0, most.similar))
    passages.push({ text: sentence(resolution, locale), citation: { kind: 'person', ref: id, text: resolution.slice(0, 300) } });
  return passages.map((passage, i) => ({ id: `p${i + 1}`, ...passage }));
}

async function articlePassages(db: Db, view: CaseView, locale: Locale): Promise<Omit<Source, 'id'>[]> {
  const fitting = view.articles.filter((each) => each.locale === locale).slice(0, most.articles);
  const texts = await Promise.all(fitting.map(({ id }) => readArticle(db, id, locale)));
  return texts
    .flatMap(({ id, title, body }) =>
      sectionsOf(body).map((text) => ({ text, citation: { kind: 'article' as const, ref: id, text: title } })),
    )
    .slice(0, most.sections);
}

/** An article's text by its headings, without its Markdown. */
export function sectionsOf(body: string): string[] {
  return body
    .split(/\n(?=#{1,4}\s)/)
    .map((section) =>
      section
        .replace(/^#{1,4}\s.*$/gm, '')
        .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
        .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
        .replace(/^\s*(?:[-*+]|\d+[.)])\s+/gm, '')
        .replace(/[*_`>]/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((text) => text !== '')
    .map((text) => text.slice(0, 1200));
}

const sentence = (text: string, locale: Locale) =>
  /[.!?。！？]$/.test(text.trim()) ? text.trim() : `${text.trim()}${locale === 'zh' ? '。' : '.'}`;

/** Technicians write what solved a case in their own language, which need not be the person's. */
const isIn = (text: string, locale: Locale) => /\p{Script=Han}/u.test(text) === (locale === 'zh');

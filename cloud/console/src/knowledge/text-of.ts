import type { SavedArticle } from '../api/hub.ts';
import type { ArticleView } from '../api/types.ts';

/** What a person can change in an article. */
export type ArticleText = Omit<SavedArticle, 'version'>;

/** The changeable part of an article. */
export const textOf = ({ title, body, family, faults, tags, sources, applies }: ArticleView): ArticleText => ({
  title,
  body,
  family,
  faults,
  tags,
  sources,
  applies,
});

/** Whether two texts say the same. */
export const sameText = (a: ArticleText, b: ArticleText): boolean => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

// The order of keys is the order in which JSON.stringify writes them; both sides go through here to have the same.
const plain = ({ title, body, family, faults, tags, sources, applies }: ArticleText) => [
  title,
  body,
  family,
  faults,
  tags,
  sources,
  applies.map(({ maker, model, firmware }) => [maker, model, firmware]),
];

/** A kept text together with the version it was written on; undefined when it is not one (an older console wrote it). */
export function readKept(json: string): { version: number; text: ArticleText } | undefined {
  try {
    const value = JSON.parse(json) as { version: number; text: ArticleText };
    const { title, body, family, faults, tags, sources } = value.text;
    const lists = [faults, tags, sources].every((list) => Array.isArray(list) && list.every((each) => typeof each === 'string'));
    const strings = [title, body, family].every((each) => typeof each === 'string');
    // A text kept by an older console knows no machines.
    const text = { ...value.text, applies: Array.isArray(value.text.applies) ? value.text.applies : [] };
    return lists && strings && typeof value.version === 'number' ? { version: value.version, text } : undefined;
  } catch {
    return undefined;
  }
}

/** An id made from a title: `Coolant low — what now?` → `coolant-low-what-now`. Empty when the title has no Latin letters. */
export const idOf = (title: string): string =>
  title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64);

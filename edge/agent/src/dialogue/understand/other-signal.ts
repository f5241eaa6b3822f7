import type { Locale, Signal } from '@wayside/protocol';
import { languageOf, wordsOf } from '../../knowledge/words.ts';
import type { Grammar } from '../grammar/grammar.ts';

/** Hears how somebody takes back a word, or asks for the next of the same kind: "no, the rear one", "and the right", "不对，后面的". */
export type Corrects = Pick<Grammar, 'after' | 'tells'>;
/** What stands for the thing itself and tells nothing of which. */
const idle: Record<Locale, RegExp> = { en: /^(?:one|ones|other|side|please)$/, zh: /[的那个边是呢吗我说要问看一下面侧]/g };

const wordsIn = (text: string, locale: Locale): string[] =>
  locale === 'zh'
    ? [...text.replace(idle.zh, '')].filter((char) => /[\p{L}\p{N}]/u.test(char))
    : wordsOf(text).filter((word) => !idle.en.test(word));

const titleWords = ({ title }: Pick<Signal, 'title'>): Set<string> =>
  new Set(wordsIn(typeof title === 'string' ? title : (title?.en ?? ''), 'en'));

/** The one signal whose title differs from this one's in a single word: of two, the other. Undefined where there are several, or none. */
export function siblingOf(signal: string, signals: Readonly<Record<string, Pick<Signal, 'title'>>>): string | undefined {
  if (!signals[signal]) return undefined;
  const was = titleWords(signals[signal]);
  const alike = Object.keys(signals).filter((id) => {
    const words = titleWords(signals[id]!);
    return id !== signal && was.size > 1 && words.size === was.size && [...words].filter((word) => was.has(word)).length === was.size - 1;
  });
  return alike.length === 1 ? alike[0] : undefined;
}

/**
 * The signal that a correction means: one like the signal asked for before, which has every word of the correction in its title and most of the other
 * title besides. Undefined for what is no correction, names nothing, or fits two alike.
 */
export function otherSignal(
  text: string,
  before: string,
  signals: Readonly<Record<string, Pick<Signal, 'title'>>>,
  grammar: Corrects,
): string | undefined {
  const locale = languageOf(text);
  const rest = grammar.after(text, 'corrects');
  const named = wordsIn(rest ?? '', locale);
  const titleOf = (id: string) => {
    const title = signals[id]?.title;
    return new Set(wordsIn(typeof title === 'string' ? title : (title?.[locale] ?? ''), locale));
  };
  if (named.length === 0 || named.length > 4 || !signals[before]) return undefined;
  const was = titleOf(before);
  const alike = Object.keys(signals)
    .filter((id) => id !== before)
    .map((id) => ({ id, title: titleOf(id) }))
    .filter(({ title }) => named.every((word) => title.has(word)) && named.some((word) => !was.has(word)))
    .map(({ id, title }) => ({ id, shared: [...title].filter((word) => was.has(word)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared);
  return alike[0] && alike[0].shared > (alike[1]?.shared ?? 0) ? alike[0].id : undefined;
}

import type { Locale } from '@wayside/protocol';
import { codes, figures } from './figures.ts';
import type { Loss } from './generator.ts';
import { isNegated } from './ground.ts';
import { normalise } from './words.ts';

/** Numbers as one language writes them and the other does not: 零下 11 is -11, 6 万 is 60000. */
const plain = (text: string) =>
  normalise(text)
    .replace(/零下\s*(?=\d)/g, '-')
    .replace(/(\d+(?:\.\d+)?)\s*万/g, (_, count: string) => String(Math.round(Number(count) * 10_000)));

const countOf = (items: readonly string[]) => Map.groupBy(items, (item) => item);

/** What one side has more of than the other. */
function unlike(ours: readonly string[], theirs: readonly string[]): string[] {
  const [a, b] = [countOf(ours), countOf(theirs)];
  return [...new Set([...ours, ...theirs])].filter((item) => a.get(item)?.length !== b.get(item)?.length);
}

/** Names that stand in the text: those that are known, and words no language has, such as AdBlue, ECU or ISO. */
function namesIn(text: string, known: readonly string[]): string[] {
  const odd = text.match(/(?<![\p{L}\d])(?:\p{Lu}{2,}|\p{L}*\p{Ll}\p{Lu}\p{L}*)(?![\p{L}\d])/gu) ?? [];
  const latin = /\p{Script=Han}/u.test(text) ? (text.match(/(?<![p{L}\d])[A-Za-z][A-Za-z-]{2,}(?![p{L}\d])/g) ?? []) : [];
  return [
    ...new Set([
      ...odd.filter((word) => word.length > 1 && /[A-Za-z]/.test(word)),
      ...latin,
      ...known.filter((name) => text.includes(name)),
    ]),
  ];
}

/** As a word of its own where words have borders. */
const standsIn = (name: string, text: string): boolean =>
  new RegExp(`(?<![\\p{Script=Latin}\\d])${RegExp.escape(name)}(?![\\p{Script=Latin}\\d])`, 'iu').test(text);

/**
 * What a translation lost or made up: every number with its unit and every code must be there as often as in the text, every name as it is,
 * and a sentence that says no must go on saying no. A check on words, not on meaning: what passes may still be clumsy, which is why the
 * original stands beside it; what does not pass is not shown.
 * @param names known ones, of people and machines
 */
export function lossesIn(text: string, translation: string, to: Locale, names: readonly string[]): Loss[] {
  const [source, target] = [plain(text), plain(translation)];
  const losses: Loss[] = [];
  const say = (what: Loss['what'], details: readonly string[]) => losses.push(...details.map((detail) => ({ what, detail })));
  const figuresOf = (one: string) => figures(one).map(({ number, unit }) => (unit === undefined ? number : `${number} ${unit}`));
  say('number', unlike(figuresOf(source), figuresOf(target)));
  say(
    'code',
    unlike(codes(source), codes(target)).map((code) => code.toUpperCase()),
  );
  say(
    'name',
    namesIn(text, names).filter((name) => !standsIn(name, translation)),
  );
  if (isNegated(text) !== isNegated(translation)) say('negation', ['']);
  const han = (translation.match(/\p{Script=Han}/gu) ?? []).length;
  const foreign =
    names
      .filter((name) => translation.includes(name))
      .join('')
      .match(/\p{Script=Han}/gu)?.length ?? 0;
  if (to === 'zh' ? han === 0 : han > foreign) say('language', [to]);
  const grown = translation.length / Math.max(1, text.length);
  if (to === 'en' ? grown > 12 || grown < 0.8 : grown > 1.5 || grown < 0.08) say('length', [grown.toFixed(1)]);
  return losses;
}

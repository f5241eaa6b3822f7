import { type Measure, readMeasures } from './measures.ts';
import { Unclear } from './unclear.ts';

export const languages = ['node', 'python', 'arduino'] as const;
export type Language = (typeof languages)[number];

/** What somebody wants made. */
export type Plan = {
  /** The thing's name for people: `Well pump`. */
  title: string;
  /** Its id on the wire, and what it is called among files: `well-pump-1`. */
  id: string;
  family: string;
  measures: Measure[];
  language: Language;
  /** Where npm or pip gets the SDK: a version, or a file. */
  sdk: string;
};

/** The answers to the four questions as they were typed. */
export type Answers = { title: string; family: string; measures: string; language: string };

/** A name as an id: `Well pump №2` is `well-pump-2`. Empty when nothing is left. */
export const idOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '');

/** @throws Unclear */
export function makePlan({ title, family, measures, language }: Answers, sdk: string): Plan {
  const name = title.trim();
  if (name === '' || name.length > 120) throw new Unclear('A device needs a name of 1 to 120 characters, such as “Well pump”.');
  const kind = idOf(family.trim() || name);
  if (!/^[a-z]/.test(kind))
    throw new Unclear('The family is a word in Latin letters, such as “well-pump”: other files are named after it.');
  if (!languages.includes(language as Language)) throw new Unclear(`There is no “${language}”. There are: ${languages.join(', ')}.`);
  return {
    title: name,
    id: `${idOf(name) || kind}-1`,
    family: kind,
    measures: readMeasures(measures),
    language: language as Language,
    sdk,
  };
}

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { sequence } from '../src/understanding/train-head.ts';
import { speakTemplate } from './speak-template.ts';

export type Said = { text: string; labels: string[] };
type Phrases = {
  rules?: Record<string, string>;
  lists?: Record<string, { in: string; out: string }[]>;
  intents: Record<string, { sentences: string[]; slots?: Record<string, string> }[]>;
};

export const packs = new URL('../../devices/packs/', import.meta.url);
/** Heard by the grammar alone: anywhere in a sentence, by the packs' own words, or only after an emergency. */
const notOurs = new Set(['emergency', 'complain', 'midway', 'may', 'term', 'no-danger']);
/** So many sentences of each label, pack and language. */
const many = { core: 60, family: 24 };

/** Slots that are part of what is wanted; which signal or which sign is meant is found otherwise. */
const labelOf = (intent: string, slots: Record<string, string> = {}) =>
  slots.step || (slots.answer && intent === 'mended')
    ? `${intent} ${slots.step ? `step=${slots.step}` : `answer=${slots.answer}`}`
    : intent;

/** Sentences that a pack's templates stand for, drawn by chance but the same every time, with what is wanted by them. */
export function speakTemplates(family: string, locale: string): Said[] {
  const phrases: Phrases = parse(readFileSync(new URL(`${family}/phrases/${locale}.yaml`, packs), 'utf8'));
  const lists = Object.fromEntries(Object.entries(phrases.lists ?? {}).map(([name, entries]) => [name, entries.map((one) => one.in)]));
  const own =
    locale === 'zh'
      ? { thing: ['机器', '车', '热泵', '水泵'], code: ['P0301'], number: ['3'] }
      : { thing: ['car', 'heat pump', 'pump'], code: ['P0301'], number: ['3'] };
  const words = { rules: phrases.rules ?? {}, lists: { ...own, ...lists } };
  const random = sequence(3);
  const byLabel = new Map<string, string[]>();
  for (const [intent, groups] of Object.entries(phrases.intents))
    for (const { sentences, slots } of groups) {
      const label = labelOf(intent, slots);
      if (!notOurs.has(intent)) byLabel.set(label, [...(byLabel.get(label) ?? []), ...sentences]);
    }
  return [...byLabel].flatMap(([label, templates]) => {
    const texts = new Set<string>();
    const wanted = family === 'core' ? many.core : many.family;
    for (let n = 0; n < wanted * 3 && texts.size < wanted; n++) {
      const text = speakTemplate(templates[n % templates.length]!, words, random);
      if (text) texts.add(text);
    }
    return [...texts].map((text) => ({ text, labels: [label] }));
  });
}

/**
 * What one of the files beside this one says, by label.
 * @param none the label of what is none of the others
 */
export const sentencesOf = (file: string, none?: string): Said[] =>
  Object.entries(parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as Record<string, string[]>).flatMap(([label, texts]) =>
    texts.map((text) => ({ text, labels: label === none ? [] : [label] })),
  );

/** What was written by hand beside the templates: how people speak, how those of other regions and habits do, and how they ask for a person. */
export const written = (): Said[] => [
  ...sentencesOf('intents.yaml', 'outside'),
  ...sentencesOf('regions.yaml', 'outside'),
  ...sentencesOf('person.yaml').flatMap(({ text, labels }) => (labels[0] === 'wish' ? [{ text, labels: ['person'] }] : [])),
  ...sentencesOf('person-asked.yaml', 'outside'),
];

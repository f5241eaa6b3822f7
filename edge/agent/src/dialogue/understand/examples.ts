import type { WholePack } from '@wayside/packs';
import { type Locale, locales } from '@wayside/protocol';
import { type Piece, parseTemplate } from '../grammar/template.ts';

/** A sentence that means one signal, one thing that somebody noticed, or one thing that hands may do. */
export type Said = { text: string; intent: 'signal' | 'observe' | 'may'; slots: Record<string, string> };

/** What the things of a family are called in a language, by `familyIn`. */
export type Examples = ReadonlyMap<string, readonly Said[]>;

export const familyIn = (family: string, locale: Locale): string => `${family} ${locale}`;

/** The examples of all families in all languages, as plain data, which one process can make for another. */
export const findExamples = (packs: readonly WholePack[]): Examples =>
  new Map(packs.flatMap((pack) => locales.map((locale) => [familyIn(pack.family, locale), examplesOf(pack, locale)] as const)));

/** The plainest sentence a template stands for: nothing that is optional, the first of what may be either; undefined where a list decides. */
function plainest(piece: Piece): string | undefined {
  if ('text' in piece) return piece.text;
  if ('list' in piece) return undefined;
  if ('any' in piece) return plainest(piece.any.find((one) => 'text' in one && one.text === '') ?? piece.any[0]!);
  const parts = piece.all.map(plainest);
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** What a family's signals and signs are called in a language: by their titles, its lists, and what is said of a sign. */
function examplesOf(pack: WholePack, locale: Locale): Said[] {
  const said: Said[] = [];
  const add = (text: string | undefined, intent: Said['intent'], slots: Said['slots']) => {
    const clean = text?.replace(/\s+/g, ' ').trim();
    if (clean) said.push({ text: clean, intent, slots });
  };
  const titled = (title: string | { en: string; zh: string }) => (typeof title === 'string' ? title : title[locale]);
  for (const [signal, { title }] of Object.entries(pack.thing.signals)) add(titled(title), 'signal', { signal });
  for (const [observation, { title, said: its }] of Object.entries(pack.observations))
    for (const text of [titled(title), ...(its?.[locale] ?? [])]) add(text, 'observe', { observation, answer: 'yes' });
  for (const [handling, { title }] of Object.entries(pack.handling ?? {})) add(titled(title), 'may', { handling });
  const phrases = pack.phrases[locale];
  if (!phrases) return said;
  const spoken = (template: string) => plainest(parseTemplate(template, phrases.rules));
  for (const { in: template, out } of phrases.lists.signal ?? []) add(spoken(template), 'signal', { signal: out });
  for (const { in: template, out } of phrases.lists.handling ?? []) add(spoken(template), 'may', { handling: out });
  for (const { in: template, out } of phrases.lists.observation ?? [])
    add(spoken(template), 'observe', { observation: out, answer: 'yes' });
  for (const { sentences, slots } of phrases.intents.observe ?? [])
    if (slots.observation && slots.answer !== 'no')
      for (const sentence of sentences) add(spoken(sentence), 'observe', { observation: slots.observation, answer: 'yes' });
  return said;
}

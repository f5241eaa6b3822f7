import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { WholePack } from '@wayside/packs';
import { type Locale, locales } from '@wayside/protocol';
import { coreFamily } from '../dialogue/grammar/compile-grammar.ts';
import { type Piece, parseTemplate } from '../dialogue/grammar/template.ts';
import { familyIn } from '../dialogue/understand/examples.ts';
import { expandTemplates, type ListOf } from './expand-template.ts';

/** What of a pack people's sentences are made of. */
export type SpokenPack = Pick<WholePack, 'family' | 'phrases'> & {
  thing: { signals: Titled; actions: Titled };
  observations: Titled;
  faults: Titled;
  dtcs: Record<string, unknown>;
};
type Titled = Record<string, { title: string | { en: string; zh: string } }>;

/**
 * Sentences that things of each family are likely to hear, by `familyIn`: packed, since only who listens to speech asks for them (`sayingsOf`). As characters:
 * bytes would hold on to the whole buffer they were read from.
 */
export type Sayings = ReadonlyMap<string, string>;
const pack = (lines: readonly string[]): string => deflateRawSync(lines.join('\n')).toString('latin1');
/** The sentences of one family in one language. */
export const sayingsOf = (packed: string | undefined): string[] =>
  packed === undefined ? [] : inflateRawSync(Buffer.from(packed, 'latin1')).toString().split('\n');

/** So many for a family: with more, few words would gain a neighbour they had not. */
const most = 2_000;
/** Codes a family knows, spelled as they are said; they teach what follows what. */
const mostCodes = 60;
/** Numbers people set and ask for, between which a recognizer finds the others. */
const numbers = [
  '0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '10',
  '15',
  '18',
  '19',
  '20',
  '21',
  '22',
  '23',
  '24',
  '25',
  '30',
  '40',
  '50',
  '60',
  '70',
  '80',
  '90',
  '100',
];

const text = (plain: string): Piece => ({ text: plain });

/** The sayings of all families but the core's, whose sentences are among each family's. As plain data, which one process can make for another. */
export function findSayings(packs: readonly SpokenPack[]): Sayings {
  const core = packs.find(({ family }) => family === coreFamily);
  const families = packs.filter(({ family }) => family !== coreFamily);
  return new Map(
    families.flatMap((spoken) =>
      locales.map((locale) => [familyIn(spoken.family, locale), pack(sitePhrases(spoken, core, locale))] as const),
    ),
  );
}

/** The sentences of one family in one language, its own and the core's with its own words in them. */
export function sitePhrases(pack: SpokenPack, core: SpokenPack | undefined, locale: Locale): string[] {
  const spoken = [pack, ...(core ? [core] : [])];
  const lists = new Map<string, Piece[]>();
  const put = (name: string, pieces: Piece[]) => lists.set(name, [...(lists.get(name) ?? []), ...pieces]);
  const titles = (titled: Titled) => Object.values(titled).map(({ title }) => text(typeof title === 'string' ? title : title[locale]));
  put('signal', titles(pack.thing.signals));
  put('action', titles(pack.thing.actions));
  put('observation', titles(pack.observations));
  put('fault', titles(pack.faults));
  put('number', numbers.map(text));
  put(
    'code',
    Object.keys(pack.dtcs)
      .slice(0, mostCodes)
      .map((code) => text([...code].join(' '))),
  );
  const templates: Piece[] = [];
  for (const { phrases } of spoken) {
    const { rules = {}, lists: named = {}, intents = {} } = phrases[locale] ?? {};
    for (const [name, entries] of Object.entries(named))
      put(
        name,
        entries.map((entry) => parseTemplate(entry.in, rules)),
      );
    for (const { sentences } of Object.values(intents).flat())
      templates.push(...sentences.map((sentence) => parseTemplate(sentence, rules)));
  }
  const listOf: ListOf = (name) => lists.get(name) ?? [];
  // Every name once by itself first: not each gets into a sentence.
  const names = [...lists].flatMap(([name, pieces]) =>
    name === 'number' ? [] : expandTemplates(pieces, listOf, Math.min(pieces.length, most / 8)),
  );
  return [...new Set([...names, ...expandTemplates(templates, listOf, most)])].slice(0, most);
}

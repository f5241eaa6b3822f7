import type { Cue, HeardWithin, WholePack } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import { heardAnywhere } from './alarm.ts';
import type { CompiledTemplates } from './automaton.ts';
import { parseTemplate } from './template.ts';
import { Templates } from './templates.ts';
import type { CueMeaning } from './told.ts';

/** What a sentence means. */
export type Meaning = { intent: string; slots: Record<string, string>; family: string };
/** What a word of a list stands for. */
export type Entry = { out: string; family: string };

export type CompiledLanguage = {
  sentences: CompiledTemplates<Meaning>;
  alarms: CompiledTemplates<Meaning>;
  /** What is listened for within a sentence, by the cue. */
  cues: Map<Cue, CompiledTemplates<CueMeaning>>;
  lists: Map<string, CompiledTemplates<Entry>>;
  /** Trouble codes that the packs know, in small letters. */
  codes: Set<string>;
  /** Whole words of the templates, for telling a typing error from a stranger. */
  words: Set<string>;
};

/** The phrases of all packs as plain data, which one process can make for another. */
export type CompiledGrammar = Record<Locale, CompiledLanguage>;

/** The family whose phrases hold for every thing. */
export const coreFamily = 'core';

/**
 * Compiles the phrases of all packs, for one matcher per language.
 * The core's `{signal}`, `{observation}`, `{action}`, `{fault}`, `{component}` and `{handling}` mean those of every family, by list and by title, `{term}` by name; `{code}` is any trouble code.
 * @throws WaysideError `pack-invalid` for a template that cannot be compiled
 */
export const compileGrammar = (packs: readonly WholePack[]): CompiledGrammar => ({ en: compile(packs, 'en'), zh: compile(packs, 'zh') });

function compile(packs: readonly WholePack[], locale: Locale): CompiledLanguage {
  const spaced = locale === 'en';
  const sentences = new Templates<Meaning>(spaced);
  const alarms = new Templates<Meaning>(spaced);
  const cues = new Map<Cue, Templates<CueMeaning>>();
  const lists = new Map<string, Templates<Entry>>();
  const codes = new Set<string>();
  const listOf = (family: string, name: string) => {
    const key = `${family}/${name}`;
    const list = lists.get(key) ?? new Templates<Entry>(spaced);
    lists.set(key, list);
    return list;
  };
  for (const pack of packs) {
    const { family } = pack;
    for (const code of Object.keys(pack.dtcs)) codes.add(code.toLowerCase());
    const titled: Record<string, Record<string, { title: string | { en: string; zh: string } }>> = {
      signal: pack.thing.signals,
      action: pack.thing.actions,
      observation: pack.observations,
      fault: pack.faults,
      component: pack.components ?? {},
      handling: pack.handling ?? {},
    };
    for (const [name, held] of Object.entries(titled)) {
      for (const [out, { title }] of Object.entries(held)) {
        listOf(coreFamily, name).add({ text: typeof title === 'string' ? title : title[locale] }, { out, family });
      }
    }
    for (const [out, { names }] of Object.entries(pack.terms ?? {}))
      for (const text of names[locale]) listOf(coreFamily, 'term').add({ text }, { out, family });
    const phrases = pack.phrases[locale];
    if (!phrases) continue;
    const rules = inFamilyAll(phrases.rules, family);
    const parsed = (sentence: string) => parseTemplate(inFamily(sentence, family), rules);
    for (const [name, entries] of Object.entries(phrases.lists)) {
      for (const entry of entries) {
        const piece = parseTemplate(entry.in, phrases.rules);
        listOf(family, name).add(piece, { out: entry.out, family });
        if (family !== coreFamily) listOf(coreFamily, name).add(piece, { out: entry.out, family });
      }
    }
    for (const [intent, groups] of Object.entries(phrases.intents)) {
      for (const { sentences: written, slots } of groups) {
        for (const sentence of written) (heardAnywhere.has(intent) ? alarms : sentences).add(parsed(sentence), { intent, slots, family });
      }
    }
    for (const [cue, groups] of Object.entries(phrases.cues) as [Cue, HeardWithin[]][]) {
      const heard = cues.get(cue) ?? new Templates<CueMeaning>(spaced);
      cues.set(cue, heard);
      for (const { sentences: written, ...meaning } of groups) for (const sentence of written) heard.add(parsed(sentence), meaning);
    }
  }
  return {
    sentences: sentences.compiled(),
    alarms: alarms.compiled(),
    cues: new Map([...cues].map(([cue, heard]) => [cue, heard.compiled()])),
    lists: new Map([...lists].map(([name, list]) => [name, list.compiled()])),
    codes,
    words: new Set([sentences, ...lists.values()].flatMap(({ words }) => [...words])),
  };
}

/** `{signal}` in a family's sentence means that family's list. */
const inFamily = (template: string, family: string) =>
  template.replace(/\{([^}:]+)(:[^}]*)?\}/g, (_, list: string, slot?: string) => `{${family}/${list}${slot ?? `:${list}`}}`);
const inFamilyAll = (rules: Record<string, string>, family: string) =>
  Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, inFamily(rule, family)]));

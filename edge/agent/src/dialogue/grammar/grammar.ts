import type { Cue } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import { hearAlarm } from './alarm.ts';
import { Automaton, type ListMatcher, type Reading } from './automaton.ts';
import { type CompiledGrammar, type CompiledLanguage, coreFamily, type Entry, type Meaning } from './compile-grammar.ts';
import { nearly } from './near-sentence.ts';
import { hasHan, longestSentence, normalise } from './sentence.ts';
import { writeCodes } from './spoken-code.ts';
import { readSpokenNumber } from './spoken-number.ts';
import { Templates } from './templates.ts';
import { type CueMeaning, coveredBy, hearTold, type Told } from './told.ts';

/** What a sentence means by a template: the pack family it came from (`core` for all), and how sure (1 when it matched to the letter). */
export type Match = { kind: 'match'; intent: string; slots: Record<string, string>; family: string; exact: boolean; confidence: number };
export type Matched = Match | { kind: 'none' };

/** A name in a sentence and what it stands for; `length` in characters of the sentence as it was read. */
export type Named = { out: string; length: number };

export type NamedThing = { id: string; title: string; family: string };

export type Grammar = {
  /** @param prefer the family of the thing at hand, which wins between equals */
  match(text: string, locale: Locale, prefer?: string): Matched;
  /** What a family calls by name anywhere in a sentence, by one of its lists or titles; the longest names first. */
  named(text: string, list: 'signal' | 'component' | 'term', family: string): Named[];
  /** All that a sentence tells by a cue, wherever in it. */
  told(text: string, cue: Cue): Told[];
  /** Whether it tells anything by it. */
  tells(text: string, cue: Cue): boolean;
  /** What stands in it behind all that is told of a cue at its beginning, in small letters; undefined where nothing is. */
  after(text: string, cue: Cue): string | undefined;
  /** Whether it is made of nothing else. */
  madeOf(text: string, cue: Cue): boolean;
  /** Replaces the titles by which things can be named. */
  nameThings(things: readonly NamedThing[]): void;
};

/** What a language is matched by, read from its compiled form. */
type Language = {
  sentences: Automaton<Meaning>;
  alarms: Automaton<Meaning>;
  cues: Map<Cue, Automaton<CueMeaning>>;
  lists: Map<string, Automaton<Entry>>;
  codes: ReadonlySet<string>;
  words: ReadonlySet<string>;
};

/** One matcher per language. */
export function createGrammar(compiled: CompiledGrammar, things: readonly NamedThing[] = []): Grammar {
  const languages = { en: languageOf(compiled.en), zh: languageOf(compiled.zh) };
  /** By the language of its script, else by the words of the other in it: people mix. */
  const heard = (text: string, cue: Cue): { told: Told[]; sentence: string } => {
    const first = hearIn(text, cue, asRead(text));
    const mixed = first.told.length === 0 && hasHan(text) && /[a-z]{2}/i.test(text);
    return mixed ? hearIn(text, cue, { locale: 'en', sentence: normalise(text.slice(0, longestSentence), 'en') }) : first;
  };
  const hearIn = (text: string, cue: Cue, { locale, sentence }: ReturnType<typeof asRead>) => {
    const automaton = languages[locale].cues.get(cue);
    const asked = /[?？]\W*$/u.test(text);
    return { sentence, told: automaton ? hearTold(automaton, { sentence, locale, asked }, listsOf(languages[locale])) : [] };
  };
  const grammar: Grammar = {
    match(text, locale, prefer) {
      const heard = text.slice(0, longestSentence * 2);
      for (const each of hasHan(heard) ? (['zh', 'en'] as const) : (['en'] as const)) {
        const sentence = normalise(heard, each);
        const alarm = hearAlarm(languages[each].alarms, sentence, each, () => hearIn(heard, 'no-alarm', { locale: each, sentence }).told);
        if (alarm) return inEmergency(alarm, matchExactly(languages[each], sentence.slice(0, longestSentence), prefer), prefer);
      }
      const { text: written, codes } = writeCodes(heard);
      if (written.length > longestSentence) return codes[0] ? codeAlone(codes[0]) : { kind: 'none' };
      // The script tells the language better than the setting: people mix.
      const first: Locale = hasHan(written) ? 'zh' : 'en';
      const order: Locale[] = first === 'zh' ? ['zh'] : locale === 'zh' ? ['en', 'zh'] : ['en'];
      for (const each of order) {
        const match = matchExactly(languages[each], normalise(written, each), prefer);
        if (match) return { kind: 'match', ...match, exact: true, confidence: 1 };
      }
      const near = nearly(normalise(written, first), first, languages[first].words, (sentence) =>
        matchExactly(languages[first], sentence, prefer),
      );
      if (near) return { kind: 'match', ...near.match, exact: false, confidence: near.confidence };
      return codes[0] ? codeAlone(codes[0]) : { kind: 'none' };
    },
    named(text, list, family) {
      const { locale, sentence } = asRead(text);
      return namesIn(languages[locale], sentence, `${coreFamily}/${list}`, family);
    },
    told: (text, cue) => heard(text, cue).told,
    tells: (text, cue) => heard(text, cue).told.length > 0,
    after(text, cue) {
      const { told, sentence } = heard(text, cue);
      const ends = told.flatMap(({ at, end }) => (at === 0 ? [end] : []));
      return ends.length > 0 ? sentence.slice(Math.max(...ends)).trim() : undefined;
    },
    madeOf(text, cue) {
      const { told, sentence } = heard(text, cue);
      return coveredBy(told, sentence);
    },
    nameThings(named) {
      for (const locale of ['en', 'zh'] as const) {
        const list = new Templates<Entry>(locale === 'en');
        for (const { id, title, family } of named.slice(0, 1_000)) list.add({ text: title.slice(0, 120) }, { out: id, family });
        languages[locale].lists.set(`${coreFamily}/thing`, new Automaton(list.compiled()));
      }
    },
  };
  grammar.nameThings(things);
  return grammar;
}

/** A sentence in its one form, and the language it is read in. */
function asRead(text: string): { locale: Locale; sentence: string } {
  const locale = hasHan(text) ? 'zh' : 'en';
  return { locale, sentence: normalise(text.slice(0, longestSentence), locale) };
}

const languageOf = ({ sentences, alarms, cues, lists, codes, words }: CompiledLanguage): Language => ({
  sentences: new Automaton(sentences),
  alarms: new Automaton(alarms),
  cues: new Map([...cues].map(([cue, heard]) => [cue, new Automaton(heard)])),
  lists: new Map([...lists].map(([name, list]) => [name, new Automaton(list)])),
  codes,
  words,
});

const codeAlone = (code: string): Match => ({
  kind: 'match',
  intent: 'dtc',
  slots: { code },
  family: coreFamily,
  exact: false,
  confidence: 0.8,
});

/** An emergency comes before whatever else the sentence means; what it tells about the machine is kept. */
function inEmergency(alarm: Meaning, whole: Meaning | undefined, prefer: string | undefined): Match {
  const seen = whole?.intent === 'observe' && whole.family === prefer ? whole.slots : {};
  return { kind: 'match', intent: alarm.intent, slots: { ...seen, ...alarm.slots }, family: coreFamily, exact: false, confidence: 0.95 };
}

function matchExactly(language: Language, sentence: string, prefer: string | undefined): Meaning | undefined {
  if (sentence === '') return undefined;
  const whole = language.sentences.read(sentence, 0, listsOf(language)).filter((reading) => reading.end === sentence.length);
  if (whole.length === 0) return undefined;
  const rank = (reading: Reading<Meaning>) => reading.literal + nearness(reading, prefer);
  const best = whole.reduce((a, b) => (rank(b) > rank(a) ? b : a));
  const slots = { ...best.meaning.slots };
  for (let slot = best.slots; slot; slot = slot.rest) slots[slot.slot] = slot.out;
  return { intent: best.meaning.intent, slots, family: familyOf(best) };
}

/**
 * Of two that know the whole sentence, another machine's is not likelier than the one that is everybody's; but where no machine is at hand, nothing was
 * said of one that could be pointed at.
 */
function nearness(reading: Reading<Meaning>, prefer: string | undefined): number {
  const family = familyOf(reading);
  if (family !== coreFamily) return family === prefer ? 1000 : 0;
  return prefer === undefined && reading.meaning.slots.signal === 'last' ? -0.5 : 0.5;
}

/** What the lists find in one sentence; each place is looked at once. */
function listsOf(language: Language): ListMatcher {
  const known = new Map<string, ReturnType<ListMatcher>>();
  const lists: ListMatcher = (name, text, at) => {
    const key = `${name}@${at}`;
    const before = known.get(key);
    if (before) return before;
    const found = name.endsWith('/code')
      ? readCode(language, text, at)
      : name.endsWith('/number')
        ? readNumber(text, at)
        : readList(language, name, text, at, lists);
    known.set(key, found);
    return found;
  };
  return lists;
}

function familyOf({ meaning, slots }: Reading<Meaning>): string {
  if (meaning.family !== coreFamily) return meaning.family;
  for (let slot = slots; slot; slot = slot.rest) if (slot.family) return slot.family;
  return coreFamily;
}

function readList(language: Language, name: string, text: string, at: number, lists: ListMatcher) {
  const list = language.lists.get(name);
  return list ? list.read(text, at, lists).map(({ end, meaning }) => ({ end, ...meaning })) : [];
}

/** Names of a list wherever they stand; of those that overlap the longest. */
function namesIn(language: Language, sentence: string, list: string, family: string): Named[] {
  const found: (Named & { at: number })[] = [];
  for (let at = 0; at < sentence.length; at++) {
    // A name begins where a word does.
    if (/[a-z\d]/.test(sentence[at - 1] ?? '') && /[a-z\d]/.test(sentence[at]!)) continue;
    for (const { end, out, family: of } of readList(language, list, sentence, at, () => [])) {
      const cut = /[a-z\d]/.test(sentence[end - 1] ?? '') && /[a-z\d]/.test(sentence[end] ?? '');
      if (of === family && end > at && !cut) found.push({ out, at, length: end - at });
    }
  }
  found.sort((a, b) => b.length - a.length);
  return found
    .filter((one, n) => !found.slice(0, n).some(({ at, length }) => one.at < at + length && at < one.at + one.length))
    .map(({ out, length }) => ({ out, length }));
}

function readCode(language: Language, text: string, at: number) {
  const word = /^[a-z][a-z0-9.]{0,31}/.exec(text.slice(at, at + 32))?.[0] ?? '';
  const isCode = /^[pcbu][0-3][0-9a-f]{3}$/.test(word) || language.codes.has(word);
  return isCode ? [{ end: at + word.length, out: word.toUpperCase() }] : [];
}

function readNumber(text: string, at: number) {
  const number = readSpokenNumber(text, at);
  return number ? [{ end: number.end, out: String(number.value) }] : [];
}

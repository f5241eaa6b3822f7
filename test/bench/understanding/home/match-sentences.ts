import type { Locale } from '@wayside/protocol';
import { Automaton, type ListMatcher, type Reading } from '../../../../edge/agent/src/dialogue/grammar/automaton.ts';
import { normalise } from '../../../../edge/agent/src/dialogue/grammar/sentence.ts';
import { readSpokenNumber } from '../../../../edge/agent/src/dialogue/grammar/spoken-number.ts';
import { type Piece, parseTemplate } from '../../../../edge/agent/src/dialogue/grammar/template.ts';
import { Templates } from '../../../../edge/agent/src/dialogue/grammar/templates.ts';
import type { Group, ListSource, SentenceSet } from './read-sentences.ts';

/** What is called by name in a home; `in`: a template of how it is said. */
export type Called = { in: string; domain?: string };
export type Home = { names: Called[]; areas: Called[]; floors: Called[] };

export type HomeIntent = { intent: string; slots: Record<string, string | number> };

type Entry = { out: string | number; domain?: string };

/**
 * The agent's own template automaton, given Home Assistant's sentences as they are written. What it adds is what those need beside ours: numbers in a
 * range, words that may be anything, and names that count only where their kind fits.
 */
export function createHomeMatcher(set: SentenceSet, locale: Locale): (text: string, home: Home) => HomeIntent | undefined {
  const spaced = locale === 'en';
  const plain = (text: string) => (spaced ? normalise(text, locale) : normalise(text, locale).replaceAll(' ', ''));
  const sentences = new Templates<Group>(spaced);
  for (const group of set.groups)
    for (const sentence of group.sentences) sentences.add(withDomains(parseTemplate(sentence, set.rules), group.domains), group);
  const automaton = new Automaton(sentences.compiled());
  const compiled = (entries: { in: string; entry: Entry }[]) => {
    const list = new Templates<Entry>(spaced);
    for (const { in: written, entry } of entries) list.add(parseTemplate(written, set.rules), entry);
    return new Automaton(list.compiled());
  };
  const valued = new Map(
    Object.entries(set.lists).flatMap(([name, list]) =>
      'values' in list ? [[name, compiled(list.values.map(({ in: written, out }) => ({ in: written, entry: { out } })))] as const] : [],
    ),
  );
  const skip = set.skipped.map(plain).sort((a, b) => b.length - a.length);
  const skipping = new RegExp(spaced ? `(?<![a-z])(?:${skip.join('|')})(?![a-z])` : `(?:${skip.join('|')})`, 'g');
  const wild = (name: string) => 'wildcard' in (set.lists[name] ?? {});

  return (text, home) => {
    const named = (called: Called[]) => compiled(called.map((one) => ({ in: one.in, entry: { out: one.in, ...one } })));
    const lists = new Map([...valued, ['name', named(home.names)], ['area', named(home.areas)], ['floor', named(home.floors)]] as const);
    const read: ListMatcher = (name, sentence, at) => {
      const [list = '', domains] = name.split('@');
      const source = set.lists[list];
      if (source && 'wildcard' in source) return anything(sentence, at, spaced);
      if (source && 'range' in source) return inRange(source, sentence, at);
      const found = lists.get(list)?.read(sentence, at, () => []) ?? [];
      return found
        .filter(({ meaning }) => !domains || (meaning.domain !== undefined && domains.split(' ').includes(meaning.domain)))
        .map(({ end, meaning }) => ({ end, out: String(meaning.out) }));
    };
    const heard = plain(text);
    const bare = heard
      .replace(skipping, ' ')
      .replace(/ +/g, spaced ? ' ' : '')
      .trim();
    for (const sentence of new Set([heard, bare])) {
      const whole = automaton.read(sentence, 0, read).filter(({ end }) => end === sentence.length);
      const best = whole.map((one) => weigh(one, wild)).toSorted(byWeight)[0];
      if (best) return best;
    }
    return undefined;
  };
}

/** A name that must be of some kind is a list of its own: `name@light fan`. */
function withDomains(piece: Piece, domains: string[] | undefined): Piece {
  if (!domains || 'text' in piece) return piece;
  if ('all' in piece) return { all: piece.all.map((one) => withDomains(one, domains)) };
  if ('any' in piece) return { any: piece.any.map((one) => withDomains(one, domains)) };
  return piece.list === 'name' ? { ...piece, list: `name@${domains.join(' ')}` } : piece;
}

/** Whatever stands here, up to each end of a word. */
function anything(text: string, at: number, spaced: boolean) {
  const ends: { end: number; out: string }[] = [];
  if (text[at] === ' ') return ends;
  for (let end = at + 1; end <= text.length; end++)
    if (text[end - 1] !== ' ' && (!spaced || end === text.length || text[end] === ' ')) ends.push({ end, out: text.slice(at, end) });
  return ends;
}

function inRange({ range }: Extract<ListSource, { range: unknown }>, text: string, at: number) {
  const number = readSpokenNumber(text, at);
  if (!number || number.value < range.from || number.value > range.to) return [];
  return [{ end: number.end, out: String(number.value * (range.multiplier ?? 1)) }];
}

type Weighed = HomeIntent & { wild: number; literal: number; parts: number };

/** What was taken as anything at all counts against a reading; then one that calls something by name is meant, then more words of its own and fewer parts. */
function weigh({ meaning, slots: filled, literal }: Reading<Group>, isWild: (list: string) => boolean): Weighed {
  const slots: Record<string, string | number> = { ...meaning.slots };
  let [wild, parts] = [0, 0];
  for (let slot = filled; slot; slot = slot.rest) {
    parts += 1;
    slots[slot.slot] = slot.out;
    if (isWild(listOf(meaning, slot.slot))) wild += slot.out.length;
  }
  return { intent: meaning.intent, slots, wild, literal, parts };
}
const listOf = ({ sentences }: Group, slot: string) => sentences.join(' ').match(new RegExp(`\\{([^{}:]+):${slot}\\}`))?.[1] ?? slot;

const byWeight = (a: Weighed, b: Weighed) =>
  a.wild - b.wild || Number('name' in b.slots) - Number('name' in a.slots) || b.literal - a.literal || a.parts - b.parts;

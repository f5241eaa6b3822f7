import type { Locale, Signal } from '@wayside/protocol';
import { coreFamily } from '../grammar/compile-grammar.ts';
import type { Grammar, Match, Matched } from '../grammar/grammar.ts';
import type { SessionState } from '../state.ts';
import { clauseSure, matchWhole } from './clauses.ts';
import { mayNameTime, pastTime } from './past-time.ts';
import { withLastSignal } from './refer.ts';

/** "Compare with last week", "比上周怎么样". */
const compares = /\b(?:compar\w+(?: (?:to|with))?|versus|vs|than|against)\b|[跟和与]?(?:相比|对比|比)/i;

/** What can be asked of a time that is over. */
const askable = new Set(['signal', 'before', 'why', 'faults']);

/** Who points back at a signal is brief; so long a sentence, in characters, is about something else. */
const longestReference = 48;
/** Only the time changes: "and yesterday?", "那昨天呢". */
const bare = /^(?:(?:and|but|so)? ?(?:what about|how about)?|那?(?:么|会儿)?呢?)[\s?？]*$/i;
const sameSignal: Match = { kind: 'match', intent: 'signal', slots: { signal: 'last' }, family: coreFamily, exact: false, confidence: 0.9 };

/**
 * A question about a time that is over, which no template holds, since times are without number: what it asks, with the time in its slots `from` and
 * `to` (epoch ms). What was wrong then is asked of the machine's past, not of its present.
 */
export async function aboutPast(
  text: string,
  {
    grammar,
    signals = {},
    state,
    locale,
    family,
    now,
  }: {
    grammar: Grammar;
    signals?: Readonly<Record<string, Signal>> | undefined;
    state: Pick<SessionState, 'lastSignal' | 'lastWish'>;
    locale: Locale;
    family: string | undefined;
    now: number;
  },
): Promise<Match | undefined> {
  if (!mayNameTime(text)) return undefined;
  // The reader of dates weighs some megabytes: "who won last night" does not bring it in.
  const asked = family !== undefined && compares.test(text.slice(0, 200));
  const ofSignal = state.lastWish?.intent === 'signal' && text.length <= longestReference;
  const named =
    grammar.tells(text, 'trouble') ||
    grammar.tells(text, 'measured') ||
    (family !== undefined && grammar.named(text.slice(0, 200), 'signal', family).length > 0) ||
    Object.values(signals).some(({ title }) => speaksOf(text.slice(0, 200).toLowerCase(), title));
  if (!asked && !named && !ofSignal) return undefined;
  const past = await pastTime(text, now, grammar);
  if (!past) return undefined;
  const compared = asked ? comparedIn(past.rest, { grammar, locale, family: family ?? coreFamily, last: state.lastSignal }) : undefined;
  if (compared) {
    const slots = { signal: compared, figure: 'compare', from: String(past.from), to: String(past.to) };
    return { kind: 'match', intent: 'signal', slots, family: family ?? coreFamily, exact: false, confidence: clauseSure };
  }
  const matched = [past.rest, inPresent(past.rest)].map((rest) => matchWhole(rest, grammar, locale, family));
  const said: Matched = ofSignal && bare.test(past.rest) ? sameSignal : (matched.find(isAskable) ?? matched[0]!);
  const known = withLastSignal(said, state);
  const match = isAskable(known)
    ? known
    : asksPast(text, grammar)
      ? (figureNamed(past.rest, grammar, family) ?? wasWrong(text, grammar))
      : undefined;
  if (!match) return undefined;
  const slots = { ...match.slots, from: String(past.from), to: String(past.to) };
  return { ...match, intent: match.intent === 'signal' ? 'signal' : 'before', slots };
}

/** By its mark or its words: what was is asked, and not told. */
const asksPast = (text: string, grammar: Grammar): boolean => /[?？]\s*$/.test(text) || grammar.tells(text, 'asks-past');

const isAskable = (match: Matched): match is Match => match.kind === 'match' && askable.has(match.intent);

/** Templates ask of now: "how warm was it in the room" as "how warm is it in the room". */
const inPresent = (rest: string): string =>
  rest
    .replace(/\bwas\b/gi, 'is')
    .replace(/\bwere\b/gi, 'are')
    .replace(/\bdid\b/gi, 'does')
    .replace(/\bhad\b/gi, 'has');

/** Who names a signal and a time that is over, and asks, asks what it was, however the sentence goes. */
function figureNamed(rest: string, grammar: Grammar, family: string | undefined): Match | undefined {
  const [named] = family === undefined ? [] : grammar.named(rest, 'signal', family);
  if (!named) return undefined;
  const figures = grammar.told(rest, 'extreme').map(({ slots }) => slots.figure);
  const figure = ['most', 'least'].find((one) => figures.includes(one));
  return {
    kind: 'match',
    intent: 'signal',
    slots: { signal: named.out, ...(figure ? { figure } : {}) },
    family: family ?? coreFamily,
    exact: false,
    confidence: clauseSure,
  };
}

/** "Were there any problems overnight?" */
const wasWrong = (text: string, grammar: Grammar): Match | undefined =>
  grammar.tells(text, 'trouble')
    ? { kind: 'match', intent: 'before', slots: {}, family: coreFamily, exact: false, confidence: clauseSure }
    : undefined;

/** The signal that is to be compared: the one asked for or named, else the one read last. */
function comparedIn(
  rest: string,
  { grammar, locale, family, last }: { grammar: Grammar; locale: Locale; family: string; last: string | undefined },
): string | undefined {
  const asked = matchWhole(
    rest
      .replace(compares, ' ')
      .replace(/\b(?:with|to|of|from)\s*$/i, '')
      .trim(),
    grammar,
    locale,
    family,
  );
  if (asked.kind === 'match' && asked.intent === 'signal' && asked.slots.signal && asked.slots.signal !== 'last') return asked.slots.signal;
  return grammar.named(rest, 'signal', family)[0]?.out ?? last;
}

/** Has the text a word of a signal's title in it, or two characters of a Chinese one? */
function speaksOf(text: string, title: Signal['title']): boolean {
  const { en, zh } = typeof title === 'string' ? { en: title, zh: title } : title;
  const pairs = [...zh].map((char, i, all) => char + (all[i + 1] ?? '')).filter((pair) => pair.length > 1);
  return [
    ...en
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => word.length > 2),
    ...pairs,
  ].some((word) => text.includes(word));
}

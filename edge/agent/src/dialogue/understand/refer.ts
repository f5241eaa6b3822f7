import type { Signal } from '@wayside/protocol';
import { languageOf } from '../../knowledge/words.ts';
import type { Matched } from '../grammar/grammar.ts';
import type { SessionState } from '../state.ts';
import { otherSignal, siblingOf } from './other-signal.ts';

/** What can be meant by "the other one": the machines here, and what the one at hand measures. */
export type Around = { things: readonly { id: string; title: string }[]; signals?: Readonly<Record<string, Signal>> | undefined };

const other = {
  en: /^(?:(?:no|nope|sorry|wait|and|what about|how about|i mean(?:t)?|not that(?: one)?)[\s,.!]*)*the other (?:one|machine|thing|unit|side)[\s?.!]*$/i,
  zh: /^(?:(?:不对?|不是(?:这个)?|错了|我(?:是)?说|那|还有)[\s，,。！]*)*(?:另外?(?:一)?[个台边]|那(?:一)?[个台边])(?:呢|的)?[\s？?。！]*$/,
};
const corrects = {
  en: /^(?:(?:no|nope|sorry|wait|not that(?: one)?|i mean(?:t)?|and|what about|how about)(?![a-z])[\s,.:;!]*)+/i,
  zh: /^(?:(?:不对?|不是(?:这个|那个)?|错了|我是说|我说的是|我问的是|那|还有|换成)[\s，,。：；！]*)+/,
};

/**
 * What is wished by pointing at what was said before: "no, the rear one" and "the other one" mean another signal like the one asked for, or, where
 * there is none, the same about another machine; "no, the car" means the same about that one. Undefined where that is not plain.
 */
export function referred(
  text: string,
  { lastSignal, lastWish, thing }: SessionState,
  { things, signals = {} }: Around,
): { intent: string; slots: Record<string, string> } | undefined {
  const language = languageOf(text);
  const said = text.trim();
  const signal =
    lastSignal && (otherSignal(said, lastSignal, signals) ?? (other[language].test(said) ? siblingOf(lastSignal, signals) : undefined));
  if (signal) return { intent: 'signal', slots: { signal } };
  if (!lastWish) return undefined;
  const others = things.filter(({ id }) => id !== thing);
  const meant = other[language].test(said) ? others : others.filter(({ title }) => names(said, title, corrects[language]));
  const [one, ...more] = meant;
  return one && more.length === 0 ? { intent: lastWish.intent, slots: { ...lastWish.slots, thing: one.id } } : undefined;
}

/** A correction that is nothing but a machine's name, or the last word of it. */
function names(said: string, title: string, begins: RegExp): boolean {
  const rest = said
    .replace(begins, '')
    .toLowerCase()
    .replace(/[\s?.!。？！]+$/u, '')
    .replace(/^(?:the|my|our) /, '')
    .replace(/呢$/, '');
  if (rest === '' || rest.length === said.length) return false;
  const whole = title.toLowerCase();
  return rest === whole || rest === whole.split(' ').at(-1);
}

/** "What was it then?" is asked of the signal just talked of; where that was something else, nothing is known by it. */
export function withLastSignal(match: Matched, { lastSignal, lastWish }: Pick<SessionState, 'lastSignal' | 'lastWish'>): Matched {
  if (match.kind === 'none' || match.slots.signal !== 'last') return match;
  return lastSignal && lastWish?.intent === 'signal' ? { ...match, slots: { ...match.slots, signal: lastSignal } } : { kind: 'none' };
}

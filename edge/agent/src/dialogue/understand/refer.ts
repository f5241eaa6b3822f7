import type { Signal } from '@wayside/protocol';
import { languageOf } from '../../knowledge/words.ts';
import type { Matched } from '../grammar/grammar.ts';
import { normalise } from '../grammar/sentence.ts';
import type { SessionState } from '../state.ts';
import { type Corrects, otherSignal, siblingOf } from './other-signal.ts';

/** What can be meant by "the other one": the machines here, and what the one at hand measures. */
export type Around = {
  things: readonly { id: string; title: string; family?: string }[];
  signals?: Readonly<Record<string, Signal>> | undefined;
};

/**
 * What is wished by pointing at what was said before: "no, the rear one" and "the other one" mean another signal like the one asked for, or, where
 * there is none, the same about another machine; "no, the car" means the same about that one. Undefined where that is not plain.
 */
export function referred(
  text: string,
  { lastSignal, lastWish, thing }: SessionState,
  { things, signals = {}, grammar }: Around & { grammar: Corrects },
): { intent: string; slots: Record<string, string> } | undefined {
  const other = grammar.tells(text, 'the-other');
  const signal = lastSignal && (otherSignal(text, lastSignal, signals, grammar) ?? (other ? siblingOf(lastSignal, signals) : undefined));
  if (signal) return { intent: 'signal', slots: { signal } };
  if (!lastWish) return undefined;
  const others = things.filter(({ id }) => id !== thing);
  const rest = grammar.after(text, 'corrects');
  const meant = other ? others : others.filter(({ title }) => rest !== undefined && names(rest, title));
  const [one, ...more] = meant;
  return one && more.length === 0 ? { intent: lastWish.intent, slots: { ...lastWish.slots, thing: one.id } } : undefined;
}

/** What is nothing but a machine's name, or the last word of it. */
function names(rest: string, title: string): boolean {
  const named = rest.replace(/^(?:the|my|our) /, '').replace(/呢$/, '');
  const whole = normalise(title, languageOf(title));
  return named !== '' && (named === whole || named === whole.split(' ').at(-1));
}

/** "What was it then?" is asked of the signal just talked of; where that was something else, nothing is known by it. */
export function withLastSignal(match: Matched, { lastSignal, lastWish }: Pick<SessionState, 'lastSignal' | 'lastWish'>): Matched {
  if (match.kind === 'none' || match.slots.signal !== 'last') return match;
  return lastSignal && lastWish?.intent === 'signal' ? { ...match, slots: { ...match.slots, signal: lastSignal } } : { kind: 'none' };
}

import type { Locale } from '@wayside/protocol';
import type { Grammar } from '../grammar/grammar.ts';
import { hasHan, normalise } from '../grammar/sentence.ts';
import { readSpokenNumber } from '../grammar/spoken-number.ts';

/** Where somebody may turn round in the middle: at a mark, and before what one turns round with. */
const turns =
  /[,;!?，。；！？、…\n]+|\.(?!\d)|\s+(?=(?:no|wait|actually|scratch|never mind|forget|on second|hang on|oh)\b)|(?=算了|想了想|还是别|还是不|等等|说错|哎?不对|哦不)/giu;
const mostClauses = 8;
/** Longer than this it is a tale. */
const longest = 200;
const takesBack = new Set(['cancel', 'no', 'undo']);
/** "It's 22, no?" asks whether it is so. */
const tag = /\bno\s*\?\s*$/i;

/**
 * What somebody ends up wanting who changes an order while they give it: "make it 22, no, leave it" is "leave it", "21, no hang on, 22" the same order with the
 * last number. Any other sentence is itself.
 */
export function asItEnds(text: string, grammar: Pick<Grammar, 'match' | 'tells'>, locale: Locale, family: string | undefined): string {
  if (text.length > longest || tag.test(text)) return text;
  const clauses = text.split(turns).flatMap((one) => (one?.trim() ? [one.trim()] : []));
  if (clauses.length < 2 || clauses.length > mostClauses) return text;
  const heard = clauses.map((clause) => {
    const match = grammar.match(clause, locale, family);
    return match.kind === 'match' ? match : undefined;
  });
  const first = heard.findIndex((one) => one?.intent === 'command' && one.slots.action !== undefined);
  if (first < 0) return text;
  const turnsRound = (n: number) => n > first && (takesBack.has(heard[n]?.intent ?? '') || grammar.tells(clauses[n]!, 'holds-off'));
  const value = heard.findLastIndex((one, n) => n > first && one?.intent === 'command' && one.slots.value !== undefined);
  if (value > 0) return withNumber(clauses[first]!, Object.values(heard[first]!.slots), heard[value]!.slots.value!) ?? text;
  const others = heard.some((one, n) => n > first && one?.intent === 'command');
  const back = others ? [] : clauses.keys().filter(turnsRound).toArray();
  const plainest = back.find((n) => heard[n]?.intent === 'cancel') ?? back[0];
  return plainest === undefined ? text : heard[plainest]?.intent === 'cancel' ? clauses[plainest]! : takenBack[locale];
}

/** The clause with another number in place of the one that its order has, in figures or in words. */
function withNumber(clause: string, ordered: readonly string[], value: string): string | undefined {
  const said = /\d/.test(clause) ? clause : normalise(clause, hasHan(clause) ? 'zh' : 'en');
  for (let at = 0; at < said.length; at++) {
    const number = readSpokenNumber(said, at);
    if (number && ordered.some((one) => Number(one) === number.value)) return `${said.slice(0, at)}${value}${said.slice(number.end)}`;
  }
  return undefined;
}

/** Said for a bare "no": by itself, that would answer nothing. */
const takenBack: Record<Locale, string> = { en: 'leave it', zh: '算了' };

import type { Locale } from '@wayside/protocol';
import type { Grammar, Match, Matched } from '../grammar/grammar.ts';

/** Which of several clauses is the wish: danger before all, then a person, then the machine, small talk last. */
export const weightiest = [
  'emergency',
  'self-harm',
  'person',
  'health',
  'may',
  'safe',
  'observe',
  'dtc',
  'command',
  'howto',
  'signal',
  'why',
  'faults',
  'status',
  'cancel',
  'thanks',
  'bye',
];
export const clauseSure = 0.9;
/** Thanks are all that was meant only where nothing longer than this, in characters, stays unheard beside them. */
export const polite = new Set(['thanks', 'bye']);
const longestAside = 24;

export const clausesOf = (text: string): string[] =>
  text.split(/[!?;,。！？，；、…\n]+|\.(?!\d)/).filter((clause) => clause.trim().length > 1);
export const mostClauses = 5;

/** The whole sentence; else the weightiest of its clauses ("This is useless! Why is the light on?"). */
export function matchWhole(text: string, grammar: Grammar, locale: Locale, family: string | undefined): Matched {
  const whole = grammar.match(text, locale, family);
  if (whole.kind === 'match') return whole;
  const clauses = clausesOf(text);
  if (clauses.length < 2 || clauses.length > mostClauses) return whole;
  const heard = clauses.map((clause) => grammar.match(clause, locale, family));
  // "I am nervous. Which step was it?" asks for the step.
  const aside = new Set(
    heard.filter((match, at) => match.kind === 'match' && match.intent === 'safe' && grammar.tells(clauses[at]!, 'feels')),
  );
  const rank = (match: Match) => (aside.has(match) ? weightiest.length : weightiest.indexOf(match.intent));
  const matches = heard.filter((match) => match.kind === 'match' && weightiest.includes(match.intent)) as Match[];
  const best = matches.sort((a, b) => rank(a) - rank(b))[0];
  // Nor is how somebody feels all that was meant beside something longer that no template knows.
  if (
    !best ||
    ((polite.has(best.intent) || aside.has(best)) &&
      clauses.some((clause, at) => heard[at]?.kind === 'none' && clause.trim().length > longestAside))
  )
    return whole;
  return { ...best, exact: false, confidence: best.confidence * clauseSure };
}

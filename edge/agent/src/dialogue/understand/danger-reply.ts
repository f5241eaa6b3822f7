import { languageOf } from '../../knowledge/words.ts';
import { emergencyIntent, heardAnywhere } from '../grammar/alarm.ts';
import { coreFamily } from '../grammar/compile-grammar.ts';
import type { Match } from '../grammar/grammar.ts';
import type { RespondParts } from '../respond-parts.ts';
import { shortAnswer } from './short-answer.ts';

const replies = new Set(['yes', 'no', 'unsure'] as const);
type Reply = typeof replies extends Set<infer One> ? One : never;
const asReply = (heard: string | undefined): Reply | undefined => [...replies].find((one) => one === heard);

/** What somebody answers who was asked whether there is danger. Undefined for a sentence of its own, danger that is named among them. */
export async function dangerReply({ text, locale, grammar, classify }: RespondParts): Promise<Reply | undefined> {
  const match = grammar.match(text, locale);
  if (match.kind === 'match' && heardAnywhere.has(match.intent)) return undefined;
  const known = match.kind === 'match' ? (match.intent === 'no-danger' ? 'no' : match.intent) : undefined;
  const plain = known ?? shortAnswer(text, grammar);
  if (asReply(plain) || (match.kind === 'match' && match.exact)) return asReply(plain);
  const meant = await classify?.(text, { locale: languageOf(text), family: undefined, waits: 'answer', onlyReplies: true });
  return asReply(meant?.intent);
}

/** Danger, as the person themselves says. */
export const dangerOf = (hazard: string): Match => ({
  kind: 'match',
  intent: emergencyIntent,
  slots: { hazard },
  family: coreFamily,
  exact: false,
  confidence: 1,
});

import type { Draft, Offer, Offered } from './generator.ts';
import { sentences } from './words.ts';

/** JSON Schema, as far as `node-llama-cpp` turns it into a grammar. */
export type GrammarSchema =
  | { const: string }
  | { enum: string[] }
  | { type: 'string'; minLength?: number; maxLength?: number }
  | { type: 'array'; items: GrammarSchema; minItems?: number; maxItems?: number }
  | { type: 'object'; properties: Record<string, GrammarSchema> }
  | { oneOf: GrammarSchema[] };

/** Longest claim, in characters. An answer is spoken or read at arm's length: one sentence. */
export const claimCharacters = 220;
export const claimsAtMost = 2;

/**
 * The name an offer goes by inside the prompt: `p1`, `q1`, `a1`. Real ids can be long, and a small model
 * copies a short label where it would garble a long one.
 */
export function labels(offers: Offer[], letter: 'p' | 'q' | 'a'): string[] {
  return offers.map((_, index) => `${letter}${index + 1}`);
}

const object = (properties: Record<string, GrammarSchema>): GrammarSchema => ({ type: 'object', properties });

/**
 * The schema of a draft over exactly what is offered this turn: an id that was not offered cannot be written.
 * `cite` stands before `text`, so the model picks its passage first and then words it.
 */
export function draftSchema(offered: Offered): GrammarSchema {
  const kinds: GrammarSchema[] = [];
  if (offered.passages.length > 0) {
    const claim = object({
      cite: { enum: labels(offered.passages, 'p') },
      text: { type: 'string', minLength: 8, maxLength: claimCharacters },
    });
    kinds.push(object({ kind: { const: 'answer' }, claims: { type: 'array', items: claim, minItems: 1, maxItems: claimsAtMost } }));
  }
  if (offered.questions.length > 0) kinds.push(object({ kind: { const: 'ask' }, question: { enum: labels(offered.questions, 'q') } }));
  if (offered.actions.length > 0) kinds.push(object({ kind: { const: 'propose' }, action: { enum: labels(offered.actions, 'a') } }));
  kinds.push(object({ kind: { const: 'escalate' } }));
  return kinds.length === 1 ? kinds[0]! : { oneOf: kinds };
}

const idOf = (label: unknown, offers: Offer[], letter: 'p' | 'q' | 'a') => offers[labels(offers, letter).indexOf(String(label))]?.id;

/** Without the sentence that ran into the limit: half a sentence can say the opposite of the whole. */
function whole(text: string): string {
  if ([...text].length < claimCharacters || /[.!?。！？]$/.test(text)) return text;
  return sentences(text).slice(0, -1).join(' ');
}

/**
 * A draft from what the model wrote, its labels turned back into ids; undefined when it is not one. The grammar makes
 * that impossible for a finished text, but nothing here relies on it. Claims that are no claims are left out.
 */
export function readDraft(written: unknown, offered: Offered): Draft | undefined {
  if (typeof written !== 'object' || written === null) return undefined;
  const draft = written as Record<string, unknown>;
  if (draft.kind === 'escalate') return { kind: 'escalate' };
  if (draft.kind === 'ask') {
    const question = idOf(draft.question, offered.questions, 'q');
    return question === undefined ? undefined : { kind: 'ask', question };
  }
  if (draft.kind === 'propose') {
    const action = idOf(draft.action, offered.actions, 'a');
    return action === undefined ? undefined : { kind: 'propose', action };
  }
  if (draft.kind !== 'answer' || !Array.isArray(draft.claims)) return undefined;
  const claims = draft.claims.flatMap((claim: { text?: unknown; cite?: unknown } | null) => {
    const cite = idOf(claim?.cite, offered.passages, 'p');
    const text = typeof claim?.text === 'string' ? whole(claim.text.trim()) : '';
    return cite !== undefined && text ? [{ text, cite }] : [];
  });
  return claims.length > 0 ? { kind: 'answer', claims } : undefined;
}

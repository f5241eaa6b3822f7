import { languageOf } from '../../knowledge/words.ts';
import { coreFamily } from '../grammar/compile-grammar.ts';
import type { Grammar } from '../grammar/grammar.ts';
import type { SessionState } from '../state.ts';
import { asks } from './asks.ts';
import { type Classify, whichSign } from './classify.ts';
import { clauseSure, clausesOf, mostClauses, polite, weightiest } from './clauses.ts';
import { waitsFor } from './reply.ts';

/** What a sentence that no template knows is taken to mean, as a match of the family at hand. */
export async function classified(
  text: string,
  {
    classify,
    grammar,
    family,
    state,
    waits = true,
  }: {
    classify?: Classify | undefined;
    grammar: Pick<Grammar, 'tells'>;
    family: string | undefined;
    state: SessionState;
    waits?: boolean;
  },
) {
  const meant = await classify?.(text, {
    locale: languageOf(text),
    family,
    asks: asks(text, grammar),
    waits: waits ? waitsFor(state) : undefined,
  });
  if (!meant) return undefined;
  const ofFamily = ['signal', 'observe', whichSign].includes(meant.intent);
  return { ...meant, confidence: Number(meant.confidence.toFixed(2)), family: ofFamily ? (family ?? coreFamily) : coreFamily };
}

/** Of a conversation that waits for something: the reply it was sure to get. */
export async function replied(
  text: string,
  { classify, family, state }: Pick<Parameters<typeof classified>[1], 'classify' | 'family' | 'state'>,
) {
  const waits = waitsFor(state);
  if (!waits) return undefined;
  const meant = await classify?.(text, { locale: languageOf(text), family, waits, onlyReplies: true });
  return meant && ({ kind: 'match', ...meant, confidence: Number(meant.confidence.toFixed(2)), family: coreFamily, exact: false } as const);
}

/** Of one clause beside others it must be surer that a person is asked for: "真没谁了" is said of anything. */
const personSure = 0.5;

/** Where the whole means nothing, what the weightiest of its clauses means: a story around it says nothing of machines. */
export async function clauseClassified(text: string, parts: Parameters<typeof classified>[1]) {
  const clauses = clausesOf(text);
  if (clauses.length < 2 || clauses.length > mostClauses) return undefined;
  // A reply is judged by all that was said, since the rest may be a condition.
  const heard = await Promise.all(clauses.map((clause) => classified(clause, { ...parts, waits: false })));
  const rank = ({ intent }: { intent: string }) => weightiest.indexOf(intent);
  const [best] = heard
    .flatMap((one) =>
      one && rank(one) >= 0 && !polite.has(one.intent) && !(one.intent === 'person' && one.confidence < personSure) ? [one] : [],
    )
    .sort((a, b) => rank(a) - rank(b));
  return best && { ...best, confidence: Number((best.confidence * clauseSure).toFixed(2)) };
}

import { coreFamily } from '../grammar/compile-grammar.ts';
import type { Grammar, Match, Matched } from '../grammar/grammar.ts';
import { clauseSure, clausesOf } from './clauses.ts';

type Meaning = Pick<Match, 'intent' | 'slots'>;
type Cues = Pick<Grammar, 'told' | 'tells'>;

/**
 * What is wished by a sentence, whichever rung understood it, once its small words are heard: who wants it done without a person wants to be shown how; who
 * asks whether one is needed, or whether it is mended, asks how it stands.
 */
export function asMeant({ intent, slots }: Meaning, text: string, grammar: Cues): string {
  if (intent === 'person' && grammar.tells(text, 'no-person')) return 'howto';
  if (intent === 'person' && grammar.tells(text, 'asks-person')) return 'status';
  const saysMended = (intent === 'mended' && slots.answer === 'yes') || (intent === 'howto' && slots.step === 'done');
  return saysMended && asksIfMended(text, grammar) ? 'status' : intent;
}

/** What the words of a wish say besides. */
export function besides(intent: string, text: string, grammar: Cues): Record<string, string> {
  if (intent === 'person' && grammar.tells(text, 'visit')) return { visit: 'yes' };
  const turned = intent === 'safe' ? asksToStop(text, grammar) : undefined;
  return turned ? { turned } : {};
}

/** "Should I switch it off?", "要不要关掉": then a danger is a yes. `either` where both ways round are asked in one sentence, and no yes or no would be plain. */
function asksToStop(text: string, grammar: Cues): 'off' | 'either' | undefined {
  const told = new Set(grammar.told(text, 'asks-stop').map(({ slots }) => slots.turned));
  if (!told.has('off')) return undefined;
  return told.has('either') ? 'either' : 'off';
}

/** "Sorted?", "整好了呗？"; "done, what next?" asks for the next step. */
const asksIfMended = (text: string, grammar: Cues): boolean => clausesOf(text).length < 2 && grammar.tells(text, 'asks-mended');

/** What no rung knows may still ask whether it is mended. */
export const orIfMended = (match: Matched, text: string, grammar: Cues): Matched =>
  match.kind === 'none' && asksIfMended(text, grammar)
    ? { kind: 'match', intent: 'status', slots: {}, family: coreFamily, exact: false, confidence: clauseSure }
    : match;

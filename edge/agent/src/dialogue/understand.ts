import type { Locale } from '@wayside/protocol';
import type { Knowledge, Passage } from '../knowledge/knowledge.ts';
import type { Grammar } from './grammar.ts';
import type { SessionState } from './state.ts';

/** What an utterance means. `heard` is what was said, cut to what fits a log line. */
export type Understanding =
  | { kind: 'intent'; intent: string; slots: Record<string, string>; family: string; confidence: number; heard: string }
  | { kind: 'answer'; observation: string; answer: 'yes' | 'no' | 'unsure'; confidence: number; heard: string }
  | { kind: 'question'; passages: Passage[]; confidence: number; heard: string }
  | { kind: 'unknown'; heard: string };

const answers = new Set(['yes', 'no', 'unsure']);

/** Climbs the ladder until a rung is sure: the packs' sentences, then a question that an article answers, else honestly nothing. */
export async function understand(
  text: string,
  parts: {
    grammar: Grammar;
    knowledge: Pick<Knowledge, 'search'>;
    state: SessionState;
    locale: Locale;
    family: string | undefined;
    faults: readonly string[];
  },
): Promise<Understanding> {
  const { grammar, knowledge, state, locale, family, faults } = parts;
  const heard = text.slice(0, 200);
  const match = grammar.match(text, locale, family);
  if (match.kind === 'match') {
    const { intent, slots, confidence } = match;
    if (state.pendingQuestion && answers.has(intent)) {
      return {
        kind: 'answer',
        observation: state.pendingQuestion.observation,
        answer: intent as 'yes' | 'no' | 'unsure',
        confidence,
        heard,
      };
    }
    return { kind: 'intent', intent, slots, family: match.family, confidence, heard };
  }
  const passages = await knowledge.search({ text, locale, faults, ...(family === undefined ? {} : { family }) });
  const best = passages[0];
  return best
    ? { kind: 'question', passages, confidence: Number(Math.min(best.matched, 1).toFixed(2)), heard }
    : { kind: 'unknown', heard };
}

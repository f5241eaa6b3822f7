import type { Claim, Draft, Generated, GenerateRequest, Generator, Offered } from './generator.ts';
import { narrow, rank, topics } from './relevance.ts';
import { contentWords, sentences } from './words.ts';

/** The sentence that shares most with what was asked, and the one after it: what to do usually stands right after what it is. */
function extract(asked: Set<string>, passages: Offered['passages']): Claim[] {
  const lines = passages.flatMap((passage) =>
    sentences(passage.text).map((text, at) => ({ id: `${passage.id} ${at}`, text, cite: passage.id })),
  );
  const best = rank(asked, lines)[0];
  if (!best || best.score === 0) return [];
  const at = lines.findIndex((line) => line.id === best.offer.id);
  return lines
    .slice(at, at + 2)
    .filter((line) => line.cite === lines[at]!.cite)
    .map(({ text, cite }) => ({ text, cite }));
}

function draftFrom(utterance: string, offered: Offered): Draft {
  const { passages, questions, actions } = narrow(utterance, offered);
  if (actions[0]) return { kind: 'propose', action: rank(topics(utterance), actions)[0]!.offer.id };
  const claims = extract(topics(utterance), passages);
  if (claims.length > 0) return { kind: 'answer', claims };
  return questions[0] ? { kind: 'ask', question: questions[0].id } : { kind: 'escalate' };
}

/**
 * The generator of the lite tier: it needs no weights and writes nothing of its own. It proposes an action the
 * utterance names; else answers with the one or two sentences that fit best, word for word; else asks the first
 * offered question; else escalates.
 */
export function createTemplateGenerator(deps: { now: () => number }): Generator {
  let on = false;
  return {
    name: 'template',
    start: async () => {
      on = true;
    },
    stop: async () => {
      on = false;
    },
    stats: () => ({ state: on ? 'ready' : 'off', languages: ['en', 'zh'] }),
    async generate(request: GenerateRequest): Promise<Generated> {
      if (request.signal?.aborted) return { kind: 'unavailable', reason: 'aborted' };
      if (request.deadlineMs <= 0) return { kind: 'unavailable', reason: 'deadline' };
      const began = deps.now();
      const draft = draftFrom(request.utterance, request.offered);
      const ms = deps.now() - began;
      const claims = draft.kind === 'answer' ? draft.claims : [];
      for (const claim of claims) request.onClaim?.(claim);
      const tokens = claims.reduce((sum, claim) => sum + contentWords(claim.text).length, 0);
      return { kind: 'draft', draft, tokens, ms, firstTokenMs: ms };
    },
  };
}

import type { Claim, Draft, GenerateRequest, Generated, Generator, Offer, Offered } from './generator.ts';
import { contentWords, sentences } from './words.ts';

const stems = (text: string) => new Set(contentWords(text).map((word) => word.stem));

/** Weight of a word: rarer among the offered sentences is worth more (Spärck Jones, "idf", 1972). */
function weigh(all: Set<string>[]): (stem: string) => number {
  const seen = new Map<string, number>();
  for (const one of all) for (const stem of one) seen.set(stem, (seen.get(stem) ?? 0) + 1);
  return (stem) => Math.log(1 + all.length / (seen.get(stem) ?? all.length));
}

/** The one or two sentences of the best passage that share most with what was asked; none if nothing is shared. */
function extract(asked: Set<string>, passages: Offer[]): Claim[] {
  const read = passages.map((passage) => ({ id: passage.id, lines: sentences(passage.text).map((text) => ({ text, stems: stems(text) })) }));
  const weight = weigh(read.flatMap((passage) => passage.lines.map((line) => line.stems)));
  const score = (line: { stems: Set<string> }) => [...asked].filter((stem) => line.stems.has(stem)).reduce((sum, stem) => sum + weight(stem), 0);

  let best: { id: string; lines: string[]; at: number; score: number } | undefined;
  for (const passage of read) {
    passage.lines.forEach((line, at) => {
      const found = score(line);
      if (found > (best?.score ?? 0)) best = { id: passage.id, lines: passage.lines.map((one) => one.text), at, score: found };
    });
  }
  if (!best) return [];
  // What to do usually stands right after what it is, so the next sentence comes along.
  return best.lines.slice(best.at, best.at + 2).map((text) => ({ text, cite: best!.id }));
}

function draftFrom(utterance: string, offered: Offered): Draft {
  const asked = stems(utterance);
  const action = offered.actions.find((one) => {
    const named = [...stems(one.text)];
    return named.length > 0 && named.filter((stem) => asked.has(stem)).length / named.length >= 0.75;
  });
  if (action) return { kind: 'propose', action: action.id };
  const claims = extract(asked, offered.passages);
  if (claims.length > 0) return { kind: 'answer', claims };
  const question = offered.questions[0];
  return question ? { kind: 'ask', question: question.id } : { kind: 'escalate' };
}

/**
 * The generator of the lite tier: it needs no weights and writes nothing of its own. It answers with the sentences of the
 * best offered passage, word for word; proposes an action the utterance names; else asks the first offered question; else escalates.
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
    stats: () => ({ state: on ? 'ready' : 'off' }),
    async generate(request: GenerateRequest): Promise<Generated> {
      if (request.signal?.aborted) return { kind: 'unavailable', reason: 'aborted' };
      if (request.deadlineMs <= 0) return { kind: 'unavailable', reason: 'deadline' };
      const began = deps.now();
      const draft = draftFrom(request.utterance, request.offered);
      const ms = deps.now() - began;
      const text = draft.kind === 'answer' ? draft.claims.map((claim) => claim.text).join(' ') : '';
      if (text) request.onToken?.(text);
      return { kind: 'draft', draft, tokens: contentWords(text).length, ms, firstTokenMs: ms };
    },
  };
}

import { draftSchema, readDraft } from './draft-schema.ts';
import type { Generated, GenerateRequest, Generator } from './generator.ts';
import { createLlamaHost, type LlamaOptions } from './llama-host.ts';
import { buildPrompt } from './prompt.ts';
import { narrow } from './relevance.ts';
import { translate } from './translate.ts';
import { readTranslation, translationPrompt, translationSchema } from './translation-prompt.ts';

export type { LlamaOptions as LlamaGeneratorOptions } from './llama-host.ts';

const maxTokens = 160;

/** A local GGUF model behind the Generator port: see `createLlamaHost` for how it is held. */
export function createLlamaGenerator(options: LlamaOptions): Generator {
  const host = createLlamaHost(options);

  async function generate(request: GenerateRequest): Promise<Generated> {
    if (request.signal?.aborted) return { kind: 'unavailable', reason: 'aborted' };
    if (request.deadlineMs <= 0) return { kind: 'unavailable', reason: 'deadline' };
    if (!host.model()?.languages.includes(request.locale)) return { kind: 'unavailable', reason: 'no-model' };
    // What the model is shown; its labels count through these lists.
    const offered = narrow(request.utterance, request.offered);
    if (offered.passages.length + offered.questions.length + offered.actions.length === 0)
      return { kind: 'draft', draft: { kind: 'escalate' }, tokens: 0, ms: 0, firstTokenMs: 0 };
    let told = 0;
    const written = await host.write({
      prompt: buildPrompt({ ...request, offered }),
      schema: draftSchema(offered),
      maxTokens,
      read: (json) => readDraft(json, offered),
      deadlineMs: request.deadlineMs,
      signal: request.signal,
      onPart: (draft) => {
        if (draft.kind !== 'answer') return;
        const fresh = draft.claims.slice(told);
        told = draft.claims.length;
        for (const claim of fresh) request.onClaim?.(claim);
      },
    });
    if (written.kind === 'unavailable') return written;
    const { read: draft, tokens, ms, firstTokenMs } = written;
    return { kind: 'draft', draft, tokens, ms, firstTokenMs };
  }

  return {
    name: 'llama',
    start: async () => {},
    stop: host.stop,
    generate,
    translate: (request) =>
      translate(
        request,
        async (sentence, deadlineMs) => {
          if (!host.model()?.languages.includes(request.from) || !host.model()?.languages.includes(request.to)) return 'no-model';
          const written = await host.write({
            prompt: translationPrompt(sentence, request.to),
            schema: translationSchema,
            maxTokens: 60 + 3 * sentence.length,
            read: readTranslation,
            deadlineMs,
            signal: request.signal,
          });
          return written.kind === 'written' ? { text: written.read } : written.reason;
        },
        options.now,
      ),
    stats: host.stats,
  };
}

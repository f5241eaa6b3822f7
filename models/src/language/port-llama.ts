import { existsSync } from 'node:fs';
import { draftSchema, readDraft } from './draft-schema.ts';
import { createDraftStream, type DraftStream } from './draft-stream.ts';
import type { Generated, GenerateRequest, Generator, GeneratorStats, Offered, UnavailableReason } from './generator.ts';
import { type LlamaChild, startLlamaChild } from './llama-child.ts';
import type { FromLlama } from './llama-messages.ts';
import { buildPrompt } from './prompt.ts';
import { narrow } from './relevance.ts';

export type LlamaGeneratorOptions = {
  /** The model to load, asked for at each cold start, so one that is pulled later is found. */
  model: () => { id: string; path: string; languages: string[] } | undefined;
  /** Threads for the model; the number of cores is right on an edge that does nothing heavier. */
  threads: number;
  now: () => number;
  /** News for the log; never an error to handle. */
  onNews?: (news: { kind: 'loaded'; ms: number } | { kind: 'ended'; why: string }) => void;
};

const contextSize = 4096;
const maxTokens = 160;
/** How long a stopped generation may take to yield before its process is killed, in milliseconds. */
const yieldWithinMs = 1500;
/** Wait before the second, third, … start in a row that ended badly, in milliseconds. The first restart is at once. */
const backoffMs = (crashes: number) => (crashes < 2 ? 0 : Math.min(60_000, 500 * 2 ** crashes));

type Turn = {
  id: number;
  request: GenerateRequest;
  /** What the model is shown; its labels count through these lists. */
  offered: Offered;
  stream: DraftStream;
  /** Claims the caller was told of. */
  told: number;
  began: number;
  firstTokenMs: number;
  settle: (generated: Generated) => void;
  settled: boolean;
};

/**
 * A local GGUF model behind the Generator port. It lives in a process of its own, started by the first request; one
 * request at a time (`busy` otherwise). A deadline or an abort is answered on the spot while the process winds down
 * behind it, and a process that does not wind down is killed. If the process dies, the request in hand comes back as
 * `crashed` and the next request starts a new one. At a deadline the claims that are already complete still count.
 */
export function createLlamaGenerator(options: LlamaGeneratorOptions): Generator {
  let child: LlamaChild | undefined;
  let state: GeneratorStats['state'] = 'off';
  let modelId: string | undefined;
  let turn: Turn | undefined;
  let turns = 0;
  let crashes = 0;
  let notBefore = 0;

  function modelHere() {
    const model = options.model();
    return model && existsSync(model.path) ? model : undefined;
  }

  function settle(of: Turn, generated: Generated): void {
    if (of.settled) return;
    of.settled = true;
    of.settle(generated);
  }

  function finish(of: Turn, tokens: number, otherwise: UnavailableReason): void {
    const draft = readDraft(of.stream.written(), of.offered);
    if (!draft) settle(of, { kind: 'unavailable', reason: otherwise });
    else settle(of, { kind: 'draft', draft, tokens, ms: options.now() - of.began, firstTokenMs: of.firstTokenMs });
  }

  function tellClaims(of: Turn): void {
    const draft = readDraft(of.stream.written(), of.offered);
    if (draft?.kind !== 'answer') return;
    const fresh = draft.claims.slice(of.told);
    of.told = draft.claims.length;
    for (const claim of fresh) of.request.onClaim?.(claim);
  }

  function hear(message: FromLlama): void {
    if (message.did === 'load') {
      state = 'ready';
      options.onNews?.({ kind: 'loaded', ms: message.ms });
    }
    if (!turn || !('id' in message) || message.id !== turn.id) return;
    if (message.did === 'write') {
      if (turn.settled) return;
      turn.firstTokenMs ||= options.now() - turn.began;
      if (turn.stream.push(message.text)) tellClaims(turn);
      return;
    }
    const over = turn;
    turn = undefined;
    crashes = 0;
    if (message.did === 'finish') finish(over, message.tokens, 'invalid');
    else settle(over, { kind: 'unavailable', reason: 'invalid' });
  }

  function startChild(path: string): LlamaChild {
    state = crashes > 0 ? 'restarting' : 'loading';
    const own: LlamaChild = startLlamaChild({
      modelPath: path,
      threads: options.threads,
      contextSize,
      onMessage: (message) => {
        if (child === own) hear(message);
      },
      onEnd: ({ why }) => {
        if (child !== own) return;
        child = undefined;
        crashes++;
        notBefore = options.now() + backoffMs(crashes);
        state = 'restarting';
        options.onNews?.({ kind: 'ended', why });
        if (turn) settle(turn, { kind: 'unavailable', reason: 'crashed' });
        turn = undefined;
      },
    });
    return own;
  }

  /** Answers the turn now and makes the process let go of it, by force if need be. */
  function cutShort(of: Turn, reason: 'deadline' | 'aborted'): void {
    if (of.settled) return;
    if (reason === 'deadline') finish(of, 0, 'deadline');
    else settle(of, { kind: 'unavailable', reason });
    const holding = child;
    if (state !== 'ready') {
      // Still loading: nothing was asked of it yet, and the next request will want it.
      if (turn === of) turn = undefined;
      return;
    }
    holding?.send({ do: 'stop', id: of.id });
    setTimeout(() => {
      if (turn === of && child === holding) holding?.kill();
    }, yieldWithinMs).unref();
  }

  async function generate(request: GenerateRequest): Promise<Generated> {
    const unavailable = (reason: UnavailableReason): Generated => ({ kind: 'unavailable', reason });
    if (request.signal?.aborted) return unavailable('aborted');
    if (request.deadlineMs <= 0) return unavailable('deadline');
    const model = modelHere();
    if (!model?.languages.includes(request.locale)) return unavailable('no-model');
    const offered = narrow(request.utterance, request.offered);
    if (offered.passages.length + offered.questions.length + offered.actions.length === 0) {
      return { kind: 'draft', draft: { kind: 'escalate' }, tokens: 0, ms: 0, firstTokenMs: 0 };
    }
    if (turn) return unavailable('busy');
    if (!child && options.now() < notBefore) return unavailable('crashed');

    const answer = Promise.withResolvers<Generated>();
    const own: Turn = {
      id: ++turns,
      request,
      offered,
      stream: createDraftStream(),
      told: 0,
      began: options.now(),
      firstTokenMs: 0,
      settle: answer.resolve,
      settled: false,
    };
    turn = own;
    const timer = setTimeout(() => cutShort(own, 'deadline'), request.deadlineMs);
    const onAbort = () => cutShort(own, 'aborted');
    request.signal?.addEventListener('abort', onAbort, { once: true });
    modelId = model.id;
    child ??= startChild(model.path);
    const holding = child;
    const loaded = await Promise.race([holding.loaded, answer.promise]);
    if (loaded === 'loaded' && !own.settled) {
      const prompt = buildPrompt({ ...request, offered: own.offered });
      holding.send({ do: 'generate', id: own.id, prompt, schema: draftSchema(own.offered), maxTokens });
    }
    const generated = await answer.promise;
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', onAbort);
    return generated;
  }

  return {
    name: 'llama',
    start: async () => {},
    stop: async () => {
      const closing = child;
      child = undefined;
      state = 'off';
      crashes = 0;
      notBefore = 0;
      if (turn) settle(turn, { kind: 'unavailable', reason: 'aborted' });
      turn = undefined;
      await closing?.close();
    },
    generate,
    stats: () => ({
      state,
      languages: modelHere()?.languages ?? [],
      ...(child?.pid === undefined ? {} : { pid: child.pid }),
      ...(modelId === undefined ? {} : { model: modelId }),
    }),
  };
}

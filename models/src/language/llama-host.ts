import { existsSync } from 'node:fs';
import type { GrammarSchema } from './draft-schema.ts';
import { createDraftStream, type DraftStream } from './draft-stream.ts';
import type { GeneratorStats, UnavailableReason } from './generator.ts';
import { type LlamaChild, startLlamaChild } from './llama-child.ts';
import type { FromLlama } from './llama-messages.ts';
import type { Prompt } from './prompt.ts';

export type LlamaOptions = {
  /** The model to load, asked for at each cold start, so one that is pulled later is found. */
  model: () => { id: string; path: string; languages: string[] } | undefined;
  /** Threads for the model; the number of cores is right on an edge that does nothing heavier. */
  threads: number;
  now: () => number;
  /** News for the log; never an error to handle. */
  onNews?: (news: { kind: 'loaded'; ms: number } | { kind: 'ended'; why: string }) => void;
};

/** One thing to write: `read` makes of the JSON so far what was asked for, when it is there. */
type Order<T> = {
  prompt: Prompt;
  schema: GrammarSchema;
  maxTokens: number;
  read: (written: unknown) => T | undefined;
  /** Milliseconds from the call until it is of no more use. */
  deadlineMs: number;
  signal?: AbortSignal | undefined;
  onPart?: (read: T) => void;
};
type Written<T> =
  | { kind: 'written'; read: T; tokens: number; ms: number; firstTokenMs: number }
  | { kind: 'unavailable'; reason: UnavailableReason };

type LlamaHost = {
  /** The model that is here, loaded or not. */
  model(): ReturnType<LlamaOptions['model']>;
  write<T>(order: Order<T>): Promise<Written<T>>;
  stop(): Promise<void>;
  stats(): GeneratorStats;
};

const contextSize = 4096;
/** How long a stopped generation may take to yield before its process is killed, in milliseconds. */
const yieldWithinMs = 1500;
/** Wait before the second, third, … start in a row that ended badly, in milliseconds. The first restart is at once. */
const backoffMs = (crashes: number) => (crashes < 2 ? 0 : Math.min(60_000, 500 * 2 ** crashes));

type Turn = {
  id: number;
  order: Order<unknown>;
  stream: DraftStream;
  began: number;
  firstTokenMs: number;
  settle: (written: Written<unknown>) => void;
  settled: boolean;
};

/**
 * Holds a local GGUF model in a process of its own, started by the first order; one order at a time (`busy` otherwise). A deadline or an abort
 * is answered on the spot while the process winds down behind it, and a process that does not wind down is killed. If the process dies, the order
 * in hand comes back as `crashed` and the next one starts a new process. At a deadline what is already complete still counts.
 */
export function createLlamaHost(options: LlamaOptions): LlamaHost {
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

  function settle(of: Turn, written: Written<unknown>): void {
    if (of.settled) return;
    of.settled = true;
    of.settle(written);
  }

  function finish(of: Turn, tokens: number, otherwise: UnavailableReason): void {
    const read = of.order.read(of.stream.written());
    if (read === undefined) settle(of, { kind: 'unavailable', reason: otherwise });
    else settle(of, { kind: 'written', read, tokens, ms: options.now() - of.began, firstTokenMs: of.firstTokenMs });
  }

  function tellPart({ order, stream }: Turn): void {
    const read = order.onPart && order.read(stream.written());
    if (read !== undefined) order.onPart?.(read);
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
      if (turn.stream.push(message.text)) tellPart(turn);
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

  async function write(order: Order<unknown>): Promise<Written<unknown>> {
    const unavailable = (reason: UnavailableReason) => ({ kind: 'unavailable', reason }) as const;
    if (order.signal?.aborted) return unavailable('aborted');
    if (order.deadlineMs <= 0) return unavailable('deadline');
    const model = modelHere();
    if (!model) return unavailable('no-model');
    if (turn) return unavailable('busy');
    if (!child && options.now() < notBefore) return unavailable('crashed');

    const answer = Promise.withResolvers<Written<unknown>>();
    const stream = createDraftStream();
    const own: Turn = { id: ++turns, order, stream, began: options.now(), firstTokenMs: 0, settle: answer.resolve, settled: false };
    turn = own;
    const timer = setTimeout(() => cutShort(own, 'deadline'), order.deadlineMs);
    const onAbort = () => cutShort(own, 'aborted');
    order.signal?.addEventListener('abort', onAbort, { once: true });
    modelId = model.id;
    child ??= startChild(model.path);
    const holding = child;
    const loaded = await Promise.race([holding.loaded, answer.promise]);
    if (loaded === 'loaded' && !own.settled) {
      const { prompt, schema, maxTokens } = order;
      holding.send({ do: 'generate', id: own.id, prompt, schema, maxTokens });
    }
    const written = await answer.promise;
    clearTimeout(timer);
    order.signal?.removeEventListener('abort', onAbort);
    return written;
  }

  return {
    model: modelHere,
    // What is settled is what the same order's `read` made.
    write: write as LlamaHost['write'],
    async stop() {
      const closing = child;
      child = undefined;
      state = 'off';
      crashes = 0;
      notBefore = 0;
      if (turn) settle(turn, { kind: 'unavailable', reason: 'aborted' });
      turn = undefined;
      await closing?.close();
    },
    stats: () => ({
      state,
      languages: modelHere()?.languages ?? [],
      ...(child?.pid === undefined ? {} : { pid: child.pid }),
      ...(modelId === undefined ? {} : { model: modelId }),
    }),
  };
}

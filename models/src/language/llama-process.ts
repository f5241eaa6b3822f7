/**
 * The process that holds the model. It alone imports `node-llama-cpp`, so a crash in native code ends this process and
 * nothing else. It speaks `llama-messages` over the IPC channel of `child_process.fork` and ends when that channel does.
 */
import { constants, setPriority } from 'node:os';
import type { Llama, LlamaChatSession } from 'node-llama-cpp';
import type { FromLlama, ToLlama } from './llama-messages.ts';

const [modelPath, threads, contextSize] = [process.argv[2]!, Number(process.argv[3]), Number(process.argv[4])];

/** What is being generated now. The parent never sends a second one before the first is finished. */
let current: { id: number; abort: AbortController } | undefined;

function tell(message: FromLlama): void {
  // The channel may close between a token and its message; there is nobody left to tell then.
  if (process.connected) process.send!(message, () => {});
}

async function load(): Promise<{ llama: Llama; session: LlamaChatSession }> {
  const began = performance.now();
  // Imported, not required: it is an ES module that awaits at its top.
  const { getLlama, LlamaChatSession } = await import('node-llama-cpp');
  const llama = await getLlama({ gpu: false, build: 'never', progressLogs: false, skipDownload: true, maxThreads: threads });
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  const context = await model.createContext({ contextSize, threads, batchSize: 256, sequences: 1 });
  const session = new LlamaChatSession({ contextSequence: context.getSequence(), autoDisposeSequence: false });
  tell({ did: 'load', ms: Math.round(performance.now() - began) });
  return { llama, session };
}

async function generate(loaded: { llama: Llama; session: LlamaChatSession }, order: Extract<ToLlama, { do: 'generate' }>): Promise<void> {
  const abort = new AbortController();
  current = { id: order.id, abort };
  let tokens = 0;
  try {
    // The grammar builder types its schema by inference from a literal; ours is made at run time from this turn's ids.
    const grammar = await loaded.llama.createGrammarForJsonSchema(order.schema as never);
    loaded.session.setChatHistory([
      { type: 'system', text: order.prompt.system },
      { type: 'user', text: order.prompt.example.user },
      { type: 'model', response: [order.prompt.example.draft] },
    ]);
    await loaded.session.prompt(order.prompt.user, {
      grammar,
      maxTokens: order.maxTokens,
      temperature: 0,
      // A small model at temperature 0 falls into loops; this is the mildest cure and costs nothing.
      repeatPenalty: { penalty: 1.05, lastTokens: 64, penalizeNewLine: false },
      signal: abort.signal,
      stopOnAbortSignal: true,
      onResponseChunk: (chunk) => {
        tokens += chunk.tokens.length;
        if (chunk.text) tell({ did: 'write', id: order.id, text: chunk.text });
      },
    });
    tell({ did: 'finish', id: order.id, tokens, stopped: abort.signal.aborted });
  } catch (error) {
    if (abort.signal.aborted) tell({ did: 'finish', id: order.id, tokens, stopped: true });
    else tell({ did: 'break', id: order.id, why: String(error) });
  } finally {
    current = undefined;
  }
}

process.on('disconnect', () => process.exit(0));
// The broker, the store and a person's turn come first; on an idle machine an answer is written just as fast.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

load().then(
  (loaded) =>
    process.on('message', (order: ToLlama) => {
      if (order.do === 'generate') void generate(loaded, order);
      else if (current?.id === order.id) current.abort.abort();
    }),
  (error: unknown) => {
    tell({ did: 'fail', why: String(error) });
    process.exitCode = 1;
    process.disconnect?.();
  },
);

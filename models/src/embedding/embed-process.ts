/**
 * The process that holds the embedder. It alone imports `onnxruntime-node`, so a crash in native code ends this process and nothing else.
 * It speaks `embed-messages` over the IPC channel of `child_process.fork` and ends when that channel does.
 */
import type { Meant } from './e5.ts';
import type { FromEmbed, ToEmbed } from './embed-messages.ts';

function tell(message: FromEmbed): void {
  // The channel may close between a sentence and its message; there is nobody left to tell then.
  if (process.connected) process.send!(message, () => {});
}

function joined(vectors: readonly Float32Array[]): Float32Array {
  const width = vectors[0]?.length ?? 0;
  const all = new Float32Array(width * vectors.length);
  for (const [at, vector] of vectors.entries()) all.set(vector, at * width);
  return all;
}

async function load(path: string) {
  const began = performance.now();
  const { loadE5 } = await import('./e5.ts');
  const embed = await loadE5(path);
  // The first run lays its memory out; nobody should wait for that.
  await embed('.', 'query');
  tell({ did: 'load', ms: Math.round(performance.now() - began) });
  return async ({ id, texts, as }: ToEmbed): Promise<void> => {
    try {
      const meant: Meant[] = [];
      for (const text of texts) meant.push(await embed(text, as));
      tell({ did: 'embed', id, vectors: joined(meant.map(({ vector }) => vector)), inner: joined(meant.map(({ inner }) => inner)) });
    } catch (error) {
      tell({ did: 'break', id, why: String(error) });
    }
  };
}

process.on('disconnect', () => process.exit(0));

load(process.argv[2]!).then(
  (embed) => {
    // One after the other, in the order they came.
    let last = Promise.resolve();
    process.on('message', (order: ToEmbed) => {
      last = last.then(() => embed(order));
    });
  },
  (error: unknown) => {
    tell({ did: 'fail', why: String(error) });
    process.exitCode = 1;
    process.disconnect?.();
  },
);

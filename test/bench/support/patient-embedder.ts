import { totalmem } from 'node:os';
import { createE5Embedder, createModels, decideEmbedder, type Embedded, type Embedder } from '@wayside/models';

/**
 * The embedder this machine has, if any, as the edges of the bench share it: it takes its time, so that a busy computer makes nobody less
 * understood, and remembers what it has embedded. How long it takes is measured elsewhere (`turn`).
 */
export function findEmbedder(): Embedder | undefined {
  const models = createModels();
  const chosen = decideEmbedder({ memoryBytes: totalmem(), models: models.list() });
  const path = chosen && models.resolve(chosen);
  return chosen && path ? patient(createE5Embedder({ model: () => ({ id: chosen, path }), now: () => performance.now() })) : undefined;
}

const patienceMs = 120_000;

export function patient(embedder: Embedder): Embedder {
  const known = new Map<string, Promise<Embedded>>();
  const embedded = (text: string, as: 'query' | 'passage') => {
    const key = `${as} ${text}`;
    const begun = known.get(key) ?? embedder.embed({ texts: [text], as, deadlineMs: patienceMs });
    known.set(key, begun);
    return begun;
  };
  return {
    ...embedder,
    async embed({ texts, as }): Promise<Embedded> {
      const got = await Promise.all(texts.map((text) => embedded(text, as)));
      const there = got.filter((one) => one.kind === 'vectors');
      return there.length === texts.length
        ? { kind: 'vectors', vectors: there.flatMap(({ vectors }) => vectors), inner: there.flatMap(({ inner = [] }) => inner) }
        : { kind: 'unavailable', reason: 'crashed' };
    },
  };
}

import type { Embedded, Embedder } from '@wayside/models';

/**
 * An embedder that does not embed the sentence of a turn twice: what it means and how it feels are both judged by its vector. It holds the last single text
 * alone, and only while its vector is on the way or there; an order for several passes through.
 */
export function rememberingLast(embedder: Embedder): Embedder {
  let last: { key: string; embedded: Promise<Embedded> } | undefined;
  return {
    ...embedder,
    async embed(request) {
      const { texts, as } = request;
      if (texts.length !== 1) return embedder.embed(request);
      const key = `${as} ${texts[0]}`;
      if (last?.key === key) return last.embedded;
      const mine = { key, embedded: embedder.embed(request) };
      last = mine;
      const embedded = await mine.embedded;
      if (embedded.kind !== 'vectors' && last === mine) last = undefined;
      return embedded;
    },
  };
}

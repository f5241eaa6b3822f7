import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createE5Embedder, createModels, type EmbedRequest } from '../src/index.ts';
import { withInner } from '../src/understanding/affect.ts';

const id = 'multilingual-e5-small';
/** How many texts an order holds. */
const batch = 32;

/**
 * The vectors of a set's texts, by the embedder that an edge uses; undefined where it is not on this machine. Embedding tens of thousands of texts
 * takes minutes: what was embedded once is kept beside the models, under a hash of model and texts.
 * @param inner whether the inner layers are to stand behind each vector, as the heads of feelings want it
 */
export async function vectorsOf(
  texts: readonly string[],
  { as = 'query', inner = false, say }: { as?: EmbedRequest['as']; inner?: boolean; say(line: string): void },
): Promise<Float32Array[] | undefined> {
  const models = createModels();
  const path = models.resolve(id);
  if (!path) {
    say(`words alone: the embedder is not here (wayside models pull ${id})`);
    return undefined;
  }
  const name = createHash('sha256')
    .update(JSON.stringify([models.get(id).sha256, as, ...(inner ? ['inner'] : []), texts]))
    .digest('hex')
    .slice(0, 32);
  const folder = join(models.root, '..', 'bench');
  const file = join(folder, `${name}.f32`);
  const kept = await readFile(file).catch(() => undefined);
  if (kept) return cut(new Float32Array(Uint8Array.from(kept).buffer), texts.length);

  const embedder = createE5Embedder({ model: () => ({ id, path }), now: () => performance.now() });
  const vectors: Float32Array[] = [];
  try {
    for (let at = 0; at < texts.length; at += batch) {
      const embedded = await embedder.embed({ texts: texts.slice(at, at + batch), as, deadlineMs: 300_000 });
      if (embedded.kind !== 'vectors') throw new Error(`the embedder is ${embedded.reason}`);
      vectors.push(...embedded.vectors.map((vector, n) => (inner ? withInner(vector, embedded.inner![n]!) : vector)));
      if (at % (batch * 100) === 0) say(`embedded ${vectors.length} of ${texts.length} texts`);
    }
  } finally {
    await embedder.stop();
  }
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.tmp`, Buffer.concat(vectors.map((one) => new Uint8Array(one.buffer, one.byteOffset, one.byteLength))));
  await rename(`${file}.tmp`, file);
  return vectors;
}

const cut = (all: Float32Array, count: number): Float32Array[] => {
  const width = all.length / count;
  return Array.from({ length: count }, (_, n) => all.subarray(n * width, (n + 1) * width));
};

/** Each with its vector, where there are vectors. */
export const withVectors = <T extends object>(
  items: readonly T[],
  vectors: readonly Float32Array[] | undefined,
): (T & { vector?: Float32Array })[] => items.map((item, n) => (vectors ? { ...item, vector: vectors[n]! } : item));

/**
 * The vector of each text by itself, embedded source by source: what is written anew in one of them is all that is embedded again, and scripts share what
 * they read alike. Undefined where the embedder is not on this machine.
 */
export async function vectorsBySource(
  sources: readonly (readonly { text: string }[])[],
  options: Parameters<typeof vectorsOf>[1],
): Promise<Map<string, Float32Array> | undefined> {
  const known = new Map<string, Float32Array>();
  for (const source of sources) {
    const texts = [...new Set(source.map(({ text }) => text))];
    const vectors = await vectorsOf(texts, options);
    if (!vectors) return undefined;
    for (const [n, text] of texts.entries()) if (!known.has(text)) known.set(text, vectors[n]!);
  }
  return known;
}

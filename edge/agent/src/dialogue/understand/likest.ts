import { type Embedder, nearest } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import { type Examples, familyIn, type Said } from './examples.ts';

/**
 * The example that a sentence is nearest to: by the cosine of their vectors, and by how much nearer than the nearest that means something else.
 * `texts`: that example, and others of the same meaning that are hardly farther.
 */
export type Likest = { said: Said; texts: readonly string[]; likeness: number; margin: number };

/** What is this little farther says the same. */
const hardly = 0.02;
/** Among so many of the nearest, one that means something else is looked for. */
const looked = 24;

/**
 * Finds which signal, sign or act by hand of a family a sentence is nearest to.
 * @param deadlineMs so long it waits for the family's own words to be embedded, which happens once
 */
export function createLikest({ examples, embedder, deadlineMs }: { examples: Examples; embedder: Embedder; deadlineMs: number }) {
  const known = new Map<string, Promise<(Said & { vector: Float32Array })[]>>();

  /** Embedded when they are first wanted, in the time between two sentences; those who do not come are wanted again. */
  function ofFamily(family: string, locale: Locale): Promise<(Said & { vector: Float32Array })[]> {
    const key = familyIn(family, locale);
    const begun = known.get(key) ?? embedded(examples.get(key) ?? []);
    known.set(key, begun);
    void begun.then((found) => {
      if (found.length === 0) known.delete(key);
    });
    return begun;
  }
  async function embedded(said: readonly Said[]): Promise<(Said & { vector: Float32Array })[]> {
    const result: (Said & { vector: Float32Array })[] = [];
    // In small orders, so that somebody who speaks meanwhile waits for few of them.
    for (let at = 0; at < said.length; at += 4) {
      const some = said.slice(at, at + 4);
      const got = await embedder.embed({ texts: some.map(({ text }) => text), as: 'query', deadlineMs: 30_000 });
      if (got.kind !== 'vectors') return [];
      result.push(...some.map((one, n) => ({ ...one, vector: got.vectors[n]! })));
    }
    return result;
  }

  return async (vector: Float32Array, intent: Said['intent'], family: string, locale: Locale): Promise<Likest | undefined> => {
    const late = new Promise<never[]>((resolve) => setTimeout(resolve, deadlineMs, []).unref());
    const found = await Promise.race([ofFamily(family, locale), late]);
    const likest = nearest(
      vector,
      found.filter((one) => one.intent === intent),
      looked,
    );
    const [first] = likest;
    const idOf = ({ slots }: Said) => slots.signal ?? slots.observation ?? slots.handling;
    const second = likest.find(({ item }) => first && idOf(item) !== idOf(first.item));
    if (!first) return undefined;
    const alike = likest.filter(({ item, likeness }) => idOf(item) === idOf(first.item) && likeness >= first.likeness - hardly);
    return {
      said: first.item,
      texts: alike.map(({ item }) => item.text),
      likeness: first.likeness,
      margin: first.likeness - (second?.likeness ?? 0),
    };
  };
}

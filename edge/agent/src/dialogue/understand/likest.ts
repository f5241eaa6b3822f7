import type { Embedder } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import { type Examples, familyIn, type Said } from './examples.ts';
import type { KeptVectors, SmallVectors } from './kept-vectors.ts';

/**
 * The example that a sentence is nearest to: by the cosine of their vectors, and by how much nearer than the nearest that means something else.
 * `texts`: that example, and others of the same meaning that are hardly farther.
 */
export type Likest = { said: Said; texts: readonly string[]; likeness: number; margin: number };

/** What is this little farther says the same. */
const hardly = 0.02;
/** So many vectors are asked for at once, so that somebody who speaks meanwhile waits for few of them. */
const atOnce = 4;

/** What a family says, with a vector of length 1 for each in eight bits a number: a thousand sentences in 0.4 MB, and no cosine is off by a thousandth. */
type Known = SmallVectors & { said: readonly Said[] };
const nothing: Known = { said: [], vectors: new Int8Array(0), scales: new Float32Array(0) };

/** Finds which signal, sign or act by hand of a family a sentence is nearest to. */
export type FindLikest = {
  /** Waits a while for the family's own words to be embedded, which happens once; undefined where that takes longer. */
  of(vector: Float32Array, intent: Said['intent'], family: string, locale: Locale): Promise<Likest | undefined>;
  /** They will be wanted soon. */
  expect(family: string, locale: Locale): void;
};

/**
 * @param deadlineMs so long a sentence waits for the family's words
 * @param kept where their vectors outlive a restart
 */
export function createLikest({
  examples,
  embedder,
  deadlineMs,
  kept,
}: {
  examples: Examples;
  embedder: Embedder;
  deadlineMs: number;
  kept?: KeptVectors | undefined;
}): FindLikest {
  const known = new Map<string, Promise<Known>>();

  /** Embedded when they are first wanted, in the time between two sentences; those who do not come are wanted again. */
  function ofFamily(family: string, locale: Locale): Promise<Known> {
    const key = familyIn(family, locale);
    const begun = known.get(key) ?? embedded(examples.get(key) ?? []);
    known.set(key, begun);
    void begun.then((found) => {
      if (found.said.length === 0) known.delete(key);
    });
    return begun;
  }
  async function embedded(said: readonly Said[]): Promise<Known> {
    const texts = said.map(({ text }) => text);
    const model = embedder.model();
    const before = model === undefined ? undefined : await kept?.read(model, texts);
    if (before) return { said, ...before };
    let vectors = new Int8Array(0);
    const scales = new Float32Array(said.length);
    for (let at = 0; at < said.length; at += atOnce) {
      const got = await embedder.embed({ texts: texts.slice(at, at + atOnce), as: 'query', deadlineMs: 30_000 });
      if (got.kind !== 'vectors') return nothing;
      for (const [n, vector] of got.vectors.entries()) {
        if (vectors.length === 0) vectors = new Int8Array(said.length * vector.length);
        const scale = Math.max(...vector.map(Math.abs)) / 127 || 1;
        scales[at + n] = scale;
        vectors.set(
          vector.map((value) => Math.round(value / scale)),
          (at + n) * vector.length,
        );
      }
    }
    if (model !== undefined) void kept?.write(model, texts, { vectors, scales });
    return { said, vectors, scales };
  }

  return {
    expect: (family, locale) => void ofFamily(family, locale),
    async of(vector, intent, family, locale) {
      const late = new Promise<Known>((resolve) => setTimeout(resolve, deadlineMs, nothing).unref());
      return likestIn(await Promise.race([ofFamily(family, locale), late]), vector, intent);
    },
  };
}

const meaningOf = ({ slots }: Said) => slots.signal ?? slots.observation ?? slots.handling;

function likestIn({ said, vectors, scales }: Known, vector: Float32Array, intent: Said['intent']): Likest | undefined {
  const likeness = (n: number) => {
    let sum = 0;
    for (let k = 0, at = n * vector.length; k < vector.length; k++) sum += vector[k]! * vectors[at + k]!;
    return sum * scales[n]!;
  };
  const all = said.flatMap((one, n) => (one.intent === intent ? [{ said: one, likeness: likeness(n) }] : []));
  const nearest = (some: typeof all) =>
    some.reduce<(typeof all)[number] | undefined>((best, one) => (best && best.likeness >= one.likeness ? best : one), undefined);
  const first = nearest(all);
  if (!first) return undefined;
  const [same, others] = [true, false].map((wanted) => all.filter((one) => (meaningOf(one.said) === meaningOf(first.said)) === wanted));
  return {
    said: first.said,
    texts: same!.filter((one) => one.likeness >= first.likeness - hardly).map((one) => one.said.text),
    likeness: first.likeness,
    margin: first.likeness - (nearest(others!)?.likeness ?? 0),
  };
}

import type { Embedder } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import { type Examples, familyIn, type Said } from './examples.ts';
import type { KeptVectors, SmallVectors } from './kept-vectors.ts';
import { learnVotes, type Vote, type Votes } from './votes.ts';

/**
 * The example that a sentence is nearest to: by the cosine of their vectors, and by how much nearer than the nearest that means something else.
 * `texts`: that example, and others of the same meaning that are hardly farther.
 */
export type Likest = { said: Said; texts: readonly string[]; likeness: number; margin: number };

/** The likeliest sign, those that are next, how near the nearest sentence of any is, and what the likeliest is told with that is hardly farther than its nearest. */
export type LikestSign = { first: Vote; second: Vote | undefined; likeness: number; texts: readonly string[] };

/** What is this little farther says the same. */
const hardly = 0.02;
/** So many vectors are asked for at once, so that somebody who speaks meanwhile waits for few of them. */
const atOnce = 4;

/** What a family says, with a vector of length 1 for each in eight bits a number: a thousand sentences in 0.4 MB, and no cosine is off by a thousandth. */
type Known = SmallVectors & { said: readonly Said[]; votes: Votes };
const nothing: Known = { said: [], vectors: new Int8Array(0), scales: new Float32Array(0), votes: () => [] };

/** Finds which signal, sign or act by hand of a family a sentence is nearest to. */
export type FindLikest = {
  /** Waits a while for the family's own words to be embedded, which happens once; undefined where that takes longer. */
  of(vector: Float32Array, intent: Said['intent'], family: string, locale: Locale): Promise<Likest | undefined>;
  /** Which sign of the family a sentence tells of, by all that is said of each. Waits in the same way. */
  sign(vector: Float32Array, family: string, locale: Locale): Promise<LikestSign | undefined>;
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
  const families = new Map<string, Promise<Known>>();

  /** Embedded when they are first wanted, in the time between two sentences; those who do not come are wanted again. */
  function ofFamily(family: string, locale: Locale): Promise<Known> {
    const key = familyIn(family, locale);
    const begun = families.get(key) ?? embedded(examples.get(key) ?? []);
    families.set(key, begun);
    void begun.then((found) => {
      if (found.said.length === 0) families.delete(key);
    });
    return begun;
  }
  async function embedded(said: readonly Said[]): Promise<Known> {
    const texts = said.map(({ text }) => text);
    const model = embedder.model();
    const before = model === undefined ? undefined : await kept?.read(model, texts);
    if (before) return known(said, before);
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
    return known(said, { vectors, scales });
  }

  const inTime = (family: string, locale: Locale): Promise<Known> => {
    const late = new Promise<Known>((resolve) => setTimeout(resolve, deadlineMs, nothing).unref());
    return Promise.race([ofFamily(family, locale), late]);
  };
  return {
    expect: (family, locale) => void ofFamily(family, locale),
    of: async (vector, intent, family, locale) => likestIn(await inTime(family, locale), vector, intent),
    sign: async (vector, family, locale) => signIn(await inTime(family, locale), vector),
  };
}

async function known(said: readonly Said[], small: SmallVectors): Promise<Known> {
  const rows = said.flatMap(({ intent }, n) => (intent === 'observe' ? [n] : []));
  const meanings = rows.map((row) => meaningOf(said[row]!) ?? '');
  return { said, ...small, votes: await learnVotes(small, rows, meanings) };
}

const meaningOf = ({ slots }: Said) => slots.signal ?? slots.observation ?? slots.handling;

/** All that is said of one kind, with its likeness to a vector. */
function likenesses({ said, vectors, scales }: Known, vector: Float32Array, intent: Said['intent']) {
  const likeness = (n: number) => {
    let sum = 0;
    for (let k = 0, at = n * vector.length; k < vector.length; k++) sum += vector[k]! * vectors[at + k]!;
    return sum * scales[n]!;
  };
  return said.flatMap((one, n) => (one.intent === intent ? [{ said: one, likeness: likeness(n) }] : []));
}
type Like = ReturnType<typeof likenesses>[number];

const nearest = (some: readonly Like[]) =>
  some.reduce<Like | undefined>((best, one) => (best && best.likeness >= one.likeness ? best : one), undefined);
/** The nearest and what is hardly farther. */
const nearestTexts = (some: readonly Like[]) => {
  const first = nearest(some)?.likeness ?? 0;
  return some.filter(({ likeness }) => likeness >= first - hardly).map(({ said }) => said.text);
};

function likestIn(known: Known, vector: Float32Array, intent: Said['intent']): Likest | undefined {
  const all = likenesses(known, vector, intent);
  const first = nearest(all);
  if (!first) return undefined;
  const [same, others] = [true, false].map((wanted) => all.filter((one) => (meaningOf(one.said) === meaningOf(first.said)) === wanted));
  return {
    said: first.said,
    texts: nearestTexts(same!),
    likeness: first.likeness,
    margin: first.likeness - (nearest(others!)?.likeness ?? 0),
  };
}

function signIn(known: Known, vector: Float32Array): LikestSign | undefined {
  const [first, second] = known.votes(vector);
  if (!first) return undefined;
  const all = likenesses(known, vector, 'observe');
  const its = all.filter(({ said }) => meaningOf(said) === first.meaning);
  return { first, second, likeness: nearest(all)?.likeness ?? 0, texts: nearestTexts(its) };
}

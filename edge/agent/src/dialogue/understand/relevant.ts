import { cosine, type Embedder } from '@wayside/models';
import type { Passage } from '../../knowledge/knowledge.ts';
import { languageOf, wordsOf } from '../../knowledge/words.ts';

/** Of the passages that share words with a question, those that are about it. */
export type Relevant = (text: string, passages: readonly Passage[]) => Promise<Passage[]>;

/** A turn waits no longer for it, in milliseconds; then what was found stands. */
const deadlineMs = 250;
/** So much of a passage says what it is about, in characters. */
const looked = 200;
/** So many passages are remembered, 1.5 kB each. */
const remembered = 200;
/**
 * So like a question its passage must be, by the cosine of their vectors; a little less where most words are shared anyway. Chosen on the article
 * questions of the packs and on everyday sentences that found an article by one word ("too hot": the anode of the tank); relevant-packs.test.ts
 * asks both again.
 */
const from = { en: 0.832, zh: 0.875 } as const;
const lessWhereShared = 0.021;

/**
 * Words in common are no matter in common: "too hot" is in an article on the anode of a tank. What a question and the passage found for it mean is
 * compared by their vectors, the best passage first; those behind one that is about it stand with it.
 * @param ofPassages the same; apart, where `embedder` holds on to the sentence of the turn
 */
export function createRelevant({ embedder, ofPassages }: { embedder: Embedder; ofPassages: Embedder }): Relevant {
  const known = new Map<string, Float32Array>();

  async function meaning(passage: Passage): Promise<Float32Array | undefined> {
    const about = `${passage.title}. ${passage.text.slice(0, looked)}`;
    const held = known.get(about);
    if (held) return held;
    const got = await ofPassages.embed({ texts: [about], as: 'passage', deadlineMs });
    const vector = got.kind === 'vectors' ? got.vectors[0] : undefined;
    if (!vector) return undefined;
    if (known.size >= remembered) known.delete(known.keys().next().value as string);
    known.set(about, vector);
    return vector;
  }

  return async (text, passages) => {
    const got = await embedder.embed({ texts: [text], as: 'query', deadlineMs });
    const asked = got.kind === 'vectors' ? got.vectors[0] : undefined;
    if (!asked) return [...passages];
    for (const [at, passage] of passages.entries()) {
      const vector = await meaning(passage);
      if (!vector) return passages.slice(at);
      const least = from[languageOf(text)] - (mostShared(text, passage) ? lessWhereShared : 0);
      if (cosine(asked, vector) >= least) return passages.slice(at);
    }
    return [];
  };
}

/** Three words at least, and six of ten. */
function mostShared(text: string, { title, heading, text: body }: Passage): boolean {
  const words = new Set(wordsOf(text));
  const held = new Set(wordsOf(`${title} ${heading} ${body}`));
  const shared = [...words].filter((word) => held.has(word)).length;
  return shared >= 3 && shared >= 0.6 * words.size;
}

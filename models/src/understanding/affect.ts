import { readFileSync } from 'node:fs';
import { type Input, logitsOf, sigmoid } from './head.ts';
import { type Kept, readHead } from './head-file.ts';

/**
 * How a person feels, by what they write: the chance of each, by itself, 0 to 1. The first four are the coarse groups of GoEmotions
 * (Demszky et al., ACL 2020; several may hold), `anger` and `anxiety` are parts of `negative`; `urgency` says that it cannot wait.
 */
export type Affect = Record<(typeof affects)[number], number>;
export const affects = ['positive', 'negative', 'ambiguous', 'neutral', 'anger', 'anxiety', 'urgency'] as const;

/** A sentence and, where an Embedder made them of it, its vector and what it was at the inner layers. */
export type Said = { text: string; vector?: Float32Array; inner?: Float32Array };

/** What the head of feelings reads of a text with a vector: behind it, what the text was at the inner layers. */
export const withInner = (vector: Float32Array, inner: Float32Array): Float32Array => Float32Array.of(...vector, ...inner);

const folder = new URL('../../heads/', import.meta.url);
const han = /\p{Script=Han}/u;

/**
 * What judges how people feel. Give it the sentence and, where there is an Embedder, what it made of the sentence (as a `query`): with
 * that the chances are better, and Chinese is understood too, since the vectors of both languages lie together. The heads were trained on
 * English comments and, for urgency, on both languages; what they know of anger and anxiety does not carry over well, so Chinese has a small head of its own for these. Without it words alone judge, and of Chinese it says nothing:
 * `undefined`. Some microseconds a sentence; the heads, 0.6 MB, are read at the first. What it was trained on: `models/training/README.md`; how good it is: `docs/benchmarks/understanding.md`.
 */
export function createAffect(): (said: Said) => Affect | undefined {
  const read = (name: string): Kept => readHead(readFileSync(new URL(name, folder)));
  const loaded = new Map<string, Kept>();
  const headOf = (name: string): Kept => {
    const known = loaded.get(name) ?? read(`${name}.head`);
    loaded.set(name, known);
    return known;
  };
  return ({ text, vector, inner }) => {
    const chinese = han.test(text);
    const embedded = vector && inner;
    if (chinese && !embedded) return undefined;
    // Words of a language the head never saw would count by chance.
    const feeling: Input = embedded ? { text: chinese ? '' : text, vector: withInner(vector, inner) } : { text };
    const other: Input = embedded ? { text, vector } : { text };
    const kind = embedded ? 'e5' : 'words';
    const names = [`feeling-${kind}`, `urgency-${kind}`, ...(chinese ? ['feeling-zh-e5'] : [])];
    const chances = names.flatMap((name, n) => {
      const { head, temperature } = headOf(name);
      const logits = logitsOf(head, n === 0 ? feeling : other);
      return head.labels.map((label, k) => [label, sigmoid(logits[k]! / temperature)] as const);
    });
    return Object.fromEntries(chances) as Affect;
  };
}

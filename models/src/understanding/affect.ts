import { readFileSync } from 'node:fs';
import { type Input, logitsOf, sigmoid } from './head.ts';
import { type Kept, readHead } from './head-file.ts';

/**
 * How a person feels, by what they write: the chance of each, by itself, 0 to 1. The first four are the coarse groups of GoEmotions
 * (Demszky et al., ACL 2020; several may hold), `anger` and `anxiety` are parts of `negative`; `urgency` says that it cannot wait.
 */
export type Affect = Record<(typeof affects)[number], number>;
export const affects = ['positive', 'negative', 'ambiguous', 'neutral', 'anger', 'anxiety', 'urgency'] as const;

const folder = new URL('../../heads/', import.meta.url);
const han = /\p{Script=Han}/u;

/**
 * What judges how people feel. Give it the sentence and, where there is an Embedder, the vector it made of the sentence (as a `query`): with
 * it the chances are better, and Chinese is understood too, since the vectors of both languages lie together. The heads were trained on
 * English comments and, for urgency, on both languages; what they know of anger and anxiety does not carry over well, so Chinese has a small head of its own for these. Without a vector words alone judge, and of Chinese it says nothing:
 * `undefined`. Some microseconds a sentence; the heads, 0.2 MB, are read at the first. What it was trained on and how good it is: `models/README.md`.
 */
export function createAffect(): (input: Input) => Affect | undefined {
  const read = (name: string): Kept => readHead(readFileSync(new URL(name, folder)));
  const loaded = new Map<string, Kept>();
  const headOf = (name: string): Kept => {
    const known = loaded.get(name) ?? read(`${name}.head`);
    loaded.set(name, known);
    return known;
  };
  return ({ text, vector }) => {
    const chinese = han.test(text);
    if (chinese && !vector) return undefined;
    // Words of a language the head never saw would count by chance.
    const feeling: Input = { text: chinese ? '' : text, ...(vector ? { vector } : {}) };
    const kind = vector ? 'e5' : 'words';
    const names = [`feeling-${kind}`, `urgency-${kind}`, ...(chinese ? ['feeling-zh-e5'] : [])];
    const chances = names.flatMap((name, n) => {
      const { head, temperature } = headOf(name);
      const logits = logitsOf(head, n === 0 ? feeling : { ...feeling, text });
      return head.labels.map((label, k) => [label, sigmoid(logits[k]! / temperature)] as const);
    });
    return Object.fromEntries(chances) as Affect;
  };
}

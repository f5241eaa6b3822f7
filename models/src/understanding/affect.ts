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
 * it the chances are better, and Chinese is understood too, since the vectors of both languages lie together; the heads were
 * trained on English comments, and on both languages for urgency. Without a vector words alone judge, and of Chinese it says nothing:
 * `undefined`. Some microseconds a sentence; the heads, 0.2 MB, are read at the first. What it was trained on and how good it is: `models/README.md`.
 */
export function createAffect(): (input: Input) => Affect | undefined {
  const read = (name: string): Kept => readHead(readFileSync(new URL(name, folder)));
  const loaded = new Map<string, Kept[]>();
  const heads = (kind: 'words' | 'e5'): Kept[] => {
    const known = loaded.get(kind) ?? [read(`feeling-${kind}.head`), read(`urgency-${kind}.head`)];
    loaded.set(kind, known);
    return known;
  };
  return ({ text, vector }) => {
    const chinese = han.test(text);
    if (chinese && !vector) return undefined;
    // Words of a language the head never saw would count by chance.
    const feeling: Input = { text: chinese ? '' : text, ...(vector ? { vector } : {}) };
    const chances = heads(vector ? 'e5' : 'words').flatMap(({ head, temperature }, n) => {
      const logits = logitsOf(head, n === 0 ? feeling : { ...feeling, text });
      return head.labels.map((label, k) => [label, sigmoid(logits[k]! / temperature)] as const);
    });
    return Object.fromEntries(chances) as Affect;
  };
}

import type { Embedder } from '@wayside/models';
import { expect, it } from 'vitest';
import { familyIn, type Said } from './examples.ts';
import type { KeptVectors, SmallVectors } from './kept-vectors.ts';
import { createLikest } from './likest.ts';

const sign = (text: string, observation: string): Said => ({ text, intent: 'observe', slots: { observation, answer: 'yes' } });
const examples = new Map([[familyIn('toy', 'en'), [sign('it squeals', 'squeal'), sign('it hums', 'hum')]]]);

/** Turns each text into a direction of its own, and counts them. */
function counting() {
  const texts: string[] = [];
  const vectorOf = (text: string) => Float32Array.of(text === 'it squeals' ? 1 : 0, text === 'it squeals' ? 0 : 1);
  const embedder: Embedder = {
    name: 'counting',
    model: () => 'counting',
    warm: () => {},
    async embed({ texts: asked }) {
      texts.push(...asked);
      return { kind: 'vectors', vectors: asked.map(vectorOf) };
    },
    stop: async () => {},
    stats: () => ({ state: 'ready' }),
  };
  return { embedder, texts };
}

function inMemory(): KeptVectors {
  const held = new Map<string, SmallVectors>();
  const key = (model: string, texts: readonly string[]) => JSON.stringify([model, texts]);
  return {
    read: async (model, texts) => held.get(key(model, texts)),
    write: async (model, texts, small) => void held.set(key(model, texts), small),
  };
}

it('embeds a family’s words once, and not again after a restart', async () => {
  const kept = inMemory();
  const ask = async (embedder: Embedder) =>
    createLikest({ examples, embedder, deadlineMs: 1000, kept }).of(Float32Array.of(0.1, 0.9), 'observe', 'toy', 'en');
  const [first, second] = [counting(), counting()];
  const answer = await ask(first.embedder);
  expect(answer).toMatchObject({ said: { slots: { observation: 'hum' } } });
  expect(first.texts).toEqual(['it squeals', 'it hums']);
  expect(await ask(second.embedder)).toEqual(answer);
  expect(second.texts).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createE5Embedder } from '../embedding/port-e5.ts';
import { createModels } from '../models.ts';
import { type Affect, createAffect } from './affect.ts';

const affect = createAffect();
const models = createModels();
const path = models.resolve('multilingual-e5-small');
if (!path) console.warn('SKIPPED: feelings are tested by words alone, the embedder is not here: wayside models pull multilingual-e5-small');

it('tells by words alone how an English sentence sounds, and says nothing of a Chinese one', () => {
  const [angry, glad] = ['you are a useless idiot and I hate this', 'thank you, I love it'].map((text) => affect({ text })!);
  expect(angry!.negative).toBeGreaterThan(0.5);
  expect(angry!.anger).toBeGreaterThan(glad!.anger);
  expect(glad!.positive).toBeGreaterThan(0.8);
  expect(affect({ text: '气死我了' })).toBeUndefined();
});

describe.skipIf(!path)('with the embedder', () => {
  const embedder = createE5Embedder({ model: () => ({ id: 'e5', path: path! }), now: () => performance.now() });
  let feel: (text: string) => Promise<Affect>;
  beforeAll(() => {
    feel = async (text) => {
      const got = await embedder.embed({ texts: [text], as: 'query', deadlineMs: 30_000 });
      if (got.kind !== 'vectors') throw new Error(`the embedder is ${got.reason}`);
      return affect({ text, vector: got.vectors[0]!, inner: got.inner![0]! })!;
    };
  });
  afterAll(() => embedder.stop());

  it('tells fear, thanks and haste in both languages from a plain question', async () => {
    for (const [afraid, thankful, hasty, plain] of [
      ['I am scared the brakes will fail', 'Thanks, that was great help', 'please hurry, we are freezing here', 'what is the oil pressure'],
      ['我好害怕，刹车会不会失灵', '谢谢你，太好了', '快点，来不及了', '水温是多少'],
    ]) {
      const [fear, thanks, haste, calm] = await Promise.all([afraid, thankful, hasty, plain].map((text) => feel(text!)));
      expect(fear!.anxiety).toBeGreaterThan(0.5);
      expect(thanks!.positive).toBeGreaterThan(0.6);
      expect(haste!.urgency).toBeGreaterThan(0.7);
      expect(Math.max(calm!.anger, calm!.anxiety, calm!.urgency)).toBeLessThan(0.2);
    }
  });
});

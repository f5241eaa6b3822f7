import type { Embedder } from '@wayside/models';
import { expect, it } from 'vitest';
import type { Passage } from '../../knowledge/knowledge.ts';
import { createRelevant } from './relevant.ts';

const passage = (title: string): Passage => ({
  id: `${title}#0`,
  article: title,
  locale: 'en',
  title,
  heading: 'What it means',
  text: 'Something about it.',
  score: 1,
  matched: 1,
  active: false,
});
/** What somebody says of heat points one way, what is said of tanks another. */
const pointing = (text: string) => (/hot|warm/.test(text) ? Float32Array.of(1, 0) : Float32Array.of(0, 1));
const embedder = (asked: string[] = []): Embedder =>
  ({
    embed: async ({ texts }: { texts: string[] }) => {
      asked.push(...texts);
      return { kind: 'vectors', vectors: texts.map(pointing) };
    },
  }) as unknown as Embedder;

it('leaves out passages that only share a word, and keeps those behind one that is about it', async () => {
  const relevant = createRelevant({ embedder: embedder(), ofPassages: embedder() });
  const [anode, curve, vessel] = ['The anode', 'Too warm rooms', 'The vessel'].map(passage);
  expect(await relevant('too hot', [anode!, curve!, vessel!])).toEqual([curve, vessel]);
  expect(await relevant('too hot', [anode!])).toEqual([]);
});

it('embeds a passage once', async () => {
  const asked: string[] = [];
  const relevant = createRelevant({ embedder: embedder(), ofPassages: embedder(asked) });
  for (const text of ['too hot', 'still hot']) await relevant(text, [passage('Too warm rooms')]);
  expect(asked).toHaveLength(1);
});

it('lets what was found stand where no embedder answers', async () => {
  const silent = { embed: async () => ({ kind: 'unavailable', reason: 'crashed' }) } as unknown as Embedder;
  const found = [passage('The anode')];
  expect(await createRelevant({ embedder: silent, ofPassages: silent })('too hot', found)).toEqual(found);
  expect(await createRelevant({ embedder: embedder(), ofPassages: silent })('too hot', found)).toEqual(found);
});

import type { Embedded, Embedder } from '@wayside/models';
import { expect, it } from 'vitest';
import { rememberingLast } from './remembering-last.ts';

const vector = { kind: 'vectors', vectors: [Float32Array.of(1)] } as const;
const counting = (answers: Embedded[]) => {
  const asked: string[] = [];
  const embed: Embedder['embed'] = async ({ texts, as }) => {
    asked.push(`${as} ${texts.join('+')}`);
    return answers.shift() ?? { kind: 'vectors', vectors: texts.map(() => Float32Array.of(1)) };
  };
  return { asked, embedder: rememberingLast({ embed } as Embedder) };
};
const say = (embedder: Embedder, ...texts: string[]) => embedder.embed({ texts, as: 'query', deadlineMs: 9 });

it('embeds the sentence of a turn once, whoever asks for it', async () => {
  const { asked, embedder } = counting([]);
  expect(await Promise.all([say(embedder, 'stop it'), say(embedder, 'stop it')])).toEqual([vector, vector]);
  await say(embedder, 'stop it');
  await embedder.embed({ texts: ['stop it'], as: 'passage', deadlineMs: 9 });
  await say(embedder, 'go on', 'stop it');
  expect(asked).toEqual(['query stop it', 'passage stop it', 'query go on+stop it']);
});

it('asks again for what did not come', async () => {
  const { asked, embedder } = counting([{ kind: 'unavailable', reason: 'deadline' }]);
  expect(await say(embedder, 'stop it')).toMatchObject({ kind: 'unavailable' });
  expect(await say(embedder, 'stop it')).toEqual(vector);
  expect(asked).toHaveLength(2);
});

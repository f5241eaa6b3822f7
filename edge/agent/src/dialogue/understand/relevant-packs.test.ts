import { readFile } from 'node:fs/promises';
import { createE5Embedder, createModels, type Embedder } from '@wayside/models';
import { loadPack, packsRoot } from '@wayside/packs';
import { openStore } from '@wayside/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createKnowledge, type Knowledge, type Question } from '../../knowledge/knowledge.ts';
import { type EdgeSchema, migrations } from '../../store/schema.ts';
import { createRelevant } from './relevant.ts';

const path = createModels().resolve('multilingual-e5-small');
if (!path)
  console.warn(
    'SKIPPED: what is relevant is not tested on the packs, the embedder is not here. Get it: wayside models pull multilingual-e5-small',
  );

const families = ['vehicle', 'home-hvac', 'industrial-pump', 'air-handler'];
/** Each shares a word with an article that has nothing to do with it. */
const strays: [family: string, text: string][] = [
  ['home-hvac', 'too hot'],
  ['home-hvac', "it's still cold"],
  ['home-hvac', 'you set it wrong'],
  ['home-hvac', 'what did the engineer change last time'],
  ['home-hvac', 'how much did it use last month'],
  ['vehicle', 'read me that again'],
  ['industrial-pump', 'compare with last week'],
  ['industrial-pump', 'when did it last stop'],
  ['home-hvac', '怎么才二十度'],
  ['home-hvac', '我妈说你们的机器不行'],
  ['home-hvac', '现在几度'],
];

describe.skipIf(!path)('what the packs are asked', { timeout: 120_000 }, () => {
  const real = createE5Embedder({ model: () => ({ id: 'e5', path: path! }), now: () => performance.now() });
  const embedder: Embedder = { ...real, embed: (request) => real.embed({ ...request, deadlineMs: 60_000 }) };
  const relevant = createRelevant({ embedder, ofPassages: embedder });
  let store: Awaited<ReturnType<typeof openStore<EdgeSchema>>>;
  let knowledge: Knowledge;
  beforeAll(async () => {
    real.warm();
    store = await openStore<EdgeSchema>(':memory:', migrations);
    knowledge = createKnowledge(store.db);
    for (const family of families)
      for (const article of (await loadPack(`${packsRoot}/${family}`)).articles)
        await knowledge.put({ ...article, family, version: 1 }, 'pack');
  });
  afterAll(async () => {
    await real.stop();
    await store.close();
  });
  const found = async (question: Question) => relevant(question.text, await knowledge.search(question));

  it.each(strays)('%s: "%s" finds no article by a word in common', async (family, text) => {
    expect(await found({ text, family, locale: /\p{Script=Han}/u.test(text) ? 'zh' : 'en' })).toEqual([]);
  });

  it('loses at most one in fifty of the article questions', async () => {
    const lost: string[] = [];
    let asked = 0;
    for (const family of families) {
      const { tests } = parse(await readFile(`${packsRoot}/${family}/tests/articles.yaml`, 'utf8'));
      for (const { language, question } of tests as { language: 'en' | 'zh'; question: string }[]) {
        asked += 1;
        if ((await found({ text: question, family, locale: language })).length === 0) lost.push(question);
      }
    }
    expect(asked).toBeGreaterThan(250);
    expect(lost.length, lost.join('; ')).toBeLessThanOrEqual(asked / 50);
  });
});

import { createE5Embedder, createModels, type Embedder, readDanger } from '@wayside/models';
import { loadPack, packsRoot } from '@wayside/packs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHearDanger } from './hear-danger.ts';

const { wording } = await loadPack(`${packsRoot}/core`);
const path = createModels().resolve('multilingual-e5-small');
if (!path)
  console.warn('SKIPPED: the ear for danger is not tested, the embedder is not here. Get it: wayside models pull multilingual-e5-small');

describe.skipIf(!path)('danger told without its name', { timeout: 120_000 }, () => {
  const real = createE5Embedder({ model: () => ({ id: 'e5', path: path! }), now: () => performance.now() });
  const embedder: Embedder = { ...real, embed: (request) => real.embed({ ...request, deadlineMs: 60_000 }) };
  const hear = createHearDanger({ embedder, head: readDanger, wording });
  beforeAll(() => real.warm());
  afterAll(() => real.stop());

  it.each([
    ["There's a funny smell and my eyes sting.", /smoke|gas/],
    ['It whiffs of rotten eggs in the boiler cupboard.', /gas/],
    ['The whole family feels sick and dizzy since the heating came on.', /carbon-monoxide/],
    ['I keep getting a tingle off the tap when I touch it.', /shock/],
    ["Bob's sleeve got dragged in and he can't get loose.", /injury/],
    ['She is gasping for air and won’t answer, her lips are blue.', /medical|injury/],
    ['锅炉那边一股臭鸡蛋味', /gas/],
    ['摸水龙头手发麻', /shock/],
    ['有人的手指头卡在联轴器里了', /injury/],
    ['油门弹不回来了，车越跑越快', /runaway/],
  ])('is heard: %s', async (text, hazard) => {
    expect(await hear(text, { waits: false })).toMatchObject({ intent: 'emergency', slots: { hazard: expect.stringMatching(hazard) } });
  });

  it.each([
    'it could be gas, my eyes sting',
    'would you send somebody, my eyes sting and it hisses by the meter',
    '可能是煤气，我眼睛辣',
    '屋里有股怪味，眼睛刺痛',
    '外机里头看得见火苗，正常吗',
  ])('is heard or asked about beside what is only supposed: %s', async (text) => {
    expect(await hear(text, { waits: false })).toMatchObject({ intent: expect.stringMatching(/emergency|perhaps-danger/) });
  });

  it('calls nobody for a question, and asks as early as the policy says', async () => {
    expect(await hear('does it mean anything that my eyes sting in here?', { waits: false })).not.toMatchObject({ intent: 'emergency' });
    const never = { call: { any: 1, one: 1 }, ask: { any: 0, one: 0 } };
    expect(await hear('the radio is too loud', { waits: false, sure: { unasked: never, waiting: never } })).toMatchObject({
      intent: 'perhaps-danger',
    });
  });

  it.each([
    'it has been making a racket since Tuesday',
    'a warm smell of dust when the heating comes on in autumn',
    'the oil lamp is on',
    'ticks over way too fast and there is a whoosh from under the lid',
    'what would I do if it caught fire?',
    'is it bad when it smells of eggs?',
    'she runs a bit hot in traffic',
    '暖气片摸着不热',
    '电机嗡嗡响，就是不转',
    '要是着火了怎么办',
    '这步我拧不动',
    '我妈怕冷，能调高点吗',
  ])('is not heard in what is none: %s', async (text) => {
    expect(await hear(text, { waits: false })).toBeUndefined();
  });

  it('calls nobody for what is only odd', async () => {
    expect(await hear('knocking from the middle bit, rubber shavings everywhere', { waits: false })).not.toMatchObject({
      intent: 'emergency',
    });
  });

  it('must be surer where a reply is likelier', async () => {
    expect(await hear('my hands are full of arthritis, I can’t turn it', { waits: true })).not.toMatchObject({ intent: 'emergency' });
    expect(await hear('I keep getting a tingle off the tap when I touch it.', { waits: true })).toMatchObject({ intent: 'emergency' });
  });

  it('says nothing without an embedder', async () => {
    const none: Embedder = { ...real, embed: async () => ({ kind: 'unavailable', reason: 'crashed' }) };
    expect(await createHearDanger({ embedder: none, head: readDanger })('my eyes sting', { waits: false })).toBeUndefined();
  });
});

it('waits for a model that is on its way, and hardly for one that is there', async () => {
  const waited: number[] = [];
  for (const state of ['loading', 'ready'] as const) {
    const embed: Embedder['embed'] = async ({ deadlineMs }) => {
      waited.push(deadlineMs);
      return { kind: 'unavailable', reason: 'deadline' };
    };
    const embedder = { embed, stats: () => ({ state }) } as unknown as Embedder;
    await createHearDanger({ embedder, head: readDanger, wording })('my eyes sting', { waits: false });
  }
  expect(waited).toEqual([5_000, 250]);
});

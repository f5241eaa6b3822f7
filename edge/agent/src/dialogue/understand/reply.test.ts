import { createE5Embedder, createModels, readReplies } from '@wayside/models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newState } from '../state.ts';
import { readReply, type WaitsFor, waitsFor } from './reply.ts';

const path = createModels().resolve('multilingual-e5-small');
if (!path) console.warn('SKIPPED: replies are not read, the embedder is not here. Get it: wayside models pull multilingual-e5-small');

/** Said by nobody in training: text, what is waited for, what it comes to; nothing where it is no reply. */
const said: [string, WaitsFor, string][] = [
  ['aye, been like that a fortnight', 'answer', 'yes'],
  ["couldn't tell you for the life of me", 'answer', 'unsure'],
  ['and why would you want to know that', 'answer', 'asks-why'],
  ['这跟毛病有啥关系呀', 'answer', 'asks-why'],
  ['嗯哪，有点儿', 'answer', 'yes'],
  ["okay that's that bit finished", 'step', 'howto done'],
  ['弄利落了，下一个是啥', 'step', 'howto done'],
  ["I'd prefer not to do this one", 'step', 'refuse'],
  ['这步我真不敢弄', 'step', 'refuse'],
  ['sorry, the doorbell rang, where had we got to', 'step', 'repeat'],
  ['could you take care of that one for me', 'step', 'command'],
  ['is it safe to drive to Leeds like this', 'answer', ''],
  ['I want a technician to phone me', 'step', ''],
  ['现在水温多少度', 'answer', ''],
];

describe.skipIf(!path)('a reply', { timeout: 120_000 }, () => {
  const embedder = createE5Embedder({ model: () => ({ id: 'e5', path: path! }), now: () => performance.now() });
  const replies = readReplies();
  beforeAll(() => embedder.warm());
  afterAll(() => embedder.stop());
  const read = async (text: string, waits: WaitsFor) => {
    const got = await embedder.embed({ texts: [text], as: 'query', deadlineMs: 60_000 });
    if (got.kind !== 'vectors') throw new Error(got.reason);
    const reply = readReply(replies, { text, vector: got.vectors[0]! }, waits);
    return reply ? [reply.intent, ...Object.values(reply.slots)].join(' ') : '';
  };

  it('is read in words that nobody wrote down, seven of ten', async () => {
    const heard = await Promise.all(said.map(async ([text, waits, means]) => ({ text, means, heard: await read(text, waits) })));
    const right = heard.filter((one) => one.heard === one.means);
    expect(right.length / heard.length, JSON.stringify(heard.filter((one) => one.heard !== one.means))).toBeGreaterThanOrEqual(0.7);
  });

  it('moves no machine unless it is a short yes with nothing beside it', async () => {
    expect(await read('sounds good, go for it', 'consent')).toBe('yes');
    for (const text of [
      'yes but only after the kids are out',
      'yes if it is not too loud and takes no longer than an hour',
      '好，不过等我回来再弄',
    ])
      expect(await read(text, 'consent')).not.toBe('yes');
  });

  it('is one meaning where two labels come to the same', async () => {
    for (const text of ['better not, leave it be', '请勿执行', '先别碰它']) expect(await read(text, 'consent')).toBe('no');
  });

  it('is none where it asks', async () => {
    expect(await read('is it fixed?', 'step')).not.toBe('howto done');
    expect(await read('弄好了没有', 'step')).not.toBe('howto done');
  });
});

it('waits for the answer before the yes, and for the yes before the step', () => {
  const thing = 'car-1';
  const state = { ...newState('en', thing), procedure: { thing, id: 'p' } };
  expect(waitsFor(newState('en'))).toBeUndefined();
  expect(waitsFor(state)).toBe('step');
  const asked = { ...state, pendingQuestion: { thing, observation: 'o' }, pendingOffer: 'person' as const };
  expect(waitsFor(asked)).toBe('answer');
  expect(waitsFor({ ...newState('en'), pendingOffer: 'person' })).toBe('person');
});

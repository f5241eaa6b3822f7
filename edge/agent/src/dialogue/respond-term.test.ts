import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openToyTalk } from './test-talk.ts';
import { now } from './test-toy.ts';

let talk: Awaited<ReturnType<typeof openToyTalk>>;
beforeAll(async () => {
  talk = await openToyTalk();
});
afterAll(() => talk.close());

describe('a word of the trade', () => {
  it.each([
    ['en', "what's a belt", 'It turns the fan.'],
    ['en', 'What does the drive belt do?', 'It turns the fan.'],
    ['en', "I don't know what a fan is", 'It moves air.'],
    ['zh', '皮带是什么东西', '它带动风扇。'],
    ['zh', '风扇是干嘛的', '它吹风。'],
  ] as const)('%s: "%s" is told in the words of the pack', async (locale, text, says) => {
    talk.begin(false, locale);
    const { answer } = await talk.tell(text);
    expect(answer.text).toBe(says);
    expect(answer.citations[0]).toMatchObject({ kind: 'rule', text: expect.stringContaining('made for this test') });
  });

  it('cites the article that says more', async () => {
    talk.begin(false, 'en');
    expect((await talk.tell('what is a belt')).answer.citations).toContainEqual(expect.objectContaining({ kind: 'article', ref: 'belt' }));
  });

  it.each([
    ['en', 'what is the difference between a belt and a fan', ['It turns the fan.', 'It moves air.']],
    ['zh', '皮带和风扇有什么区别', ['它带动风扇。', '它吹风。']],
  ] as const)('%s: of two, both', async (locale, text, says) => {
    talk.begin(false, locale);
    const { answer } = await talk.tell(text);
    for (const one of says) expect(answer.text).toContain(one);
  });

  it('keeps the question that waits for an answer, and what must stop now first', async () => {
    talk.begin(true, 'en');
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    const { answer } = await talk.tell('what is a fan');
    expect(answer.text).toMatch(/^Stop it now\. It moves air\./);
    talk.begin(true, 'en');
    const asked = await talk.tell('what is wrong');
    expect(asked.state.pendingQuestion).toBeDefined();
    const { state } = await talk.tell('what is a fan');
    expect(state.pendingQuestion).toEqual(asked.state.pendingQuestion);
  });
});

describe('a misfire is called 失火, and nothing burns', () => {
  it.each(['什么是失火', '第1缸失火是什么意思', '失火是什么意思'])('"%s" calls nobody', async (text) => {
    talk.begin(false, 'zh');
    expect((await talk.tell(text)).handoff).toBeNull();
  });
  it.each(['厨房失火了', '失火', '第1缸失火是什么意思，车头着火了'])('"%s" does', async (text) => {
    talk.begin(false, 'zh');
    expect((await talk.tell(text)).handoff?.effect).toBe('handoff-urgent');
  });
});

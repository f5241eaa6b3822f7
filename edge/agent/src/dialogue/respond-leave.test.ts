import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openToyTalk } from './test-talk.ts';
import { now } from './test-toy.ts';

let talk: Awaited<ReturnType<typeof openToyTalk>>;
beforeAll(async () => {
  talk = await openToyTalk();
});
afterAll(() => talk.close());

describe('leave to do something by hand', () => {
  it.each([
    ['en', 'can I open the hood', 'Do not do that. The belt catches fingers.', 'open-hood'],
    ['en', "I'm going to open the hood", 'Do not do that. The belt catches fingers.', 'open-hood'],
    ['en', 'is it safe to oil the belt', 'You may, with care. One drop.', 'oil-belt'],
    ['zh', '可以打开罩子吗', '不要这样做。皮带会夹手。', 'open-hood'],
    ['zh', '打开罩子行吗', '不要这样做。皮带会夹手。', 'open-hood'],
    ['zh', '我想自己换电机', '不要自己动手，要请专业人员来做。里面带电。', 'swap-motor'],
  ] as const)('%s: "%s" is told first and plainly, with where that is from', async (locale, text, says, handling) => {
    talk.begin(false, locale);
    const { answer } = await talk.tell(text);
    expect(answer.text).toBe(says);
    expect(answer.citations).toContainEqual(
      expect.objectContaining({ kind: 'rule', ref: `handling/${handling}`, text: expect.stringContaining('made for this test') }),
    );
    expect(answer.offerPerson === true).toBe(handling === 'swap-motor');
  });

  it.each([
    ['en', 'can I cut that wire'],
    ['en', 'should I hit it with a spanner'],
    ['zh', '可以把那根线剪了吗'],
    ['zh', '用扳手敲一下行吗'],
  ] as const)('%s: "%s" gets no leave that nobody wrote, though no sensor shows a thing', async (locale, text) => {
    talk.begin(false, locale);
    const { answer } = await talk.tell(text);
    expect(answer.text).toMatch(locale === 'zh' ? /没有把握.*请先不要动手/ : /I do not know.*Leave it/);
    expect(answer.text).not.toMatch(/nothing that speaks against|没有发现需要停用/);
    expect(answer.offerPerson).toBe(true);
  });

  it('says before an article that it gives no leave', async () => {
    talk.begin(false, 'en');
    const { answer } = await talk.tell('can I cut the worn belt off');
    expect(answer.text).toMatch(/^Whether just that may be done I do not know; ask a person before you do\./);
    expect(answer.citations).toContainEqual(expect.objectContaining({ kind: 'article', ref: 'belt' }));
  });

  it('puts what must stop now before all', async () => {
    talk.begin(true, 'en');
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    const { answer } = await talk.tell('can I open the hood');
    expect(answer.text).toBe('Stop it now. Do not do that. The belt catches fingers.');
  });

  it('keeps the question that waits for an answer', async () => {
    talk.begin(true, 'en');
    const asked = await talk.tell('what is wrong');
    expect(asked.state.pendingQuestion).toBeDefined();
    const { answer, state } = await talk.tell('can I open the hood');
    expect(answer.text).toMatch(/Do not do that/);
    expect(state.pendingQuestion).toEqual(asked.state.pendingQuestion);
  });

  it('takes a yes after it for the step, where somebody is at one, and calls nobody', async () => {
    talk.begin(true, 'en');
    await talk.tell('how do I fix it');
    const { answer } = await talk.tell('can I cut that wire');
    expect(answer.text).toMatch(/I do not know.*Leave it/);
    expect(answer.offerPerson).toBeUndefined();
    const { handoff, answer: next } = await talk.tell('yup');
    expect(handoff).toBeNull();
    expect(next.step).toMatchObject({ step: 'tighten' });
  });

  it('keeps the step somebody is at', async () => {
    talk.begin(true, 'en');
    await talk.tell('how do I fix it');
    const { answer, state } = await talk.tell('can I oil the belt');
    expect(answer.text).toMatch(/One drop/);
    expect(state.procedure).toBeDefined();
  });

  it.each([
    ['en', 'may I speak to a mechanic'],
    ['en', 'could I have a word with one of your engineers'],
    ['en', 'can you get me a plumber'],
    ['en', 'sparky please'],
    ['zh', '我可以跟修车师傅讲两句吗'],
    ['zh', '能帮我叫个电工师傅吗'],
    ['zh', '给我喊个修空调的'],
  ] as const)('%s: who asks for a person in words of leave, or by their trade, gets the person: "%s"', async (locale, text) => {
    talk.begin(false, locale);
    const { understanding, handoff } = await talk.tell(text);
    expect(understanding).toMatchObject({ intent: 'person' });
    expect(handoff).toBeDefined();
  });
});

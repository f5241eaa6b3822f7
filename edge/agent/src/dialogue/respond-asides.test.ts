import { policyFile } from '@wayside/packs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noPast, openToyTalk } from './test-talk.ts';
import { both, now } from './test-toy.ts';

let talk: Awaited<ReturnType<typeof openToyTalk>>;
beforeAll(async () => {
  talk = await openToyTalk();
});
afterAll(() => talk.close());

describe('what is asked beside', () => {
  it.each([
    ['en', 'in plain english please', 'Run it gently.', /^Run it gently\. It is \w+( \w+)? this: The belt is worn\./],
    ['zh', '说简单点', '请轻载运行。', /^请轻载运行。.*是：皮带磨损。/],
  ] as const)('%s: "%s" says what counts in fewer words', async (locale, text, advice, says) => {
    talk.begin(true, locale);
    const long = await talk.tell(locale === 'zh' ? '哪里有问题' : 'what is wrong');
    const { answer } = await talk.tell(text);
    expect(answer.text).toMatch(says);
    expect(answer.text).toContain(advice);
    expect(answer.text.length).toBeLessThan(long.answer.text.length + advice.length);
  });

  it('answers although a rule brings a person, who is then said after it', async () => {
    talk.begin(true, 'en');
    const always = policyFile.parse({
      rules: [{ id: 'always', because: both('So it is.', '就是这样。'), when: { turns: { atLeast: 0 } }, effect: 'handoff' }],
    });
    const { answer, handoff } = await talk.tell('in plain english please', undefined, always);
    expect(handoff).toMatchObject({ effect: 'handoff' });
    expect(answer.text).toMatch(/The belt is worn/);
  });

  it('says the step again to whom it was too long, and keeps it', async () => {
    talk.begin(true, 'en');
    await talk.tell('how do I fix it');
    const { answer, state } = await talk.tell('too complicated');
    expect(answer.step).toMatchObject({ step: 'off' });
    expect(state.procedure).toBeDefined();
  });

  it('says how the machine is to who wants something said again before anything was', async () => {
    talk.begin(false, 'en');
    expect((await talk.tell('say that again')).answer.text).toMatch(/no fault|nothing wrong/i);
  });

  it.each([
    ['en', 'how long will it take to fix', /do not know/],
    ['zh', '修好要多久', /不清楚/],
  ] as const)('%s: does not make up how long a repair takes', async (locale, text, says) => {
    talk.begin(true, locale);
    const { answer } = await talk.tell(text);
    expect(answer.text).toMatch(says);
    expect(answer.offerPerson).toBe(true);
  });

  it.each([
    ['en', 'give me a shift handover', /The door stuck \(.*for 5 minutes\)/, /Lamp/],
    ['zh', '我不在的时候发生了什么', /门卡住（.*持续 5 分钟）/, /灯/],
  ] as const)('%s: "%s" tells of the last twelve hours and no earlier', async (locale, text, says, not) => {
    talk.begin(false, locale);
    const was = (title: ReturnType<typeof both>, hours: number) => {
      const since = now - hours * 3_600_000;
      return { fault: title.en, title, since, until: since + 300_000 };
    };
    talk.past = { ...noPast, faults: async () => [was(both('The door stuck', '门卡住'), 3), was(both('Lamp dark', '灯不亮'), 30)] };
    const { answer } = await talk.tell(text);
    talk.past = noPast;
    expect(answer.text).toMatch(says);
    expect(answer.text).not.toMatch(not);
  });

  it.each([
    ['en', 'the mechanic said it is the fan', /It could be; here is what I see\./],
    ['zh', '师傅说是风扇坏了', /有可能/],
  ] as const)('%s: weighs what somebody else said it is: "%s"', async (locale, text, says) => {
    talk.begin(true, locale);
    const { answer, understanding } = await talk.tell(text);
    expect(understanding.intent).toBe('why');
    expect(answer.text).toMatch(says);
  });
});

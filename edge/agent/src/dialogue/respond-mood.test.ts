import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { perhapsDanger } from './grammar/alarm.ts';
import { openToyTalk, watchToy } from './test-talk.ts';
import { now, pack } from './test-toy.ts';

let talk: Awaited<ReturnType<typeof openToyTalk>>;
beforeAll(async () => {
  talk = await openToyTalk();
});
afterAll(() => talk.close());

/** The toy whose belt must be stopped for. */
function beginStopped(locale: 'en' | 'zh' = 'en') {
  talk.begin(true, locale);
  talk.watch = watchToy(true, { ...pack, faults: { ...pack.faults, belt: { ...pack.faults.belt!, safety: 'stop' } } });
  talk.watch.answer('t1', 'squeal', 'yes', now);
}

describe('who talks in a bad mood', () => {
  it.each([
    ['en', 'come on, you must be joking', /^Run it gently\. I did not understand that/],
    ['zh', '别开玩笑了好不好', /^请轻载运行。这句话我没听懂/],
  ] as const)('%s: hears once more to stop before that a sentence was not understood', async (locale, text, says) => {
    beginStopped(locale);
    await talk.tell(locale === 'zh' ? '哪里有问题' : 'what is wrong');
    expect((await talk.tell(text)).answer.text).toMatch(says);
  });

  it('hears to stop before being asked whether there is another danger', async () => {
    beginStopped();
    talk.hearDanger = async () => ({
      kind: 'match',
      intent: perhapsDanger,
      slots: { hazard: 'smoke' },
      family: 'core',
      exact: false,
      confidence: 0.6,
    });
    const { answer } = await talk.tell('oh great, it is boiling over, fantastic');
    talk.hearDanger = undefined;
    expect(answer.text).toMatch(/^Run it gently\. Is there smoke/);
    expect(answer.choices).toHaveLength(2);
  });

  it.each([
    ['en', 'you said that already', /^Sorry, I will not say it all again\. You are still at this step\./],
    ['en', 'no. not doing that', /^You need not\. Say “skip it”|^This step keeps you safe/],
    ['zh', '你刚说过了', /^抱歉，不再重复了。您还在这一步。/],
    ['zh', '我爬不了梯子', /^不是非做不可|^这一步关系到安全/],
  ] as const)('%s: keeps the step for "%s"', async (locale, text, says) => {
    talk.begin(true, locale);
    const { answer } = await talk.tell(locale === 'zh' ? '怎么修' : 'how do I fix it');
    const after = await talk.tell(text);
    expect(after.answer.text).toMatch(says);
    expect(after.answer.step?.step).toBe(answer.step?.step);
    expect(after.stepTried).toBeUndefined();
  });

  it('goes on for who did it already, and answers who heard it before or will not do it where no step is shown', async () => {
    talk.begin(true);
    await talk.tell('how do I fix it');
    expect((await talk.tell('I already did that')).answer.step?.number).toBe(2);
    beginStopped();
    await talk.tell('what is wrong');
    expect((await talk.tell('yes you just said that')).answer.text).toMatch(/^Sorry, I will not say it again\./);
    expect((await talk.tell("I'm not a plumber")).answer).toMatchObject({
      text: expect.stringMatching(/You need not do it yourself: a person can\.$/),
      offerPerson: true,
    });
  });

  it('takes no half a yes for one, where a person was only offered', async () => {
    talk.begin(false);
    expect((await talk.tell('blorg fnord')).answer.offerPerson).toBe(true);
    expect((await talk.tell('fine. so?')).handoff?.rule.id).not.toBe('asked');
    talk.begin(false);
    await talk.tell('blorg fnord');
    expect((await talk.tell('please do')).handoff?.rule.id).toBe('asked');
  });

  it('does not say that anything has stopped which was only broken off', async () => {
    talk.begin(true);
    await talk.tell('how do I fix it');
    expect((await talk.tell('forget it')).answer.text).toBe('All right, I leave that. You can come back to it at any time.');
  });

  it('ends an emergency upon "no, there is no smell of gas", and begins none upon "does it smell of gas?"', async () => {
    talk.begin(false);
    expect((await talk.tell('does it smell of gas is that what you are asking me')).handoff).toBeNull();
    await talk.tell('I smell gas');
    expect((await talk.tell('can I go back in for the dog')).answer.text).toMatch(/^No flames/);
    expect((await talk.tell('no there is no smell of gas')).answer.text).toMatch(/^Good\. I no longer treat/);
  });
});

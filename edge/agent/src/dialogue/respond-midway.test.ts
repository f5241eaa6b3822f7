import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { briefOf } from '../escalation/brief.ts';
import { openToyTalk, thing } from './test-talk.ts';
import { both, pack } from './test-toy.ts';

let talk: Awaited<ReturnType<typeof openToyTalk>>;
beforeAll(async () => {
  talk = await openToyTalk();
});
afterAll(() => talk.close());

/** In the first step of the toy's repair. */
async function atStep(locale: 'en' | 'zh' = 'en') {
  talk.begin(true, locale);
  const { answer } = await talk.tell(locale === 'zh' ? '怎么修' : 'how do I fix it');
  expect(answer.step).toMatchObject({ step: 'off', number: 1 });
}

describe('in the middle of a repair', () => {
  it.each([
    ['en', 'and now there is water everywhere', 'water', /step out of the water/],
    ['zh', '现在到处都是水', 'water', /离开有水的地方/],
    ['en', 'it smells burnt now', 'smoke', /Switch it off/],
    ['zh', '有一股焦味', 'smoke', /断开总电源/],
    ['en', 'ouch, I burned my hand', 'hurt', /cool running water/],
    ['zh', '我割到手了', 'hurt', /干净的布/],
  ] as const)('%s: "%s" stops the steps, says what keeps people safe first, and brings a person', async (locale, text, hazard, first) => {
    await atStep(locale);
    const { answer, handoff, state } = await talk.tell(text);
    expect(answer.text).toMatch(first);
    expect(answer.citations).toContainEqual(expect.objectContaining({ ref: `emergency/${hazard}` }));
    expect(answer.step).toBeUndefined();
    expect(handoff).toMatchObject({ effect: 'handoff-urgent' });
    expect(state.halted).toEqual({ thing: 't1', procedure: 'belt', step: 'off', said: text });
    const { next } = briefOf({ transcript: [], faults: [], dtcs: [], steps: [] }, pack, undefined, true, state.halted);
    expect(next.en).toContain(`They stopped at step 1 of 2 of “Tighten the belt”`);
    expect(next.zh).toContain(text);
  });

  it.each([
    ['en', 'I think I broke something', /^Stop here and leave it as it is now.*Shall a person take over\?/],
    ['zh', '我好像弄坏了什么', /^先停下，保持现在的样子.*要转人工吗？/],
  ] as const)('%s: "%s" stops the steps and offers a person; the place is kept', async (locale, text, says) => {
    await atStep(locale);
    const { answer, state, stepTried } = await talk.tell(text);
    expect(answer.text).toMatch(says);
    expect(answer).toMatchObject({ offerPerson: true });
    expect(answer.step).toBeUndefined();
    expect(stepTried).toBeUndefined();
    expect(state).toMatchObject({ pendingOffer: 'person', halted: { step: 'off', said: text } });
    const taken = await talk.tell(locale === 'zh' ? '好的，那太感谢了' : 'yes please');
    expect(taken.handoff).toMatchObject({ effect: 'handoff' });
    const resumed = await talk.tell(locale === 'zh' ? '怎么修' : 'continue the repair');
    expect(resumed.answer.step).toMatchObject({ step: 'off' });
  });

  it.each([
    ['en', 'it is stuck', /^Do not force it/],
    ['en', "it won't come off", /^Do not force it/],
    ['zh', '拧不下来', /^不要硬来/],
  ] as const)('%s: "%s" moves nobody on', async (locale, text, says) => {
    await atStep(locale);
    const { answer, stepTried } = await talk.tell(text);
    expect(answer.text).toMatch(says);
    expect(stepTried).toBeUndefined();
    expect((await talk.tell(locale === 'zh' ? '做完了' : 'done')).answer.step).toMatchObject({ step: 'tighten' });
  });

  it.each([
    ['en', 'that is too hot to touch', /^Hands off/],
    ['zh', '太烫了', /^先别碰/],
    ['en', 'I have no screwdriver', /names? nothing else|name nothing else.*Fetch it in your own time/],
    ['zh', '我没有螺丝刀', /没有写可以用别的代替.*停在这一步等您/],
    ['en', 'where is it?', /^Keep your hands away\. Step 1 of 2: .* That is all my instructions say/],
    ['zh', '它在哪儿', /说明里只写了这些/],
  ] as const)('%s: "%s" keeps the step', async (locale, text, says) => {
    await atStep(locale);
    const { answer, stepTried, state } = await talk.tell(text);
    expect(answer.text).toMatch(says);
    expect(answer.step).toMatchObject({ step: 'off' });
    expect(stepTried).toBeUndefined();
    expect(state.procedure).toEqual({ thing: 't1', id: 'belt' });
  });

  it('says what the step itself says of where it is and of what else may do', async () => {
    const { belt } = pack.procedures;
    const before = { ...belt!.steps[0]! };
    Object.assign(belt!.steps[0]!, {
      detail: both('The switch is at the back.', '开关在背面。'),
      instead: both('A coin does as well.', '硬币也行。'),
    });
    await atStep();
    expect((await talk.tell('where is it')).answer.text).toMatch(/The switch is at the back\.$/);
    expect((await talk.tell('I have no screwdriver')).answer.text).toMatch(/^A coin does as well\. Fetch it/);
    belt!.steps[0] = before;
  });

  it('tells which step it is to who is nervous and has forgotten, and does not answer the nerves alone', async () => {
    for (const [locale, text] of [
      ['en', 'I am very nervous… Which step was it?'],
      ['en', 'got it. what was the step'],
      ['zh', '我很紧张。刚才到哪一步了？'],
    ] as const) {
      await atStep(locale);
      const { answer, stepTried } = await talk.tell(text);
      expect(answer.step, text).toMatchObject({ step: 'off', number: 1 });
      expect(stepTried).toBeUndefined();
    }
  });

  it('hears none of it where it is asked, denied, or nobody is at a step', async () => {
    await atStep();
    expect((await talk.tell('there is no smoke')).handoff?.effect).not.toBe('handoff-urgent');
    talk.begin(true);
    expect((await talk.tell('I have no screwdriver')).answer.step).toBeUndefined();
  });
});

describe('a complaint', () => {
  it.each([
    [
      'en',
      'it was just repaired last week and is broken again',
      /^Run it gently\. That it is broken again.*no record here.*The belt is worn.*Shall a person/,
    ],
    ['zh', '上星期刚修过又坏了', /修过又坏，这不应该。.*没有它以前修理的记录.*要转人工吗？/],
    ['en', 'you people never help', /You have not had the help you need/],
    ['en', 'I have had enough of it', /You have not had the help you need/],
    ['zh', '我真是受够了', /您没有得到该有的帮助/],
    ['zh', '你们从来帮不上忙', /您没有得到该有的帮助/],
    ['en', 'I paid for this!', /You have paid for it/],
    ['zh', '我可是花了钱的', /您花了钱/],
  ] as const)('%s: "%s" is acknowledged, with what shows now and a person', async (locale, text, says) => {
    talk.begin(true, locale);
    const { answer, state } = await talk.tell(text);
    expect(answer.text).toMatch(says);
    expect(answer).toMatchObject({ offerPerson: true });
    expect(state.pendingOffer).toBe('person');
    expect((await talk.tell(locale === 'zh' ? '好的，谢谢' : 'yes, thank you')).handoff).toMatchObject({ effect: 'handoff' });
  });
});

describe('two machines of one name', () => {
  const two = [
    { ...thing, location: 'Cellar' },
    { ...thing, id: 't2', location: 'Workshop' },
  ];
  it('are asked apart by where they stand, and the answer is given of the one that is chosen', async () => {
    talk.begin(true);
    talk.watch.thing('t2', 'toy');
    talk.state = { ...talk.state, thing: undefined };
    const asked = await talk.tell('what is wrong with toy one', undefined, pack.policy!, two);
    expect(asked.answer.text).toBe('There are 2 machines like that here. Which one do you mean? Cellar; Workshop.');
    expect(asked.answer.choices).toEqual([
      { say: 'Cellar', label: 'Cellar' },
      { say: 'Workshop', label: 'Workshop' },
    ]);
    const chosen = await talk.tell('the one in the cellar', undefined, pack.policy!, two);
    expect(chosen.state.thing).toBe('t1');
    expect(chosen.answer.text).toMatch(/The belt is worn/);
  });

  it('are not asked apart where the sentence says the place, or the talk is of one already', async () => {
    talk.begin(true);
    talk.watch.thing('t2', 'toy');
    expect((await talk.tell('what is wrong with toy one', undefined, pack.policy!, two)).answer.text).toMatch(/The belt is worn/);
    talk.state = { ...talk.state, thing: undefined };
    const { state } = await talk.tell('what is wrong with toy one in the workshop', undefined, pack.policy!, two);
    expect(state.thing).toBe('t2');
  });
});

import { policyFile } from '@wayside/packs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openToyTalk, thing, watchToy } from './test-talk.ts';
import { both, now, pack } from './test-toy.ts';

const belt = { ...pack.articles[0]!, family: 'toy' };

let talk: Awaited<ReturnType<typeof openToyTalk>>;
beforeAll(async () => {
  talk = await openToyTalk();
});
afterAll(() => talk.close());

describe('a repair', () => {
  it('leads through a procedure, across a restart, and tells what was tried', async () => {
    talk.begin(true);
    talk.watch.answer('t1', 'squeal', 'yes', now);
    const first = await talk.tell('how do I fix it');
    expect(first.answer).toMatchObject({ step: { procedure: 'belt', number: 1, of: 2 } });
    expect(first.answer.text).toMatch(/Keep your hands away\. Step 1 of 2: Switch it off and wait 5 minutes\./);
    const second = await talk.tell('done');
    expect(second).toMatchObject({ stepTried: { procedure: 'belt', step: 'off', outcome: 'done' }, answer: { step: { number: 2 } } });
    const last = await talk.tell("that didn't help");
    expect(last).toMatchObject({ stepTried: { step: 'tighten', outcome: 'failed' }, answer: { offerPerson: true } });
    expect(last.state.procedure).toBeUndefined();
    expect(last.state.failedSteps).toBe(1);
  });

  it('does not say once more what may still be done to who was just told, when the steps begin', async () => {
    talk.begin(true);
    const [advice] = (await talk.tell('what is wrong')).answer.text.match(/^[^.]*\./)!;
    talk.begin(true);
    expect((await talk.tell('how do I fix it')).answer.text).toContain(advice);
    talk.begin(true);
    await talk.tell('what is wrong');
    expect((await talk.tell('how do I fix it')).answer.text).not.toContain(advice);
  });

  it('calls nothing fixed whose code still stands, and says which and what clears it, where the pack knows', async () => {
    talk.begin(true);
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    const { answer } = await talk.tell('I fixed it');
    expect(answer.text).toMatch(/^Stop it now\. Thank you, noted\. But the machine still reports: E7 Fan stall\. Until that is gone/);
    expect(answer.text).toMatch(/do not know what clears it on this machine/);
    expect(answer.citations).toContainEqual(expect.objectContaining({ kind: 'dtc', ref: 'E7' }));
    const knows = {
      ...structuredClone(pack),
      codesCleared: { by: 'reset', otherwise: both('Or drive thrice.', '或开三次。'), source: 'x' },
    };
    const reset = { title: both('Reset the fault', '复位故障'), risk: 'R2' as const, effect: both('It restarts.', '会重启。'), args: {} };
    talk.begin(true, 'zh');
    talk.watch = watchToy(true, knows);
    talk.watch.dtc('t1', { code: 'E7', state: 'pending' }, now);
    const told = await talk.tell('修好了', undefined, pack.policy!, [{ ...thing, actions: { reset } }]);
    expect(told.answer.text).toMatch(/仍在报告：E7 风扇堵转。.*请对我说“复位故障”。会重启。或开三次。/);
    expect(told.command).toBeUndefined();
  });

  it('says which code still stands also to who breaks off the steps with "it is fixed"', async () => {
    talk.begin(true);
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    await talk.tell('how do I fix it');
    const { answer } = await talk.tell('it is fixed now');
    expect(answer.text).toMatch(/^Thank you, noted\. But the machine still reports: E7 Fan stall\./);
  });

  it('says what its data shows where no code stands, and only thanks where nothing shows', async () => {
    talk.begin(true);
    expect((await talk.tell('problem solved')).answer.text).toMatch(/own data still shows: .*The belt is worn.* I do not call it fixed/);
    talk.begin(false);
    expect((await talk.tell('problem solved')).answer.text).toBe('Glad to help.');
  });

  it('takes a no to a step that asks for its answer, not for a failure', async () => {
    talk.begin(true);
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    expect((await talk.tell('how do I fix it')).answer.text).toMatch(/Does something hold the fan\?/);
    const { answer } = await talk.tell('no');
    expect(answer.text).toBe('Step 3 of 3: Have the motor changed.');
  });

  it('keeps somebody at their step through a sentence it did not understand: the next yes is about the step, not for a person', async () => {
    talk.begin(true);
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    await talk.tell('how do I fix it');
    const lost = await talk.tell('my uncle plays the trombone');
    expect(lost.answer).toMatchObject({ step: { step: 'look' }, offerPerson: true });
    expect(await talk.tell('yes')).toMatchObject({ handoff: null, answer: { step: { step: 'clear' } } });
    expect(await talk.tell('right, that one is out of the way, done')).toMatchObject({ handoff: null, answer: { step: { step: 'call' } } });
  });

  it.each([
    ['en', 'how do I fix it', 'okay thanks', 'done'],
    ['zh', '怎么修', '好吧谢谢', '做完了'],
  ] as const)('%s: goes to the next step for who did this one, and not for who only thanks', async (locale, begins, thanks, done) => {
    talk.begin(true, locale);
    talk.watch.answer('t1', 'squeal', 'yes', now);
    await talk.tell(begins);
    const { answer, state } = await talk.tell(thanks);
    expect([answer.step, state.procedure?.id]).toEqual([undefined, 'belt']);
    expect((await talk.tell(done)).answer.step).toMatchObject({ number: 2 });
  });

  it('takes a yes in the middle of a repair for the step, also while a rule offers a person', async () => {
    talk.begin(true);
    const offers = policyFile.parse({
      rules: [{ id: 'long', because: both('Long.', '久。'), when: { turns: { atLeast: 1 } }, effect: 'offer' }],
    });
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    expect((await talk.tell('how do I fix it', undefined, offers)).answer).toMatchObject({ offerPerson: true, step: { step: 'look' } });
    expect(await talk.tell('yes', undefined, offers)).toMatchObject({ handoff: null, answer: { step: { step: 'clear' } } });
  });

  it('shows at a step the picture that technicians chose for it, in the reader’s language where there is one, and on no other machine', async () => {
    const { knowledge } = talk;
    const [en, zh] = ['a'.repeat(64), 'b'.repeat(64)] as const;
    const put = (id: string, locale: 'en' | 'zh', body: string, more = {}) =>
      knowledge.put({ ...belt, id, locale, body, version: 2, ...more }, 'hub');
    await put('belt', 'en', `![The main switch](sha256:${en} "belt/off")\n\n![The belt](sha256:${zh})`);
    await put('other', 'en', `![Elsewhere](sha256:${zh} "belt/off")`, { applies: [{ model: 'Other' }], version: 9 });
    talk.begin(true);
    talk.watch.answer('t1', 'squeal', 'yes', now);
    expect((await talk.tell('how do I fix it')).answer.step).toMatchObject({
      step: 'off',
      picture: { url: `v1/pictures/${en}`, alt: 'The main switch' },
    });
    expect((await talk.tell('done')).answer.step).not.toHaveProperty('picture');

    const inChinese = async () => {
      talk.begin(true, 'zh');
      talk.watch.answer('t1', 'squeal', 'yes', now);
      return (await talk.tell('怎么修')).answer.step?.picture;
    };
    expect(await inChinese()).toEqual({ url: `v1/pictures/${en}`, alt: 'The main switch' });
    await put('belt', 'zh', `![总开关](sha256:${zh} "belt/off")`);
    expect(await inChinese()).toEqual({ url: `v1/pictures/${zh}`, alt: '总开关' });
    for (const [id, locale] of [
      ['belt', 'en'],
      ['other', 'en'],
      ['belt', 'zh'],
    ] as const)
      await knowledge.withdraw(id, locale);
  });

  it('is counted for the article that the person was shown, the hub’s too, else for the one that helps best', async () => {
    const { knowledge } = talk;
    const begun = async () => (await talk.tell('how do I fix it')).repair?.progress?.article;
    const again = () => {
      talk.begin(true);
      talk.watch.answer('t1', 'squeal', 'yes', now);
    };
    again();
    expect(await begun()).toBe('belt');
    await knowledge.put(
      { ...belt, id: 'belt-tips', title: 'Belt tips', body: 'A belt dresses well with talcum powder.', version: 1 },
      'hub',
    );
    again();
    expect(await begun(), 'the hub’s, which would be cited').toBe('belt-tips');
    again();
    expect((await talk.tell('can a glazed belt be saved after 2000 hours')).answer.citations).toMatchObject([
      { kind: 'article', ref: 'belt' },
    ]);
    expect(await begun(), 'the one that was read').toBe('belt');
    await knowledge.withdraw('belt-tips', 'en');
  });
});

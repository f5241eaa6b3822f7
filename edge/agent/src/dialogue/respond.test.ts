import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { respond } from './respond.ts';
import { openToyTalk, quiet, thing } from './test-talk.ts';
import { now, pack } from './test-toy.ts';

let talk: Awaited<ReturnType<typeof openToyTalk>>;
beforeAll(async () => {
  talk = await openToyTalk();
});
afterAll(() => talk.close());

describe('a conversation', () => {
  it.each(['talk to a person', '转人工'])('gets a person as the very first act: %s', async (text) => {
    talk.begin(false);
    expect(await talk.tell(text)).toMatchObject({ handoff: { effect: 'handoff', rule: { id: 'asked' } }, answer: { rung: 'grammar' } });
  });

  it.each([
    ['Can somebody come to my house?', 'en', /somebody come to the machine/, /want somebody to come/],
    ['能派人上门吗', 'zh', /派人上门/, /希望派人上门/],
  ] as const)('tells the person who is called that they are wanted at the machine: %s', async (text, locale, because, said) => {
    talk.begin(false, locale);
    const { handoff, answer } = await talk.tell(text);
    expect(handoff).toMatchObject({ effect: 'handoff', rule: { id: 'asked', because: { [locale]: expect.stringMatching(because) } } });
    expect(answer.text).toMatch(said);
    talk.begin(false, locale);
    expect((await talk.tell(locale === 'en' ? 'talk to a person' : '转人工')).handoff?.rule.because[locale]).not.toMatch(because);
  });

  it('says to who wants a person what is safe with this machine, and with another only that it must stop, by its name', async () => {
    const things = [thing, { ...thing, id: 't2', title: 'Toy two' }];
    talk.begin(false);
    talk.watch.thing('t2', 'toy');
    talk.watch.samples('t2', [{ signal: 'temp', value: 95.5, observedAt: now }]);
    talk.watch.answer('t2', 'squeal', 'yes', now);
    expect((await talk.tell('talk to a person', undefined, pack.policy!, things)).answer.text).toMatch(/^I am getting a person/);
    talk.begin(false);
    talk.watch.thing('t2', 'toy');
    talk.watch.dtc('t2', { code: 'E7', state: 'confirmed' }, now);
    expect((await talk.tell('talk to a person', undefined, pack.policy!, things)).answer.text).toMatch(/^Toy two: Stop it now\. /);
  });

  it('says so when it understood nothing, hands over by rule, and does so once', async () => {
    talk.begin(false);
    const first = await talk.tell('play some jazz');
    expect(first).toMatchObject({ understanding: { kind: 'unknown' }, handoff: null, answer: { offerPerson: true } });
    expect(await talk.tell('sing me a song')).toMatchObject({
      handoff: { effect: 'handoff', rule: { id: 'lost', measures: { unmatched: 2 } } },
    });
    await talk.tell('play some jazz');
    expect((await talk.tell('sing me a song')).handoff).toBeNull();
  });

  it('tells what the machine shows to who speaks of it in words nobody knows, once', async () => {
    talk.begin(true);
    const first = await talk.tell('it makes a face like my uncle');
    expect(first.understanding.kind).toBe('unknown');
    expect(first.answer.text).toMatch(/^Run it gently\. I am not sure that I understood you\. .*The belt is worn/);
    expect(first.answer.citations[0]).toMatchObject({ kind: 'fault', ref: 'belt' });
    talk.begin(true);
    await talk.tell('what is wrong?');
    talk.state = { ...talk.state, pendingQuestion: undefined };
    expect((await talk.tell('it makes a face like my uncle')).answer.text).toMatch(/^I did not understand that\. You can ask/);
  });

  it('puts a question again after a sentence it did not understand, and takes the answer in anybody’s words', async () => {
    talk.begin(true);
    const asked = (await talk.tell('what is wrong?')).answer.question;
    expect(asked).toMatchObject({ observation: 'squeal' });
    const again = await talk.tell('my uncle plays the trombone');
    expect(again.answer).toMatchObject({
      question: asked,
      text: expect.stringMatching(/^I did not understand that\. .*Do you hear it squeal\?$/),
    });
    expect((await talk.tell('yeah, now that you mention it')).observations).toEqual([
      { thing: 't1', observation: 'squeal', answer: 'yes' },
    ]);
  });

  it('acknowledges and is brief when someone is upset, after what keeps them safe', async () => {
    talk.begin(true);
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    const calm = await talk.tell('what is wrong');
    talk.begin(true);
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    const upset = await talk.tell('This is ridiculous!! What is wrong?');
    expect(upset.sentiment).toBeLessThan(-0.5);
    expect(upset.answer.text).toMatch(/^Stop it now\. (This should not|Fair enough|I see that)/);
    expect(upset.answer.text).not.toContain('The belt slips.');
    expect(calm.answer.text).toContain('The belt slips.');
    // The rule that looked at the mood is not written down, nor what it measured; nobody is told that they sound upset.
    expect(upset.handoff).toMatchObject({ effect: 'offer', rule: { id: 'conversation' } });
    expect(upset.answer).toMatchObject({ offerPerson: true, offerBecause: 'A person can help better here.' });
    expect(JSON.stringify([upset.handoff, upset.state, upset.measured])).not.toMatch(/sentiment|upset/);
  });

  it.each([
    '',
    '\u0000\u202e',
    '<script>alert(1)</script>',
    '🙂'.repeat(500),
    'word '.repeat(10_000),
    '{signal} [a|b] <it>',
    '"; drop table turn; --',
  ])('survives %j', async (text) => {
    talk.begin(true);
    const { answer } = await talk.tell(text);
    expect(answer.text.length).toBeGreaterThan(0);
    expect(answer.text).not.toMatch(/[<>]/);
  });

  it('changes nothing itself', async () => {
    talk.begin(true);
    const known = () => JSON.stringify([talk.watch.diagnosis('t1'), [...talk.watch.answers('t1')], talk.watch.dtcs('t1')]);
    const before = [known(), JSON.stringify(talk.state)];
    const old = talk.state;
    await respond({
      ...quiet,
      text: 'yes',
      state: { ...old, pendingQuestion: { thing: 't1', observation: 'squeal' } },
      now,
      watch: talk.watch,
      knowledge: talk.knowledge,
      grammar: talk.grammar,
      policyOf: () => pack.policy!,
      things: [thing],
      locale: 'en',
    });
    expect([known(), JSON.stringify(old)]).toEqual(before);
  });
});

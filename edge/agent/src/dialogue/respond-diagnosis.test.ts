import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stillIn } from './say/mark-parts.ts';
import { newState } from './state.ts';
import { openToyTalk, thing, watchToy } from './test-talk.ts';
import { both, now, pack } from './test-toy.ts';

let talk: Awaited<ReturnType<typeof openToyTalk>>;
beforeAll(async () => {
  talk = await openToyTalk();
});
afterAll(() => talk.close());

describe('whether it must stop', () => {
  it.each([
    ['should I switch it off?', 'en', /^Yes\. Stop it now\./],
    ['is it safe to go on?', 'en', /^No\. Stop it now\./],
    ['can I use it or should I stop it', 'en', /^Stop it now\./],
    ['要不要我把它关上', 'zh', /^要。请立即停机。/],
    ['还能用吗', 'zh', /^不能。请立即停机。/],
  ] as const)('is answered the way round it was asked: %s', async (text, locale, says) => {
    talk.begin(true, locale);
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    expect((await talk.tell(text)).answer.text).toMatch(says);
  });
});

describe('what comes of it where nothing is done', () => {
  it.each([
    ['what if I just ignore it?', 'en', 'Stop it now. If nothing is done: Its motor burns out.'],
    ['will it get worse', 'en', 'Stop it now. If nothing is done: Its motor burns out.'],
    ['could it leave me stranded', 'en', 'Stop it now. If nothing is done: Its motor burns out.'],
    ['不管它会怎么样', 'zh', '请立即停机。如果不处理：电机会烧毁。'],
    ['会不会半路趴窝', 'zh', '请立即停机。如果不处理：电机会烧毁。'],
  ] as const)('is told of the fault that is found: %s', async (text, locale, says) => {
    talk.begin(true, locale);
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    expect((await talk.tell(text)).answer.text).toBe(says);
  });
});

describe('what somebody saw that is dangerous by itself', () => {
  it('is met with what keeps them safe, before and instead of what the fault allows', async () => {
    talk.begin(false);
    const well = await talk.tell('I see vapour');
    expect(well.answer.text).toMatch(/^Keep away from it\. Thank you, noted\.$/);
    expect(well.answer.parts).toEqual([{ kind: 'do', text: 'Keep away from it.' }]);
    talk.begin(true);
    const beside = await talk.tell('I see vapour');
    expect(beside.answer.text).toMatch(/^Keep away from it\. .*Thank you, noted\./);
    expect(beside.answer.text).not.toMatch(/gently/);
    // It stands for whatever is asked afterwards, too.
    for (const asks of ['is it safe to go on', 'what is wrong']) {
      const { answer } = await talk.tell(asks);
      expect(answer.text).toMatch(/Keep away from it\./);
      expect(answer.text).not.toMatch(/gently|go on\./i);
    }
    // What the machine may have to be stopped for is said beside it.
    talk.begin(false);
    talk.watch.dtc('t1', { code: 'E7', state: 'pending' }, now);
    await talk.tell('I see vapour');
    for (const asks of ['is it safe to go on', 'what is wrong'])
      expect((await talk.tell(asks)).answer.text).toMatch(/^(?=.*Keep away from it\.).*Stop it now\./);
    await talk.tell('the motor is on fire');
    await talk.tell('false alarm');
    expect((await talk.tell('is it safe to go on')).answer.text).not.toMatch(/Keep away/);
  });
});

describe('what is wrong', () => {
  it('is, of who complains while nothing is, told with how that stands', async () => {
    talk.begin(false);
    const { answer } = await talk.tell('it is so warm here');
    expect((await talk.tell('since when is it so warm')).answer.text).toBe(answer.text);
    expect(answer.text).toBe(
      'Toy one: I find nothing wrong. Motor temperature is 95.5 °C. I can only speak for what its sensors measure. What do you notice? Choose, or say it in your own words.',
    );
    expect(answer.choices).toEqual([{ say: 'Squealing', label: 'Squealing' }]);
    expect(answer.citations).toMatchObject([{ kind: 'sample' }]);
  });

  it('tells who notices something what it could be while nothing measured shows it, and asks on', async () => {
    talk.begin(false);
    const { answer, observations } = await talk.tell('I hear squealing');
    expect(observations).toMatchObject([{ answer: 'yes' }]);
    expect(answer.text).toMatch(/noted\. (Nothing that I measure shows what it is\. )?It could be: /);
    expect(answer.text).not.toMatch(/nothing else wrong/);
    expect(answer.citations.some(({ kind }) => kind === 'fault')).toBe(true);
    const { answer: steps } = await talk.tell('what do I do');
    expect(steps.step).toMatchObject({ procedure: 'belt', number: 1 });
  });

  it('says what is safe first, then the cause, its evidence with value and unit, and asks what pays', async () => {
    talk.begin(true);
    const { answer, understanding, faults } = await talk.tell('What is wrong?');
    expect(understanding).toMatchObject({ kind: 'intent', intent: 'why', confidence: 1 });
    expect(answer.rung).toBe('diagnosis');
    expect(answer.text).toMatch(/^(Stop it now|Run it gently)\. .*Motor temperature: 95\.5 °C/);
    expect(answer.citations.map((one) => one.kind)).toEqual(expect.arrayContaining(['fault', 'sample']));
    expect(answer.citations.find((one) => one.kind === 'sample')?.ref).toBe(`t1/temp@${now}`);
    expect(faults.length).toBeGreaterThan(0);
  });

  it.each(['en', 'zh'] as const)('marks in the text what to do, what it is and what that rests on, in %s', async (locale) => {
    talk.begin(true, locale);
    const { answer } = await talk.tell(locale === 'zh' ? '出了什么问题？' : 'What is wrong?');
    const { text, parts = [] } = answer;
    expect(parts.map(({ kind }) => kind)).toEqual(['do', 'what', 'basis']);
    expect(text.startsWith(parts.map((one) => one.text).join(locale === 'zh' ? '' : ' '))).toBe(true);
    expect(parts[1]?.text).toMatch(locale === 'zh' ? /是：/ : /^This is /);
    expect(parts[2]?.text).toMatch(/95\.5 °C/);
  });

  it('marks nothing that the last look took out of the text', () => {
    const [kept, gone] = [
      { kind: 'do', text: 'Stop.' },
      { kind: 'what', text: 'It is 9 °C.' },
    ] as const;
    expect(stillIn('Stop. It is off.', [kept, gone])).toEqual({ parts: [kept] });
    expect(stillIn('Hello.', [gone])).toEqual({});
  });

  it('proposes the test that the best question needs, once, and says what it does', async () => {
    const act = {
      title: both('Run the fan', '运行风扇'),
      risk: 'R0' as const,
      effect: both('It turns for a minute.', '转一分钟。'),
      args: {},
    };
    const tested = structuredClone(pack);
    tested.observations.squeal!.action = { name: 'run-fan', args: {} };
    talk.watch = watchToy(true, tested);
    talk.state = newState('en', 't1');
    const withFan = [{ ...thing, actions: { 'run-fan': act } }];
    const { answer, command } = await talk.tell('What is wrong?', undefined, pack.policy!, withFan);
    expect(answer.text).toMatch(/A test would tell more\. Run the fan\. It turns for a minute\./);
    expect(answer.question).toBeUndefined();
    expect(command).toMatchObject({
      kind: 'keep',
      command: { action: 'run-fan', state: 'proposed', origin: { kind: 'question', observation: 'squeal' } },
    });
    expect(talk.state.pendingCommand?.name).toBe('run-fan');
    const again = await talk.tell('What is wrong?', undefined, pack.policy!, withFan);
    expect(again.answer.text).not.toContain('A test would tell more');
    talk.state = newState('en', 't1');
    expect(
      (await talk.tell('What is wrong?', undefined, pack.policy!, [{ ...thing, actions: { 'run-fan': act }, online: false }])).command,
    ).toBeUndefined();
  });

  it('says what the fault it found leaves unexplained, and what none of those it knows explains', async () => {
    talk.begin(true);
    talk.watch.dtc('t1', { code: 'U1234', state: 'confirmed' }, now);
    expect((await talk.tell('What is wrong?')).answer.text).toContain('That does not explain everything: there is also U1234');
    const odd = structuredClone(pack);
    odd.symptoms.odd = { title: both('Something hums', '有嗡嗡声'), detect: { ...odd.symptoms.hot!.detect } };
    odd.faults = Object.fromEntries(Object.entries(odd.faults).map(([id, one]) => [id, { ...one, symptoms: {} }]));
    talk.watch = watchToy(true, odd);
    talk.state = newState('en', 't1');
    const { text } = (await talk.tell('What is wrong?')).answer;
    expect(text).toMatch(/none of the faults I know explains it well\. .*Something hums/);
    expect((await talk.tell('Is it safe to go on?')).answer.text).not.toMatch(/no reason to stop/i);
  });

  it('says of a code that is not confirmed yet what it points to, and that it is not sure', async () => {
    talk.begin(false);
    talk.watch.dtc('t1', { code: 'E7', state: 'pending' }, now);
    const { answer } = await talk.tell('What is wrong?');
    expect(answer.text).toMatch(/E7.*not yet confirmed: the machine has noticed it once.*most likely: The fan is blocked/);
    expect(answer.text).not.toMatch(/none of the faults/);
    expect(answer.citations.map(({ ref }) => ref)).toEqual(['E7', 'fan']);
    // Nor is it safe to go on as if nothing were.
    expect((await talk.tell('is it safe to go on')).answer.text).not.toMatch(/nothing that speaks against/);
    talk.state = newState('zh', 't1');
    expect((await talk.tell('哪里有问题')).answer.text).toMatch(/E7.*没有得到确认.*最可能是：风扇堵转/);
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now + 1);
    expect((await talk.tell('哪里有问题')).answer.text).not.toContain('没有得到确认');
  });

  it('takes an answer into account at once, and hands it over to be stored', async () => {
    talk.begin(true);
    talk.state = { ...talk.state, pendingQuestion: { thing: 't1', observation: 'squeal' } };
    const { understanding, observations, answer } = await talk.tell('yes');
    expect(understanding).toMatchObject({ kind: 'answer', intent: 'yes' });
    expect(observations).toEqual([{ thing: 't1', observation: 'squeal', answer: 'yes' }]);
    expect(answer.text).toContain('The belt is worn');
  });

  it('keeps a question through a mark without words and a sentence in another language', async () => {
    talk.begin(true);
    talk.state = { ...talk.state, pendingQuestion: { thing: 't1', observation: 'squeal' } };
    for (const text of ['-', '🙂', 'Где находится вокзал?'])
      expect((await talk.tell(text)).answer.question).toMatchObject({ observation: 'squeal' });
    expect((await talk.tell('yes')).observations).toEqual([{ thing: 't1', observation: 'squeal', answer: 'yes' }]);
  });

  it.each([
    ['What is wrong?', 'en'],
    ['which faults are there', 'en'],
    ['what does E7 mean', 'en'],
    ['how do I fix it', 'en'],
    ['this is useless, what is wrong with this damn thing', 'en'],
    ['talk to a person', 'en'],
    ['哪里有问题', 'zh'],
  ] as const)('says what is still safe before anything about a fault: %s', async (text, locale) => {
    talk.begin(true, locale);
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    talk.watch.answer('t1', 'squeal', 'yes', now);
    const { answer } = await talk.tell(text);
    expect(answer.text).toMatch(/^(Stop it now|Run it gently|请立即停机|请轻载运行)/);
  });

  it('says once what may still be done, and not with every sentence; to stop, each time', async () => {
    talk.begin(true);
    talk.watch.answer('t1', 'squeal', 'yes', now);
    expect((await talk.tell('What is wrong?')).answer.text).toMatch(/^Run it gently\. .*The belt is worn/);
    expect((await talk.tell('Why is that?')).answer.text).toMatch(/^This is .*The belt is worn/);
    expect((await talk.tell('Is it safe to go on?')).answer.text).toContain('Run it gently.');
    talk.begin(true);
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    for (const asked of ['What is wrong?', 'Why is that?']) expect((await talk.tell(asked)).answer.text).toMatch(/^Stop it now\./);
  });

  it.each([
    ['okay', 'en'],
    ['all right then', 'en'],
    ['好的', 'zh'],
    ['行吧', 'zh'],
  ] as const)('takes "%s" for no answer to what somebody sees or hears, and asks again', async (text, locale) => {
    talk.begin(true, locale);
    talk.state = { ...talk.state, pendingQuestion: { thing: 't1', observation: 'squeal' } };
    const { observations, answer } = await talk.tell(text);
    expect(observations).toEqual([]);
    expect(answer).toMatchObject({ question: { observation: 'squeal' }, text: expect.stringMatching(/^(Please answer with|请回答)/) });
  });

  it.each([
    ['how much will that cost me?', /price before the work begins/],
    ['how long do I have to wait', /Nobody has been asked for yet/],
    ['how long will it take', /How long that takes I do not know/],
  ])('answers "%s", keeps its question, and calls nobody upon an "okay" to that', async (text, says) => {
    talk.begin(true);
    talk.state = { ...talk.state, pendingQuestion: { thing: 't1', observation: 'squeal' } };
    const { answer } = await talk.tell(text);
    expect(answer).toMatchObject({ text: expect.stringMatching(says), question: { observation: 'squeal' } });
    talk.begin(false);
    await talk.tell(text);
    expect((await talk.tell('okay')).handoff).toBeNull();
  });

  it('tells of what is wrong elsewhere once, after the answer; of what must stop there each time, before it', async () => {
    talk.begin(false);
    const other = { ...thing, id: 't2', title: 'Toy two' };
    talk.watch.thing('t2', 'toy');
    talk.watch.samples('t2', [{ signal: 'temp', value: 95.5, observedAt: now }]);
    talk.watch.answer('t2', 'squeal', 'yes', now);
    const ask = async () => (await talk.tell('is everything okay', undefined, pack.policy!, [thing, other])).answer.text;
    expect(await ask()).toMatch(/^Toy one: I find nothing wrong\. But Toy two has a fault: The belt is worn\./);
    expect(await ask()).not.toContain('Toy two');
    talk.watch.dtc('t2', { code: 'E7', state: 'confirmed' }, now);
    for (const _ of [1, 2]) expect(await ask()).toMatch(/^Toy two: Stop it now\. Toy one: I find nothing wrong\./);
  });

  it('keeps to the gravest of what it could be while the cause is not clear', async () => {
    talk.begin(false);
    talk.watch.answer('t1', 'squeal', 'yes', now);
    const { answer } = await talk.tell('What is wrong?');
    expect(answer.text).toMatch(/^(Run it gently|To be on the safe side: Run it gently)/);
  });

  it('never calls it safe while a fault says stop', async () => {
    talk.begin(true);
    talk.watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    const { answer } = await talk.tell('Is it safe to go on?');
    expect(answer.text).toMatch(/^No\. Stop it now\./);
  });

  it('finds nothing wrong when nothing is, and says what it cannot see', async () => {
    talk.begin(false);
    expect((await talk.tell('is everything okay')).answer.text).toMatch(
      /Toy one: I find nothing wrong\..*only speak for what its sensors measure/,
    );
  });

  it('reads a signal with its unit and cites the sample', async () => {
    talk.begin(false, 'zh');
    const { answer } = await talk.tell('电机温度是多少');
    expect(answer).toMatchObject({ text: '电机温度现在是 95.5 °C。', citations: [{ kind: 'sample', ref: `t1/temp@${now}` }] });
  });
});

import type { Generator } from '@wayside/models';
import { faultFile, loadPack, observationFile, packsRoot, policyFile, procedureFile, symptomFile, type WholePack } from '@wayside/packs';
import { openStore } from '@wayside/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWatch, type Watch } from '../diagnosis/watch.ts';
import { createKnowledge, type Knowledge } from '../knowledge/knowledge.ts';
import type { Progress } from '../repair/progress.ts';
import { type EdgeSchema, migrations } from '../store/schema.ts';
import { calm, type Mood } from './feelings/mood.ts';
import { compileGrammar } from './grammar/compile-grammar.ts';
import { createGrammar, type Grammar } from './grammar/grammar.ts';
import { respond } from './respond.ts';
import type { TalkedAbout } from './respond-types.ts';
import { newState, type SessionState, sessionState } from './state.ts';

const say = (en: string, zh: string) => ({ en, zh });
const now = 1_795_341_600_000;
const fault = (over: object) => ({
  severity: 'warning',
  safety: 'gently',
  prior: 0.01,
  source: 'made for this test',
  explanation: say('The belt slips.', '皮带打滑。'),
  ...over,
});
const pack = {
  family: 'toy',
  version: '1.0.0',
  title: say('Toy', '玩具'),
  summary: say('A toy', '玩具'),
  licence: 'Apache-2.0',
  sources: [],
  derived: [],
  thing: { signals: { temp: { title: say('Motor temperature', '电机温度'), type: 'number', unit: 'celsius' } }, actions: {} },
  ...symptomFile.parse({
    symptoms: { hot: { title: say('The motor is too hot', '电机过热'), detect: { kind: 'limit', signal: 'temp', above: 90 } } },
  }),
  ...observationFile.parse({
    observations: { squeal: { title: say('Squealing', '尖叫声'), question: say('Do you hear it squeal?', '您听到尖叫声吗？'), cost: 1 } },
  }),
  ...faultFile.parse({
    faults: {
      belt: fault({
        title: say('The belt is worn', '皮带磨损'),
        safetyAdvice: say('Run it gently.', '请轻载运行。'),
        symptoms: { hot: 0.8 },
        observations: { squeal: 0.9 },
        procedure: 'belt',
        article: 'belt',
      }),
      fan: fault({
        title: say('The fan is blocked', '风扇堵转'),
        safetyAdvice: say('Stop it now.', '请立即停机。'),
        safety: 'stop',
        severity: 'danger',
        symptoms: { hot: 0.9 },
        dtcs: { E7: 0.95 },
        procedure: 'fan',
      }),
    },
  }),
  ...procedureFile.parse({
    procedures: {
      belt: {
        title: say('Tighten the belt', '张紧皮带'),
        steps: [
          {
            id: 'off',
            text: say('Switch it off and wait 5 minutes.', '关机并等待 5 分钟。'),
            safety: say('Keep your hands away.', '手勿靠近。'),
          },
          { id: 'tighten', text: say('Tighten the belt.', '张紧皮带。') },
        ],
      },
      fan: {
        title: say('Free the fan', '清理风扇'),
        steps: [
          { id: 'look', text: say('Does something hold the fan?', '有东西卡住风扇吗？'), on: { failed: 'call' } },
          { id: 'clear', text: say('Take it away.', '把它拿走。') },
          { id: 'call', text: say('Have the motor changed.', '更换电机。') },
        ],
      },
    },
  }),
  dtcs: { E7: { title: say('Fan stall', '风扇堵转') } },
  policy: policyFile.parse({
    rules: [
      { id: 'lost', because: say('Not understood.', '没听懂。'), when: { unmatched: { atLeast: 2 } }, effect: 'handoff' },
      { id: 'upset', because: say('Upset.', '不满。'), when: { sentiment: { atMost: -0.3 } }, effect: 'offer' },
    ],
  }),
  phrases: {},
  articles: [
    {
      id: 'belt',
      locale: 'en',
      title: 'A worn belt',
      faults: ['belt'],
      tags: [],
      sources: ['x'],
      body: '## What to do\n\nReplace the belt after 2000 hours. A glazed belt cannot be saved.',
    },
  ],
  dir: '',
} as WholePack;

describe('a conversation', () => {
  let store: Awaited<ReturnType<typeof openStore<EdgeSchema>>>;
  let knowledge: Knowledge;
  let grammar: Grammar;
  let core: WholePack;
  let watch: Watch;
  let state: SessionState;
  let mood: Mood;
  let progress: Progress | undefined;
  const thing: TalkedAbout = {
    id: 't1',
    title: 'Toy one',
    family: 'toy',
    signals: pack.thing.signals,
    actions: {},
    latest: (s) => (s === 'temp' ? { value: 95.5, observedAt: now, receivedAt: now, quality: 'good' } : undefined),
    online: true,
    busy: false,
  };
  beforeAll(async () => {
    store = await openStore<EdgeSchema>(':memory:', migrations);
    knowledge = createKnowledge(store.db);
    await knowledge.put({ ...pack.articles[0]!, family: 'toy', version: 1 }, 'pack');
    core = await loadPack(`${packsRoot}/core`);
    grammar = createGrammar(compileGrammar([core, pack]));
  });
  afterAll(() => store.close());

  const begin = (hot: boolean, locale: 'en' | 'zh' = 'en') => {
    watch = createWatch({ packs: new Map([['toy', pack]]), onChange() {} });
    watch.thing('t1', 'toy');
    state = newState(locale, 't1');
    mood = calm;
    progress = undefined;
    if (hot) watch.samples('t1', [{ signal: 'temp', value: 95.5, observedAt: now }]);
  };
  const quiet = {
    session: 's_1',
    commands: {},
    repairs: { progress: () => undefined, watched: () => [], decided: () => undefined, rate: () => undefined },
  };
  const tell = async (text: string, generator?: Generator, policy = pack.policy!, things = [thing]) => {
    const responded = await respond({
      ...quiet,
      repairs: { ...quiet.repairs, progress: () => progress },
      text,
      state,
      mood,
      core,
      now,
      watch,
      knowledge,
      grammar,
      policyOf: () => policy,
      things,
      locale: state.locale,
      ...(generator ? { generator } : {}),
    });
    mood = responded.mood;
    // What is kept between turns is JSON in a store.
    state = sessionState.parse(JSON.parse(JSON.stringify(responded.state)));
    for (const { observation, answer } of responded.observations) watch.answer('t1', observation, answer, now);
    if (responded.repair) progress = responded.repair.progress;
    return responded;
  };

  it('says what is safe first, then the cause, its evidence with value and unit, and asks what pays', async () => {
    begin(true);
    const { answer, understanding, faults } = await tell('What is wrong?');
    expect(understanding).toMatchObject({ kind: 'intent', intent: 'why', confidence: 1 });
    expect(answer.rung).toBe('diagnosis');
    expect(answer.text).toMatch(/^(Stop it now|Run it gently)\. .*Motor temperature: 95\.5 °C/);
    expect(answer.citations.map((one) => one.kind)).toEqual(expect.arrayContaining(['fault', 'sample']));
    expect(answer.citations.find((one) => one.kind === 'sample')?.ref).toBe(`t1/temp@${now}`);
    expect(faults.length).toBeGreaterThan(0);
  });

  it('proposes the test that the best question needs, once, and says what it does', async () => {
    const act = {
      title: say('Run the fan', '运行风扇'),
      risk: 'R0' as const,
      effect: say('It turns for a minute.', '转一分钟。'),
      args: {},
    };
    const tested = structuredClone(pack);
    tested.observations.squeal!.action = { name: 'run-fan', args: {} };
    watch = createWatch({ packs: new Map([['toy', tested]]), onChange() {} });
    watch.thing('t1', 'toy');
    watch.samples('t1', [{ signal: 'temp', value: 95.5, observedAt: now }]);
    state = newState('en', 't1');
    const withFan = [{ ...thing, actions: { 'run-fan': act } }];
    const { answer, command } = await tell('What is wrong?', undefined, pack.policy!, withFan);
    expect(answer.text).toMatch(/A test would tell more\. Run the fan\. It turns for a minute\./);
    expect(answer.question).toBeUndefined();
    expect(command).toMatchObject({
      kind: 'keep',
      command: { action: 'run-fan', state: 'proposed', origin: { kind: 'question', observation: 'squeal' } },
    });
    expect(state.pendingCommand?.name).toBe('run-fan');
    const again = await tell('What is wrong?', undefined, pack.policy!, withFan);
    expect(again.answer.text).not.toContain('A test would tell more');
    state = newState('en', 't1');
    expect(
      (await tell('What is wrong?', undefined, pack.policy!, [{ ...thing, actions: { 'run-fan': act }, online: false }])).command,
    ).toBeUndefined();
  });

  it('says what the fault it found leaves unexplained, and what none of those it knows explains', async () => {
    begin(true);
    watch.dtc('t1', { code: 'U1234', state: 'confirmed' }, now);
    expect((await tell('What is wrong?')).answer.text).toContain('That does not explain everything: there is also U1234');
    const odd = structuredClone(pack);
    odd.symptoms.odd = { title: say('Something hums', '有嗡嗡声'), detect: { ...odd.symptoms.hot!.detect } };
    odd.faults = Object.fromEntries(Object.entries(odd.faults).map(([id, one]) => [id, { ...one, symptoms: {} }]));
    watch = createWatch({ packs: new Map([['toy', odd]]), onChange() {} });
    watch.thing('t1', 'toy');
    watch.samples('t1', [{ signal: 'temp', value: 95.5, observedAt: now }]);
    state = newState('en', 't1');
    const { text } = (await tell('What is wrong?')).answer;
    expect(text).toMatch(/none of the faults I know explains it well\. .*Something hums/);
    expect((await tell('Is it safe to go on?')).answer.text).not.toMatch(/no reason to stop/i);
  });

  it('says of a code that is not confirmed yet what it points to, and that it is not sure', async () => {
    begin(false);
    watch.dtc('t1', { code: 'E7', state: 'pending' }, now);
    const { answer } = await tell('What is wrong?');
    expect(answer.text).toMatch(/E7.*not yet confirmed: the machine has noticed it once.*most likely: The fan is blocked/);
    expect(answer.text).not.toMatch(/none of the faults/);
    expect(answer.citations.map(({ ref }) => ref)).toEqual(['E7', 'fan']);
    state = newState('zh', 't1');
    expect((await tell('哪里有问题')).answer.text).toMatch(/E7.*没有得到确认.*最可能是：风扇堵转/);
    watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now + 1);
    expect((await tell('哪里有问题')).answer.text).not.toContain('没有得到确认');
  });

  it('takes an answer into account at once, and hands it over to be stored', async () => {
    begin(true);
    state = { ...state, pendingQuestion: { thing: 't1', observation: 'squeal' } };
    const { understanding, observations, answer } = await tell('yes');
    expect(understanding).toMatchObject({ kind: 'answer', intent: 'yes' });
    expect(observations).toEqual([{ thing: 't1', observation: 'squeal', answer: 'yes' }]);
    expect(answer.text).toContain('The belt is worn');
  });

  it('leads through a procedure, across a restart, and tells what was tried', async () => {
    begin(true);
    watch.answer('t1', 'squeal', 'yes', now);
    const first = await tell('how do I fix it');
    expect(first.answer).toMatchObject({ step: { procedure: 'belt', number: 1, of: 2 } });
    expect(first.answer.text).toMatch(/Keep your hands away\. Step 1 of 2: Switch it off and wait 5 minutes\./);
    const second = await tell('done');
    expect(second).toMatchObject({ stepTried: { procedure: 'belt', step: 'off', outcome: 'done' }, answer: { step: { number: 2 } } });
    const last = await tell("that didn't help");
    expect(last).toMatchObject({ stepTried: { step: 'tighten', outcome: 'failed' }, answer: { offerPerson: true } });
    expect(last.state.procedure).toBeUndefined();
    expect(last.state.failedSteps).toBe(1);
  });

  it('takes a no to a step that asks for its answer, not for a failure', async () => {
    begin(true);
    watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    expect((await tell('how do I fix it')).answer.text).toMatch(/Does something hold the fan\?/);
    const { answer } = await tell('no');
    expect(answer.text).toBe('Step 3 of 3: Have the motor changed.');
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
    begin(true, locale);
    watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    watch.answer('t1', 'squeal', 'yes', now);
    const { answer } = await tell(text);
    expect(answer.text).toMatch(/^(Stop it now|Run it gently|请立即停机|请轻载运行)/);
  });

  it('keeps to the gravest of what it could be while the cause is not clear', async () => {
    begin(false);
    watch.answer('t1', 'squeal', 'yes', now);
    const { answer } = await tell('What is wrong?');
    expect(answer.text).toMatch(/^(Run it gently|To be on the safe side: Run it gently)/);
  });

  it('never calls it safe while a fault says stop', async () => {
    begin(true);
    watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    const { answer } = await tell('Is it safe to go on?');
    expect(answer.text).toMatch(/^No\. Stop it now\./);
  });

  it('finds nothing wrong when nothing is, and says what it cannot see', async () => {
    begin(false);
    expect((await tell('is everything okay')).answer.text).toMatch(
      /Toy one: I find nothing wrong\..*only speak for what its sensors measure/,
    );
  });

  it('reads a signal with its unit and cites the sample', async () => {
    begin(false, 'zh');
    const { answer } = await tell('电机温度是多少');
    expect(answer).toMatchObject({ text: '电机温度现在是 95.5 °C。', citations: [{ kind: 'sample', ref: `t1/temp@${now}` }] });
  });

  it.each(['talk to a person', '转人工'])('gets a person as the very first act: %s', async (text) => {
    begin(false);
    expect(await tell(text)).toMatchObject({ handoff: { effect: 'handoff', rule: { id: 'asked' } }, answer: { rung: 'grammar' } });
  });

  it('says so when it understood nothing, hands over by rule, and does so once', async () => {
    begin(false);
    const first = await tell('play some jazz');
    expect(first).toMatchObject({ understanding: { kind: 'unknown' }, handoff: null, answer: { offerPerson: true } });
    expect(await tell('sing me a song')).toMatchObject({
      handoff: { effect: 'handoff', rule: { id: 'lost', measures: { unmatched: 2 } } },
    });
    await tell('play some jazz');
    expect((await tell('sing me a song')).handoff).toBeNull();
  });

  it('tells what the machine shows to who speaks of it in words nobody knows, once', async () => {
    begin(true);
    const first = await tell('it makes a face like my uncle');
    expect(first.understanding.kind).toBe('unknown');
    expect(first.answer.text).toMatch(/^Run it gently\. I am not sure that I understood you\. .*The belt is worn/);
    expect(first.answer.citations[0]).toMatchObject({ kind: 'fault', ref: 'belt' });
    begin(true);
    await tell('what is wrong?');
    state = { ...state, pendingQuestion: undefined };
    expect((await tell('it makes a face like my uncle')).answer.text).toMatch(/^I did not understand that\. You can ask/);
  });

  it('puts a question again after a sentence it did not understand, and takes the answer in anybody’s words', async () => {
    begin(true);
    const asked = (await tell('what is wrong?')).answer.question;
    expect(asked).toMatchObject({ observation: 'squeal' });
    const again = await tell('my uncle plays the trombone');
    expect(again.answer).toMatchObject({
      question: asked,
      text: expect.stringMatching(/^I did not understand that\. .*Do you hear it squeal\?$/),
    });
    expect((await tell('yeah, now that you mention it')).observations).toEqual([{ thing: 't1', observation: 'squeal', answer: 'yes' }]);
  });

  it('keeps somebody at their step through a sentence it did not understand: the next yes is about the step, not for a person', async () => {
    begin(true);
    watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    await tell('how do I fix it');
    const lost = await tell('my uncle plays the trombone');
    expect(lost.answer).toMatchObject({ step: { step: 'look' }, offerPerson: true });
    expect(await tell('yes')).toMatchObject({ handoff: null, answer: { step: { step: 'clear' } } });
    expect(await tell('right, that one is out of the way, done')).toMatchObject({ handoff: null, answer: { step: { step: 'call' } } });
  });

  it('takes a yes in the middle of a repair for the step, also while a rule offers a person', async () => {
    begin(true);
    const offers = policyFile.parse({
      rules: [{ id: 'long', because: say('Long.', '久。'), when: { turns: { atLeast: 1 } }, effect: 'offer' }],
    });
    watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    expect((await tell('how do I fix it', undefined, offers)).answer).toMatchObject({ offerPerson: true, step: { step: 'look' } });
    expect(await tell('yes', undefined, offers)).toMatchObject({ handoff: null, answer: { step: { step: 'clear' } } });
  });

  it('acknowledges and is brief when someone is upset, after what keeps them safe', async () => {
    begin(true);
    watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    const calm = await tell('what is wrong');
    begin(true);
    watch.dtc('t1', { code: 'E7', state: 'confirmed' }, now);
    const upset = await tell('This is ridiculous!! What is wrong?');
    expect(upset.sentiment).toBeLessThan(-0.5);
    expect(upset.answer.text).toMatch(/^Stop it now\. (This should not|Fair enough|I see that)/);
    expect(upset.answer.text).not.toContain('The belt slips.');
    expect(calm.answer.text).toContain('The belt slips.');
    // The rule that looked at the mood is not written down, nor what it measured; nobody is told that they sound upset.
    expect(upset.handoff).toMatchObject({ effect: 'offer', rule: { id: 'conversation' } });
    expect(upset.answer).toMatchObject({ offerPerson: true, offerBecause: 'A person can help better here.' });
    expect(JSON.stringify([upset.handoff, upset.state, upset.measured])).not.toMatch(/sentiment|upset/);
  });

  it('answers from an article word for word, or with the claims of a generator that are grounded in it', async () => {
    begin(false);
    // Other words than the article's: that is where a generator is asked at all.
    const question = 'how many hours does a belt last';
    expect((await tell(question)).answer).toMatchObject({
      rung: 'knowledge',
      text: expect.stringContaining('2000 hours'),
      citations: [{ kind: 'article', ref: 'belt' }],
    });
    const writes = (text: string): Generator => ({
      name: 'scripted',
      start: async () => {},
      stop: async () => {},
      stats: () => ({ state: 'ready', languages: ['en'] }),
      async generate({ offered, onClaim }) {
        const claim = { text, cite: offered.passages[0]!.id };
        onClaim?.(claim);
        return { kind: 'draft', draft: { kind: 'answer', claims: [claim] }, tokens: 1, ms: 1, firstTokenMs: 1 };
      },
    });
    expect((await tell(question, writes('Replace the belt after 2000 hours.'))).answer).toMatchObject({
      rung: 'generator',
      text: 'Replace the belt after 2000 hours.',
    });
    expect((await tell(question, writes('Replace the belt after 9000 hours.'))).answer.rung).toBe('knowledge');
  });

  it('says after a generated answer, too, that a rule brings a person', async () => {
    begin(false);
    const generator: Generator = {
      name: 'scripted',
      start: async () => {},
      stop: async () => {},
      stats: () => ({ state: 'ready', languages: ['en'] }),
      generate: async ({ offered }) => ({
        kind: 'draft',
        draft: { kind: 'answer', claims: [{ text: 'Replace the belt after 2000 hours.', cite: offered.passages[0]!.id }] },
        tokens: 1,
        ms: 1,
        firstTokenMs: 1,
      }),
    };
    state = { ...state, wishes: 0, turns: 98 };
    const rules = policyFile.parse({
      rules: [{ id: 'late', because: say('It is late.', '太晚了。'), when: { turns: { atLeast: 99 } }, effect: 'handoff' }],
    });
    const { answer, handoff } = await tell('how many hours does a belt last', generator, rules);
    expect(answer.rung).toBe('generator');
    expect(answer.text).toBe('Replace the belt after 2000 hours. I am also handing this to a person, who sees all of this. It is late.');
    expect(handoff).toMatchObject({ effect: 'handoff', rule: { id: 'late' } });
  });

  it('says first what to do in an emergency, then gets a person at once, whatever the machine says', async () => {
    begin(true);
    const told = await tell('theres smoke coming out of the motor what do i do');
    expect(told.answer.text).toMatch(/^Switch it off at the emergency stop.* I am getting a person at once/);
    expect(told.answer.citations).toMatchObject([{ kind: 'rule', ref: 'emergency/smoke' }]);
    expect(told.handoff).toMatchObject({ effect: 'handoff-urgent', rule: { id: 'emergency' } });
  });

  it('advises nothing milder while an emergency lasts, and ends it when told that it was a false alarm', async () => {
    begin(true);
    const first = await tell('the motor is on fire');
    for (const asked of ['is it safe to go on?', 'what now', 'okay im outside'])
      expect((await tell(asked)).answer.text).toBe(first.answer.text);
    expect((await tell('it was a false alarm')).answer.text).toMatch(/^Good\. I no longer treat/);
    expect((await tell('what is wrong')).answer.text).toMatch(/^(Run it gently|Stop it now)/);
  });

  it('says what to do in a car and in a building when it is not clear which is meant, and the one that is named', async () => {
    begin(false);
    const car = {
      ...thing,
      id: 'car',
      title: 'Family car',
      family: 'car',
      signals: { 'Vehicle.Speed': { title: 'Speed', type: 'number' as const } },
    };
    const ask = async (text: string, at?: string) => {
      const { answer } = await respond({
        ...quiet,
        ...{ text, now, watch, knowledge, grammar, locale: 'en', policyOf: () => pack.policy! },
        state: newState('en', at),
        things: [car, { ...thing, title: 'Boiler' }],
      });
      return answer.text;
    };
    expect(await ask('I smell gas')).toMatch(/^In a car: Stop at the side.* In a building: No flames/);
    expect(await ask('I smell gas', 't1')).toMatch(/^No flames/);
    expect(await ask('I smell gas', 'car')).toMatch(/^Stop at the side/);
    expect(await ask('smoke is coming out of the boiler', 'car')).toMatch(/^Switch it off at the emergency stop/);
    expect(await ask('smoke is coming from the hood', 't1')).toMatch(/^Stop at the side/);
  });

  it('tells a driver of failing brakes how to stop, in the language of the conversation', async () => {
    begin(false, 'zh');
    expect((await tell('刹车突然失灵了怎么办')).answer.text).toMatch(/^松开油门/);
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
    begin(true);
    const { answer } = await tell(text);
    expect(answer.text.length).toBeGreaterThan(0);
    expect(answer.text).not.toMatch(/[<>]/);
  });

  it('changes nothing itself', async () => {
    begin(true);
    const known = () => JSON.stringify([watch.diagnosis('t1'), [...watch.answers('t1')], watch.dtcs('t1')]);
    const before = [known(), JSON.stringify(state)];
    const old = state;
    await respond({
      ...quiet,
      text: 'yes',
      state: { ...old, pendingQuestion: { thing: 't1', observation: 'squeal' } },
      now,
      watch,
      knowledge,
      grammar,
      policyOf: () => pack.policy!,
      things: [thing],
      locale: 'en',
    });
    expect([known(), JSON.stringify(old)]).toEqual(before);
  });
});

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { emergencyRule } from './emergency.ts';
import { perhapsDanger } from './grammar/alarm.ts';
import { respond } from './respond.ts';
import { newState } from './state.ts';
import { openToyTalk, quiet, thing } from './test-talk.ts';
import { now, pack } from './test-toy.ts';
import { dangerOf } from './understand/danger-reply.ts';

let talk: Awaited<ReturnType<typeof openToyTalk>>;
beforeAll(async () => {
  talk = await openToyTalk();
});
afterAll(() => talk.close());

describe('an emergency', () => {
  it('says first what to do in an emergency, then gets a person at once, whatever the machine says', async () => {
    talk.begin(true);
    const told = await talk.tell('theres smoke coming out of the motor what do i do');
    expect(told.answer.text).toMatch(/^Switch it off at the emergency stop.* I am getting a person at once/);
    expect(told.answer.citations).toMatchObject([{ kind: 'rule', ref: 'emergency/smoke' }]);
    expect(told.handoff).toMatchObject({ effect: 'handoff-urgent', rule: { id: 'emergency', title: { zh: '冒烟或焦糊味' } } });
  });

  it('has a name for every hazard that is heard, in both languages', async () => {
    const hazards = new Set<string>();
    for (const language of ['en', 'zh']) {
      const file = resolve(import.meta.dirname, `../../../../devices/packs/core/phrases/${language}.yaml`);
      for (const { slots } of parse(await readFile(file, 'utf8')).intents.emergency) hazards.add(slots.hazard);
    }
    expect(hazards.size).toBeGreaterThan(9);
    expect([...hazards].filter((hazard) => emergencyRule(hazard).title === undefined)).toEqual([]);
  });

  it('advises nothing milder while an emergency lasts, and ends it when told that it was a false alarm', async () => {
    talk.begin(true);
    const first = await talk.tell('the motor is on fire');
    const [now] = first.answer.text.split(' I am getting a person');
    expect(first.answer.choices).toEqual([{ say: 'false alarm', label: 'Nobody is in danger' }]);
    for (const asked of ['is it safe to go on?', 'what now', 'okay im outside'])
      expect((await talk.tell(asked)).answer.text).toBe(
        `${now} A person has been called. If nobody is in danger, say “false alarm”, and I answer what you ask.`,
      );
    expect((await talk.tell('it was a false alarm')).answer.text).toMatch(/^Good\. I no longer treat/);
    expect((await talk.tell('what is wrong')).answer.text).toMatch(/^(Run it gently|Stop it now)/);
  });

  it.each([
    ['en', 'the motor is on fire', 'nobody is hurt', /^Good\. I no longer treat/],
    ['zh', '着火了', '没有着火', /^好的，我不再按紧急情况处理/],
  ] as const)(
    '%s: is ended by who says in their own words that there is none, and by nobody elsewhere',
    async (locale, told, over, says) => {
      talk.begin(false, locale);
      expect((await talk.tell(over)).answer.text).not.toMatch(says);
      await talk.tell(told);
      expect((await talk.tell(over)).answer.text).toMatch(says);
    },
  );

  it('says what to do in a car and in a building when it is not clear which is meant, and the one that is named', async () => {
    talk.begin(false);
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
        ...{ text, now, watch: talk.watch, knowledge: talk.knowledge, grammar: talk.grammar, locale: 'en', policyOf: () => pack.policy! },
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
    talk.begin(false, 'zh');
    expect((await talk.tell('刹车突然失灵了怎么办')).answer.text).toMatch(/^松开油门/);
  });
});

describe('what may be danger', () => {
  /** Hears perhaps gas wherever something reeks. */
  const reeks = async (text: string) =>
    /reek|怪味/.test(text) ? { ...dangerOf('gas'), intent: perhapsDanger, confidence: 0.4 } : undefined;
  const begin = (locale: 'en' | 'zh' = 'en', hot = false) => {
    talk.begin(hot, locale);
    talk.hearDanger = reeks;
  };
  afterAll(() => {
    talk.hearDanger = undefined;
  });

  it('is asked in one question with what to do first if it is, and calls nobody yet', async () => {
    begin();
    const asked = await talk.tell('it reeks in the cupboard again');
    expect(asked.answer.text).toMatch(/^Is there a smell of gas or fuel.*no flames/);
    expect(asked.answer.choices).toMatchObject([{ say: 'yes' }, { say: 'no' }]);
    expect(asked.handoff).toBeNull();
  });

  it.each([
    ['en', 'yes'],
    ['en', 'yeah, a bit'],
    ['en', "I don't know"],
    ['zh', '有'],
    ['zh', '说不清'],
  ] as const)('is an emergency after a yes, and where they are not sure (%s: %s)', async (locale, reply) => {
    begin(locale);
    await talk.tell(locale === 'en' ? 'it reeks in the cupboard again' : '柜子里又有怪味');
    const told = await talk.tell(reply);
    expect(told.handoff).toMatchObject({ effect: 'handoff-urgent', rule: { id: 'emergency' } });
    expect(told.answer.citations).toMatchObject([{ ref: 'emergency/gas' }]);
  });

  it('is none after a no: what was said is answered as if no danger had been heard in it, and it is not asked again', async () => {
    begin('en', true);
    await talk.tell('it reeks and what is wrong with it');
    const told = await talk.tell('no, nothing like that');
    expect(told.answer.text).toMatch(/^Good, then there is no danger\. /);
    expect(told.handoff).toBeNull();
    expect(talk.state.pendingDanger).toBeUndefined();
    expect((await talk.tell('still reeks')).answer.text).not.toMatch(/smell of gas/);
  });

  it('keeps what waited for an answer', async () => {
    begin('en', true);
    const first = await talk.tell('what is wrong');
    expect(first.answer.question).toBeDefined();
    await talk.tell('hm, it reeks by the way');
    expect(talk.state.pendingQuestion?.observation).toBe(first.answer.question!.observation);
  });

  it('does not keep asking who says something else, and still hears what is named', async () => {
    begin();
    await talk.tell('it reeks in the cupboard again');
    expect((await talk.tell('no but there is smoke coming out of the motor')).handoff).toMatchObject({ rule: { id: 'emergency' } });
  });
});

import { loadPack, loadPhraseTests, packsRoot, phraseFile } from '@wayside/packs';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileGrammar } from './compile-grammar.ts';
import { createGrammar, type Grammar } from './grammar.ts';
import { isOneSlip } from './near-sentence.ts';
import { normalise } from './sentence.ts';
import { writeCodes } from './spoken-code.ts';
import { parseTemplate } from './template.ts';

const core = await loadPack(`${packsRoot}/core`);
const toy = {
  ...core,
  family: 'toy',
  thing: {
    signals: { oil_temperature: { title: { en: 'Oil temperature (sump)', zh: '机油温度' }, type: 'number' as const } },
    actions: {},
  },
  phrases: {
    en: phraseFile.parse({
      language: 'en',
      rules: { hear: '(I|we) [can] hear [(a|some)]' },
      lists: { signal: [{ in: '(oil|sump) temp[erature]', out: 'oil_temperature' }] },
      intents: { observe: [{ sentences: ['<hear> grinding [noise[s]]'], slots: { observation: 'grinding' } }] },
    }),
    zh: phraseFile.parse({
      language: 'zh',
      lists: { signal: [{ in: '油温', out: 'oil_temperature' }] },
      intents: { observe: [{ sentences: ['[我](听到|听见)[了]磨擦声'], slots: { observation: 'grinding' } }] },
    }),
  },
};

const stop = { sentences: ['(make|let) it stop'], slots: { action: 'halt' } };

describe('the grammar', () => {
  let grammar: Grammar;
  beforeAll(() => {
    grammar = createGrammar(compileGrammar([core, toy]), [{ id: 'car-1', title: 'Family car', family: 'toy' }]);
  });

  it('takes what another machine knows as well as everybody for everybody’s, and for that machine’s at that machine', () => {
    const stops = { ...toy, family: 'stops', phrases: { en: phraseFile.parse({ language: 'en', intents: { command: [stop] } }) } };
    const both = createGrammar(compileGrammar([stops, core, toy]));
    expect(both.match('make it stop', 'en', 'toy')).toMatchObject({ intent: 'command', family: 'core', slots: {} });
    expect(both.match('make it stop', 'en', 'stops')).toMatchObject({ family: 'stops', slots: { action: 'halt' } });
  });

  it('takes "how hot is it" for what was just talked of at another machine, and for a reading of the only one that knows it where none is at hand', () => {
    const asked = { sentences: ['how hot is it'], slots: { signal: 'room' } };
    const room = { ...toy, family: 'room', phrases: { en: phraseFile.parse({ language: 'en', intents: { signal: [asked] } }) } };
    const both = createGrammar(compileGrammar([room, core, toy]));
    expect(both.match('how hot is it', 'en', 'toy')).toMatchObject({ family: 'core', slots: { signal: 'last' } });
    for (const at of ['room', undefined])
      expect(both.match('how hot is it', 'en', at)).toMatchObject({ family: 'room', slots: { signal: 'room' } });
  });

  it('passes every phrase test of the core pack', async () => {
    const wrong = (await loadPhraseTests(core.dir)).filter((test) => {
      const match = grammar.match(test.text, test.language);
      const [intent, slots] = match.kind === 'match' ? [match.intent, match.slots] : [null, {}];
      return (
        intent !== test.intent || Object.entries(test.slots).some(([slot, value]) => (slots as Record<string, string>)[slot] !== value)
      );
    });
    expect(wrong).toEqual([]);
  });

  it('hears a cue within a sentence where its words are to stand, and not where it only sounds so', () => {
    const cues = {
      visit: [
        { sentences: ['send {word}', 'look at {thing}'] },
        { sentences: ['send it'], not: true },
        { sentences: ['well'], at: 'first' },
        { sentences: ['then'], at: 'last' },
        { sentences: ['round'], at: 'whole' },
        { sentences: ['soon'], asked: true },
      ],
    };
    const heard = createGrammar(compileGrammar([{ ...toy, phrases: { en: phraseFile.parse({ language: 'en', intents: {}, cues }) } }]));
    const told = ['please send somebody', 'well and good', 'and then', 'round', 'come soon?'];
    expect(told.filter((text) => heard.tells(text, 'visit'))).toEqual(told);
    expect(heard.told('so send a man', 'visit')).toMatchObject([{ at: 3, end: 9 }]);
    const not = ['please send it', 'all is well', 'then it stopped', 'round and round', 'come soon', 'resend all'];
    expect(not.filter((text) => heard.tells(text, 'visit'))).toEqual([]);
    expect(heard.tells('please send somebody', 'complain')).toBe(false);
  });

  it.each([
    ['What is the oil temp?', { intent: 'signal', slots: { signal: 'oil_temperature' }, family: 'toy', exact: true }],
    ['how high is the sump temperature right now', { intent: 'signal', slots: { signal: 'oil_temperature' } }],
    ['what is the oil temperature (sump)', { intent: 'signal', slots: { signal: 'oil_temperature' } }],
    ['We hear grinding noises', { intent: 'observe', slots: { observation: 'grinding' }, exact: true }],
    ['how is the family car doing', { intent: 'status', slots: { thing: 'car-1' } }],
    ['油温是多少', { intent: 'signal', slots: { signal: 'oil_temperature' } }],
    ['我听到磨擦声', { intent: 'observe', slots: { observation: 'grinding' } }],
  ])('understands "%s"', (text, meaning) => expect(grammar.match(text, 'en')).toMatchObject(meaning));

  it('answers in the language that was spoken, whatever is set', () => {
    expect(grammar.match('怎么了', 'en')).toMatchObject({ intent: 'why' });
    expect(grammar.match('what is wrong', 'zh')).toMatchObject({ intent: 'why' });
  });

  it('forgives fillers and one slip, and is then less sure', () => {
    const slip = grammar.match('what is worng', 'en');
    expect(slip).toMatchObject({ intent: 'why', exact: false });
    expect(slip.kind === 'match' && slip.confidence).toBeLessThan(0.9);
    expect(grammar.match('嗯请问怎么了啊', 'zh')).toMatchObject({ intent: 'why', exact: false });
  });

  it('never lets a repair turn yes into no', () => {
    expect(grammar.match('没听到磨擦声', 'zh').kind).toBe('none');
    expect(grammar.match('I do not hear grinding', 'en').kind).toBe('none');
  });

  it.each(['', '   ', '🙂🙂🙂', 'الو مرحبا', '\u202e\u200b\u0000', 'a '.repeat(10_000), '不'.repeat(10_000), '(what is|{signal}', '<it>'])(
    'finds nothing in %j',
    (text) => expect(grammar.match(text, 'en').kind).toBe('none'),
  );

  it('takes less than 5 ms for a sentence, matched or not, once it is warm', () => {
    const texts = [
      'what is the oil temperature',
      'Do I have to stop right now?',
      '这个灯为什么亮了',
      'the weather is nice and I like cheese',
      '今天天气真不错我们去公园玩吧',
    ];
    for (let i = 0; i < 50; i++) for (const text of texts) grammar.match(text, 'en');
    const times = texts.flatMap((text) =>
      Array.from({ length: 20 }, () => {
        const start = performance.now();
        grammar.match(text, 'en');
        return performance.now() - start;
      }),
    );
    expect(times.sort((a, b) => a - b)[times.length >> 1]).toBeLessThan(5);
  });
});

describe('a template', () => {
  it.each(['(a|b', 'a]', '{list', '<none>', '<loop>', 'x'.repeat(3000)])('is refused when it is wrong: %s', (text) =>
    expect(() => parseTemplate(text, { loop: 'a <loop>' })).toThrow(/template/),
  );

  it('stands for very many sentences without taking long', () => {
    const many = phraseFile.parse({ language: 'en', intents: { why: [{ sentences: [`${'[a] (b|c) [d|e] '.repeat(40)}end`] }] } });
    const grammar = createGrammar(compileGrammar([{ ...core, phrases: { en: many } }]));
    const start = performance.now();
    expect(grammar.match(`${'b '.repeat(40)}end`, 'en')).toMatchObject({ intent: 'why' });
    expect(performance.now() - start).toBeLessThan(200);
  });
});

describe('a trouble code', () => {
  it.each([
    ['P0301', 'P0301'],
    ['p 0 3 0 1', 'P0301'],
    ['P-0301', 'P0301'],
    ['P oh three oh one', 'P0301'],
    ['Ｐ０３０１', 'P0301'],
    ['故障码P零三零幺', 'P0301'],
    ['u 0 1 0 0', 'U0100'],
    ['P219A', 'P219A'],
  ])('is read from "%s"', (text, code) => expect(writeCodes(text).codes).toEqual([code]));

  it.each(['P9301', 'XP0301', 'call 0301', 'up 0301 street', 'stop 2'])('is not seen in "%s"', (text) =>
    expect(writeCodes(text).codes).toEqual([]),
  );
});

describe('small words', () => {
  it('are one however they are written', () => {
    expect(normalise('What’s WRONG?!', 'en')).toBe('what is wrong');
    expect(normalise('怎 么 了 ？', 'zh')).toBe('怎么了');
    expect(normalise('21.5 °C', 'en')).toBe('21.5 °c');
  });

  it('know one slip from two', () => {
    expect(['worng', 'wrnog', 'wron', 'wrongg', 'wrung'].map((word) => isOneSlip(word, 'wrong'))).toEqual([true, true, true, true, true]);
    expect(['wrogn', 'strong', 'wing'].map((word) => isOneSlip(word, 'wrong'))).toEqual([true, false, false]);
  });
});

import { loadPack, packsRoot } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { compileGrammar } from '../grammar/compile-grammar.ts';
import { createGrammar } from '../grammar/grammar.ts';
import { plainYes, shortAnswer } from './short-answer.ts';

const grammar = createGrammar(compileGrammar([await loadPack(`${packsRoot}/core`)]));

describe('a short reply', () => {
  it.each([
    ['yeah, a tiny bit I suppose', 'yes'],
    ["it does, whenever it's cold", 'yes'],
    ['okay go', 'yes'],
    ['nope, all quiet over here', 'no'],
    ['not as far as I noticed', 'no'],
    ['no clue to be honest', 'unsure'],
    ["can't really tell from inside", 'unsure'],
    ['right, that one is done', 'done'],
    ['ok, next one please', 'done'],
    ["that didn't help at all", 'failed'],
    ['could you do this one for us?', 'act'],
    ['yes, you do that', 'act'],
    ['no luck with this one', 'failed'],
  ])('%s means %s', (text, means) => expect(shortAnswer(text, grammar)).toBe(means));

  it.each([
    ['嗯，有一点点', 'yes'],
    ['行，那就来吧', 'yes'],
    ['没有，都挺安静', 'no'],
    ['我不太清楚这个', 'unsure'],
    ['这一步弄完了', 'done'],
    ['换好了，继续', 'done'],
    ['还是老样子', 'failed'],
    ['这步你帮我弄吧', 'act'],
    ['那您来操作一下', 'act'],
    ['拧不动啊', 'failed'],
  ])('%s means %s', (text, means) => expect(shortAnswer(text, grammar)).toBe(means));

  it.each([
    'it is surely the battery',
    '完了完了，刚说的啥',
    'right, walk me through it then',
    'no heat anywhere in the house',
    'not that one, the other',
    '没油了',
    '是水泵坏了',
    '有点怪味从后面来',
    'yes but what does it do',
    'okay, if it is safe',
    'is it done?',
    'sure, when the others are out',
    'yes I was on my way to work this morning and then all of a sudden it stopped',
    '好，不过会不会断水',
    '好了没',
    '做完了吗',
    '',
    '???',
  ])('is not made of what asks back, sets a condition or tells a story: %s', (text) => {
    expect(shortAnswer(text, grammar)).toBeUndefined();
  });
});

describe('a yes that moves a machine', () => {
  it.each(['yes, go ahead', 'ok do it', 'sure, go on then', 'by all means', '好，你弄吧', '可以的，麻烦了', '行，来吧'])(
    'is one: %s',
    (text) => {
      expect(plainYes(text, grammar)).toBe(true);
    },
  );
  it.each(['fine by me', 'aye, crack on', '成，弄吧', '要得，搞嘛'])('is a plain yes: %s', (text) =>
    expect(plainYes(text, grammar)).toBe(true),
  );
  it.each([
    'yes once the kids are out',
    'it is raining',
    'okay, and the other one?',
    'right side',
    '好像可以',
    '行不行',
    '可以等一下再弄',
    '搞成那样',
    '别整',
    '',
  ])('is none: %s', (text) => expect(plainYes(text, grammar)).toBe(false));
});

it.each([
  ['no wait', true],
  ["hold on, don't stop it", true],
  ['等一下先别停', true],
  ['先别', true],
  ['wait, is the valve open?', false],
  ['go ahead', false],
  ['别的办法呢', false],
  ['执行', false],
])('hears whether somebody holds off what was proposed: %s', (text, held) => {
  expect(grammar.tells(text, 'holds-off')).toBe(held);
});

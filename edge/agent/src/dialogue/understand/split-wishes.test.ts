import { loadPack, packsRoot } from '@wayside/packs';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileGrammar } from '../grammar/compile-grammar.ts';
import { createGrammar, type Grammar } from '../grammar/grammar.ts';
import { splitWishes } from './split-wishes.ts';

describe('several wishes in one sentence', () => {
  let grammar: Grammar;
  beforeAll(async () => {
    const packs = await Promise.all(['core', 'vehicle', 'home-hvac', 'industrial-pump'].map((name) => loadPack(`${packsRoot}/${name}`)));
    grammar = createGrammar(compileGrammar(packs));
  });
  const split = (text: string, family = 'home-hvac') => splitWishes(text, grammar, /\p{Script=Han}/u.test(text) ? 'zh' : 'en', family);

  it.each([
    ['turn the heating down and tell me why the pump is noisy', 'turn the heating down', 'tell me why the pump is noisy'],
    ['把暖气调低一点，顺便看看水泵为什么响', '把暖气调低一点', '看看水泵为什么响'],
    ['set it to auto, 还有室内温度多少', 'set it to auto', '室内温度多少'],
    ['hello, is it safe to go on and what is the outdoor temperature?', 'hello, is it safe to go on', 'what is the outdoor temperature?'],
    ['Is it safe, what is wrong with it, and how do I fix it?', 'Is it safe', 'what is wrong with it', 'how do I fix it?'],
  ])('are parted: %s', (text, ...parts) => {
    expect(split(text)).toEqual(parts);
  });

  it.each([
    'stop the pump and only then if it is cold',
    'yes, and turn the heating down',
    'is it hot and noisy',
    'why, does that matter?',
    '为什么，有关系吗',
    'there is smoke, and what is the outdoor temperature?',
    'please and then and and then',
    '，，，，，，',
    `${'turn the heating down and '.repeat(40)}`,
    'that is done, what is next',
    '做完了，下一步呢',
    'is it dangerous? is it safe to go on?',
  ])('are not where a part means nothing, is a reply, tells of danger, or means the same as another: %s', (text) => {
    expect(split(text)).toEqual([text]);
  });
});

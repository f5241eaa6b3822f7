import { loadPack, packsRoot } from '@wayside/packs';
import { expect, it } from 'vitest';
import { compileGrammar } from '../grammar/compile-grammar.ts';
import { createGrammar } from '../grammar/grammar.ts';
import { asItEnds } from './taken-back.ts';

const packs = await Promise.all(['core', 'home-hvac', 'industrial-pump'].map((name) => loadPack(`${packsRoot}/${name}`)));
const grammar = createGrammar(compileGrammar(packs));
const family = (text: string) => (/pump|泵/.test(text) ? 'industrial-pump' : 'home-hvac');
const ends = (text: string) => asItEnds(text, grammar, /\p{Script=Han}/u.test(text) ? 'zh' : 'en', family(text));

it.each([
  'Make it 22, no actually leave it.',
  'make it 22 no leave it',
  'Turn it up to 23, oh never mind.',
  'Start the pump, scratch that, don’t.',
  'stop the pump, no wait',
  '调到22度，算了还是别动了',
  '把泵停了。想了想还是别停了',
  '帮我调到23度，哦不用了',
])('gives no order that is taken back in the same breath: %s', (text) => {
  const heard = grammar.match(ends(text), /\p{Script=Han}/u.test(text) ? 'zh' : 'en', family(text));
  expect(heard).toMatchObject({ intent: 'cancel' });
});

it.each([
  ['Make it 21, no hang on, 22', 'Make it 22'],
  ['set the room to 20, scratch that, 22', 'set the room to 22'],
  ['调到21度，不对，22度', '调到22度'],
  ['Make it twenty one, no hang on, twenty two', 'make it 22'],
  ['set it to twenty one, no, twenty-two', 'set it to 22'],
  ['调到二十一度，不对，二十二度', '调到22度'],
  ['调到二十一度，不对，22度', '调到22度'],
])('takes the last number of an order: %s', (text, ended) => {
  expect(ends(text)).toBe(ended);
});

it.each([
  'make it 22, please',
  'turn the heating down and tell me why the pump is noisy',
  'make it 22, no?',
  'no, make it 22',
  'stop the pump, and start it again',
  '调到22度，谢谢',
  'why is it cold, no wait, how warm is it',
  `set it to 22${', no'.repeat(50_000)}`,
])('leaves any other sentence as it is: %s', (text) => {
  expect(ends(text)).toBe(text);
});

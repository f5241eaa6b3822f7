import { expect, it } from 'vitest';
import { asksLeave } from './asks-leave.ts';

it.each([
  'can I spray WD-40 on it?',
  'so could I just unplug that thing',
  'is it safe to open the little valve below',
  "I'm going to hit it with a hammer",
  '可以用热水浇吗',
  '能不能自己拆下来看看？',
  '往里面倒点酒精行吗',
])('hears that somebody wants leave to do something by hand: %s', (text) => {
  expect(asksLeave(text)).toBe(true);
});

it.each([
  'can I talk to a person',
  'can I drive to the garage',
  'can you open the window',
  'should I be worried',
  'should I pull over, or can I keep going?',
  'can I see the oil temperature',
  'open the window',
  '还能开吗',
  '能告诉我怎么了吗',
  '可以转人工吗',
  '你能打开空调吗',
  `can I open ${'x'.repeat(100_000)}`,
])('and nothing else: %s', (text) => {
  expect(asksLeave(text)).toBe(false);
});

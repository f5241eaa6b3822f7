import { expect, it } from 'vitest';
import { asksHowFar } from './asks-how-far.ts';

it.each([
  'can I make it to Boston, 40 miles',
  'will it still make it to the next charger?',
  'could we drive another 20 km',
  '还能开到上海吗',
  '能不能撑到服务区',
])('hears that somebody wants to get somewhere: %s', (text) => {
  expect(asksHowFar(text)).toBe(true);
});

it.each([
  'can I talk to a person',
  'drive to the garage',
  'how do I get to the fuse box',
  'can you make it louder',
  '帮我打开空调',
  '能告诉我怎么了吗',
  'x'.repeat(100_000),
])('and nothing else: %s', (text) => {
  expect(asksHowFar(text)).toBe(false);
});

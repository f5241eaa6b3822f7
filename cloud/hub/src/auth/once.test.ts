import { expect, it } from 'vitest';
import { createOnce } from './once.ts';

it('says of each text whether it came before, for at least the span, and forgets it after two', () => {
  let now = 0;
  const once = createOnce(1_000, () => now);
  expect([once('a'), once('a'), once('b')]).toEqual([true, false, true]);
  now = 999;
  expect([once('a'), once('c')]).toEqual([false, true]);
  now = 1_500;
  expect([once('c'), once('d')]).toEqual([false, true]);
  now = 4_000;
  expect([once('a'), once('c'), once('d')]).toEqual([true, true, true]);
});

import { expect, it } from 'vitest';
import { readSpokenNumber } from './spoken-number.ts';

it.each([
  ['20.5 degrees', 20.5, 4],
  ['twenty two degrees', 22, 10],
  ['twenty point five degrees', 20.5, 17],
  ['one hundred and five', 105, 20],
  ['two thousand seven hundred kelvin', 2700, 26],
  ['one two', 1, 3],
  ['twenty and five', 20, 6],
  ['zero', 0, 4],
  ['二十二度', 22, 3],
  ['一百零五', 105, 4],
  ['一百二', 120, 3],
  ['十五分钟', 15, 2],
  ['二十点五度', 20.5, 4],
  ['两千七百', 2700, 4],
  ['幺', undefined, 0],
  ['ones', undefined, 0],
  ['warm', undefined, 0],
])('reads %s as %s', (text, value, end) => {
  expect(readSpokenNumber(text, 0)).toEqual(value === undefined ? undefined : { end, value });
});

import { expect, it } from 'vitest';
import { syllablesOf, wordErrors } from './word-errors.ts';

const wrong = (said: string, heard: string) => wordErrors(syllablesOf(said), syllablesOf(heard));

it('of Chinese, homophones and other ways to write a code or a number are no errors', () => {
  expect(wrong('一缸失火。', '一缸湿货')).toBe(0);
  expect(wrong('故障码是 P0301。', '故障码是P零三零幺')).toBe(0);
  expect(wrong('电压是 12.4 V。', '电压是十二点四伏')).toBe(0);
});

it('a digit, a letter or a sound heard wrong is one, and so is one that is lost', () => {
  expect(wrong('故障码是 P0301。', '故障码是P0302')).toBe(1);
  expect(wrong('故障码是 P0301。', '故障码是B0301')).toBe(1);
  expect(wrong('请停车。', '请天车。')).toBe(1);
  expect(wrong('请停车。', '停车')).toBe(1);
});

import { loadPack, packsRoot } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { compileGrammar } from '../grammar/compile-grammar.ts';
import { createGrammar } from '../grammar/grammar.ts';
import { pastTime } from './past-time.ts';

const grammar = createGrammar(compileGrammar([await loadPack(`${packsRoot}/core`)]));

/** A Friday, on the clock of wherever this runs. */
const at = (text: string) => new Date(text).getTime();
const now = at('2026-11-27T14:00:00');
const clock = (ms: number) => {
  const date = new Date(ms);
  return `${date.getDate()} ${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
};

describe('a past time', () => {
  it.each([
    ['what was the coolant temperature an hour ago', '27 13:00', '27 13:00', 'what was the coolant temperature'],
    ['ten minutes ago how fast was it', '27 13:50', '27 13:50', 'how fast was it'],
    ['what was the speed at 9', '27 09:00', '27 09:00', 'what was the speed'],
    ['speed at 5 pm', '26 17:00', '26 17:00', 'speed'],
    ['how warm was it yesterday?', '26 00:00', '27 00:00', 'how warm was it ?'],
    ['how warm was it last night', '26 20:00', '27 08:00', 'how warm was it'],
    ['the speed this morning', '27 00:00', '27 12:00', 'the speed'],
    ['highest speed today', '27 00:00', '27 14:00', 'highest speed'],
    ['speed on monday', '23 00:00', '24 00:00', 'speed'],
    ['pressure over the past two hours', '27 12:00', '27 14:00', 'pressure'],
    ['一小时前水温是多少', '27 13:00', '27 13:00', '水温是多少'],
    ['半小时前的水温', '27 13:30', '27 13:30', '水温'],
    ['昨天的水温', '26 00:00', '27 00:00', '水温'],
    ['昨晚水温多少', '26 20:00', '27 08:00', '水温多少'],
    ['昨晚十点水温', '26 22:00', '26 22:00', '水温'],
    ['今天早上水温多少', '27 00:00', '27 12:00', '水温多少'],
    ['9点的时候水温多少', '27 09:00', '27 09:00', '水温多少'],
    ['the power now versus an hour ago', '27 13:00', '27 13:00', 'the power versus'],
    ['上周水温多少', '20 14:00', '27 14:00', '水温多少'],
    ['周一水温多少', '23 00:00', '24 00:00', '水温多少'],
    ['the speed one hour back', '27 13:00', '27 13:00', 'the speed'],
    ['how fast was it before two hours', '27 12:00', '27 12:00', 'how fast was it'],
    ['the speed yesterday arvo', '26 12:00', '26 18:00', 'the speed'],
    ['how warm was it overnight', '26 20:00', '27 08:00', 'how warm was it'],
    ['夜里水温多少', '26 20:00', '27 08:00', '水温多少'],
    ['昨天这时候水温多少', '26 14:00', '26 14:00', '水温多少'],
    ['昨天同一时间水温多少', '26 14:00', '26 14:00', '水温多少'],
    ['上周这个时候水温多少', '20 14:00', '20 14:00', '水温多少'],
    ['the speed yesterday at this time', '26 14:00', '26 14:00', 'the speed'],
    ['the speed this time last week', '20 14:00', '20 14:00', 'the speed'],
    ['the speed the night before last', '25 17:00', '26 00:00', 'the speed'],
    ['the speed two nights ago', '25 17:00', '26 00:00', 'the speed'],
    ['前天晚上水温多少', '25 17:00', '26 00:00', '水温多少'],
    ['前天夜里水温多少', '25 17:00', '26 00:00', '水温多少'],
    ['昨天半夜水温多少', '26 20:00', '27 08:00', '水温多少'],
    ['最近半小时水温最高多少', '27 13:30', '27 14:00', '水温最高多少'],
  ])('is found on the clock of this place: %s', async (text, from, to, rest) => {
    const found = await pastTime(text, now, grammar);
    expect([clock(found!.from), clock(found!.to), found!.rest]).toEqual([from, to, rest]);
  });

  it.each([
    'remind me tomorrow',
    'what happens if I leave it running till monday',
    'can it wait until next week',
    '能拖到下周一吗',
    '明天早上水温会多少',
    'what is the speed',
    'set it to 30 degrees',
    'the sun is hot',
    '最近怎么样',
    '后面的',
    '前面的传感器',
    '',
  ])('is not made up, nor one that is yet to come: %s', async (text) => {
    expect(await pastTime(text, now, grammar)).toBeUndefined();
  });

  it('bears whatever is typed', async () => {
    for (const text of ['today '.repeat(5_000), '昨'.repeat(100_000), 'at 99999999999999999999', 'last \u0000 night at 25:61', '9点99分'])
      await expect(pastTime(text, now, grammar)).resolves.toSatisfy((found) => found === undefined || found.from <= found.to);
  });
});

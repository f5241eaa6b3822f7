import { expect, it } from 'vitest';
import { labelsOf, trainSlots } from './slot-tagger.ts';

it('marks where each value stands, the second of two alike too', () => {
  const slots = [
    ['操作', '打开'],
    ['对象', '空调'],
    ['操作', '打开'],
    ['值', '没有'],
  ] as const;
  const labels = labelsOf({ text: '打开空调打开车窗', slots });
  expect(labels).toEqual(['B 操作', 'I 操作', 'B 对象', 'I 对象', 'B 操作', 'I 操作', '-', '-']);
});
it('finds in a sentence it has not seen what it knows from others', () => {
  const said = ([act, what]: readonly [string, string]) => ({
    text: `${act}${what}`,
    slots: [
      ['操作', act],
      ['对象', what],
    ] as const,
  });
  const pairs = ['打开', '关闭', '调节'].flatMap((act) => ['空调', '车窗', '天窗', '座椅'].map((what) => [act, what] as const));
  const find = trainSlots(pairs.filter(([act, what]) => act !== '关闭' || what !== '天窗').map(said));
  expect(find('关闭天窗')).toEqual([
    ['操作', '关闭'],
    ['对象', '天窗'],
  ]);
});

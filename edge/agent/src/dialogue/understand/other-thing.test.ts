import { expect, it } from 'vitest';
import { aboutOtherThing } from './other-thing.ts';

it('tells what is not ours from when one of ours has its trouble', () => {
  for (const text of [
    'Could you look at my dishwasher too?',
    'Will it rain tomorrow?',
    'How is the weather?',
    '明天会下雨吗',
    '今天天气怎么样',
  ])
    expect(aboutOtherThing(text, []), text).toBe(true);
  for (const text of ['It misfires in the rain', 'It stutters after heavy rain', '下雨天就打不着火', '一下雨就抖', 'My car in the rain'])
    expect(aboutOtherThing(text, []), text).toBe(false);
  expect(aboutOtherThing('The dryer is loud', [{ title: 'Dryer' }])).toBe(false);
});

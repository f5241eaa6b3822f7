import { loadPack, packsRoot } from '@wayside/packs';
import { expect, it } from 'vitest';
import { createAboutOther } from './other-thing.ts';

const { wording } = await loadPack(`${packsRoot}/core`);
const aboutOther = createAboutOther(wording);

it('tells what is not ours from when one of ours has its trouble', () => {
  for (const text of [
    'Could you look at my dishwasher too?',
    'Will it rain tomorrow?',
    'How is the weather?',
    '明天会下雨吗',
    '今天天气怎么样',
    '隔壁老王家的也这样，你给他看看呗',
  ])
    expect(aboutOther(text, []), text).toBe(true);
  for (const text of [
    'It misfires in the rain',
    'It stutters after heavy rain',
    '下雨天就打不着火',
    '一下雨就抖',
    'My car in the rain',
    'So what is the game plan?',
  ])
    expect(aboutOther(text, []), text).toBe(false);
  expect(aboutOther('The dryer is loud', [{ title: 'Dryer' }])).toBe(false);
});

it('knows no other things where no words are given', () => {
  expect(createAboutOther()('Could you look at my dishwasher too?', [])).toBe(false);
});

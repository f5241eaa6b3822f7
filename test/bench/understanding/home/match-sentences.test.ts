import { expect, it } from 'vitest';
import { createHomeMatcher } from './match-sentences.ts';

const set = {
  groups: [
    { intent: 'Set', sentences: ['(set|make) [the] {name} (to {level}[([ ]%)| percent];<here>)'], slots: {}, domains: ['light'] },
    { intent: 'Add', sentences: ['add {item} to [my] list'], slots: {} },
    { intent: 'AddMilk', sentences: ['add milk to [my] list'], slots: {} },
  ],
  rules: { here: '[in] here' },
  lists: { level: { range: { from: 0, to: 100 } }, item: { wildcard: true } as const },
  skipped: ['please'],
};
const home = {
  names: [
    { in: 'reading lamp', domain: 'light' },
    { in: 'fan', domain: 'fan' },
  ],
  areas: [],
  floors: [],
};
const match = createHomeMatcher(set, 'en');

it('reads parts in any order, numbers in words and in range, and names of the right kind', () => {
  expect(match('Set the reading lamp to fifty five percent here, please', home)).toMatchObject({
    intent: 'Set',
    slots: { name: 'reading lamp', level: '55' },
  });
  expect(match('make reading lamp in here to 5%', home)?.slots.level).toBe('5');
  expect(match('set reading lamp to 500% here', home)).toBeUndefined();
  expect(match('set fan to 50% here', home)).toBeUndefined();
});
it('takes words as anything only where nothing else fits', () => {
  expect(match('add milk to my list', home)?.intent).toBe('AddMilk');
  expect(match('add oat milk to my list', home)).toMatchObject({ intent: 'Add', slots: { item: 'oat milk' } });
});

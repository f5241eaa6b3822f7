import { expect, it } from 'vitest';
import { toldApart } from './panel.tsx';

it('tells two machines of one name apart by their ids, in the language on the screen', () => {
  const car = (id: string, en: string, zh: string) => ({ id, title: en, titles: { en, zh } });
  const things = [car('car-1', 'Family car', '家用车'), car('car-2', 'Family car', '家用车'), car('van-1', 'Van', '面包车')];
  expect(toldApart(things, 'en').map(({ title }) => title)).toEqual(['Family car (car-1)', 'Family car (car-2)', 'Van']);
  expect(toldApart(things, 'zh').map(({ title }) => title)).toEqual(['家用车 (car-1)', '家用车 (car-2)', '面包车']);
});

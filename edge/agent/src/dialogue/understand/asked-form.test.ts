import { expect, it } from 'vitest';
import { askedForm, nearness } from './asked-form.ts';

it.each([
  ["how hot's the tank", 'en', 'signal'],
  ['what pressure is it at', 'en', 'signal'],
  ['多久能充满', 'zh', 'signal'],
  ['流量现在怎样', 'zh', 'signal'],
  ['can I hose it down', 'en', 'may'],
  ['ok to shut the valve while it runs', 'en', 'may'],
  ['外机能拿水管冲吗', 'zh', 'may'],
  ['what should I do next', 'en', undefined],
  ['why does it shake', 'en', undefined],
  ['the whole frame shakes', 'en', undefined],
  ['热水够两个人洗吗', 'zh', 'signal'],
] as const)('"%s" asks for a figure, for leave, or for neither', (text, locale, form) => expect(askedForm(text, locale)).toBe(form));

it('gives no leave by what is only nearer than others', () => {
  const near = { likeness: 0.9, margin: 0.012 };
  expect(nearness('signal', near, 'en')).toBe('perhaps');
  expect(nearness('may', near, 'en')).toBeUndefined();
  expect(nearness('may', { likeness: 0.93, margin: 0.05 }, 'en')).toBe('surely');
});

import { expect, it } from 'vitest';
import { pack } from '../test-toy.ts';
import { familyIn, findExamples } from './examples.ts';

const observations = { squeal: { ...pack.observations.squeal!, said: { en: ['it shrieks  like a pig'], zh: ['吱哇乱叫'] } } };
const examples = findExamples([{ ...pack, observations, phrases: {} }]);
const squeal = { intent: 'observe', slots: { observation: 'squeal', answer: 'yes' } };

it('tells of a sign by its title and by what people say of it, each in its language', () => {
  const of = (locale: 'en' | 'zh') => examples.get(familyIn('toy', locale))?.filter(({ intent }) => intent === 'observe');
  expect(of('en')).toEqual(['Squealing', 'it shrieks like a pig'].map((text) => ({ text, ...squeal })));
  expect(of('zh')).toEqual(['尖叫声', '吱哇乱叫'].map((text) => ({ text, ...squeal })));
});

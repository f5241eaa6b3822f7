import { expect, it } from 'vitest';
import { inCelsius } from './in-celsius.ts';
import { asksWhetherPerson, withoutPerson } from './without-person.ts';

it.each([
  ['make it 70°F in here', 'make it 21 degrees in here'],
  ['set it to 70 fahrenheit please', 'set it to 21 degrees please'],
  ['put it at 68 degrees fahrenheit', 'put it at 20 degrees'],
  ['室温调到华氏70度', '室温调到21度'],
  ['set it to 21', 'set it to 21'],
  ['code P0420 and 3 fuses of 5 A', 'code P0420 and 3 fuses of 5 A'],
])('says in degrees Celsius what was said in Fahrenheit: %s', (said, means) => expect(inCelsius(said)).toBe(means));

it('hears that no person is wanted', () => {
  for (const text of [
    'any way to fix it without calling someone out?',
    "I don't need a technician",
    'forget the engineer',
    '先别叫人',
    '师傅不用来了',
  ])
    expect(withoutPerson(text), text).toBe(true);
  for (const text of [
    'get me a person',
    "I don't want to talk to a machine, get someone",
    'no robot, a human please',
    '别人说要找师傅',
    '我要找人工',
  ])
    expect(withoutPerson(text), text).toBe(false);
});

it.each([
  'Do I need to call someone?',
  'so should I get somebody in?',
  'is it worth calling an engineer?',
  'should we see a mechanic',
  '要不要叫人来看看',
  '有没有必要找个师傅',
])('asks whether a person is needed, and for none: %s', (text) => {
  expect(asksWhetherPerson(text)).toBe(true);
});

it.each([
  'get me someone',
  'can I have an engineer please',
  'I need a technician',
  'could somebody call me',
  'do you have a person there?',
  '叫个师傅来',
  '能找个人吗',
])('asks for a person: %s', (text) => {
  expect(asksWhetherPerson(text)).toBe(false);
});

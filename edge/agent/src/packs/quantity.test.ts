import { loadPacks, packsRoot } from '@wayside/packs';
import { stateWords } from '@wayside/web/state-words';
import { describe, expect, it } from 'vitest';
import { quantity } from './quantity.ts';

describe('a quantity', () => {
  it.each([
    [84_210_000, 'm', '84,210 km', '84,210 公里'],
    [-0.59, 'm', '-0.59 m', '-0.59 m'],
    [6.95, 'l/min', '6.95 L/min', '6.95 L/min'],
    [91, 'celsius', '91 °C', '91 °C'],
    [true, undefined, 'yes', '是'],
  ] as const)('%s %s can be read aloud', (value, unit, en, zh) => {
    expect(quantity(value, unit, 'en')).toBe(en);
    expect(quantity(value, unit, 'zh')).toBe(zh);
  });
});

it('says every state of the packs here in words, in both languages', async () => {
  const { packs } = await loadPacks(packsRoot);
  const states = packs.flatMap(({ thing }) => Object.values(thing.signals).flatMap((signal) => signal.states ?? []));
  expect(states).toContain('CRITICALLY_LOW');
  expect(states.filter((state) => !/\p{Script=Han}/u.test(stateWords(state, 'zh')) || /[A-Z_]/.test(stateWords(state, 'en')))).toEqual([]);
  expect(quantity('CRITICALLY_LOW', undefined, 'en')).toBe('critically low');
  expect(quantity('BLUE_MODE', undefined, 'en')).toBe('BLUE MODE');
});

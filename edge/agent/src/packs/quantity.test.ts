import { describe, expect, it } from 'vitest';
import { quantity } from './quantity.ts';

describe('a quantity', () => {
  it.each([
    [84_210_000, 'm', '84,210 km', '84,210 公里'],
    [-0.59, 'm', '-0.59 m', '-0.59 m'],
    [91, 'celsius', '91 °C', '91 °C'],
    [true, undefined, 'yes', '是'],
  ] as const)('%s %s can be read aloud', (value, unit, en, zh) => {
    expect(quantity(value, unit, 'en')).toBe(en);
    expect(quantity(value, unit, 'zh')).toBe(zh);
  });
});

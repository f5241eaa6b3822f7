import { describe, expect, it } from 'vitest';
import { pauseAfter, pauses } from './end-of-turn.ts';

describe('how long a pause ends a turn', () => {
  it.each([
    ['en', 'What does the red light mean?'],
    ['en', 'Turn it on.'],
    ['en', 'yes'],
    ['en', 'P zero three zero one'],
    ['en', 'the code is P0301'],
    ['zh', '水温现在是多少'],
    ['zh', '打开空调'],
    ['zh', '好的'],
  ] as const)('is short where the sentence may end (%s: %s)', (locale, text) => expect(pauseAfter(text, locale)).toBe(pauses.complete));

  it.each([
    ['en', 'there is a light and'],
    ['en', 'There is a smell from the.'],
    ['en', 'it happens when I'],
    ['en', 'P zero three'],
    ['en', 'the code is P03'],
    ['en', 'well, it started yesterday,'],
    ['zh', '仪表盘上有个灯，而且'],
    ['zh', '把温度调到'],
    ['zh', '代码是 P 零 三'],
  ] as const)('is long where it cannot (%s: %s)', (locale, text) => expect(pauseAfter(text, locale)).toBe(pauses.open));

  it.each([
    ['en', 'I think it is, um'],
    ['en', 'let me see'],
    ['zh', '就是那个'],
  ] as const)('is longest after a hesitation (%s: %s)', (locale, text) => expect(pauseAfter(text, locale)).toBe(pauses.hesitating));

  it('is in between where nothing is known', () => {
    for (const text of [undefined, '', '  ', '...?!', 'Bluetooth']) {
      expect(pauseAfter(text, 'en')).toBeGreaterThanOrEqual(pauses.unknown);
      expect(pauseAfter(text, 'en')).toBeLessThanOrEqual(pauses.open);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { asksForCode } from './asks-for-code.ts';

describe('a line that asks for something spelled', () => {
  it.each([
    ['Which code does the display show?', 'en'],
    ['I would like to look it up. Please read me the VIN.', 'en'],
    ['Can you give me the serial number on the plate? It is beside the door.', 'en'],
    ['屏幕上显示的故障码是什么？', 'zh'],
    ['请告诉我车架号。', 'zh'],
  ] as const)('%s', (line, locale) => {
    expect(asksForCode(line, locale)).toBe(true);
  });
  it.each([
    ['P0301 is the code for a misfire. Does the engine shake?', 'en'],
    ['Shall I clear the code?', 'en'],
    ['I can tell you what the code means.', 'en'],
    ['What colour is the smoke?', 'en'],
    ['需要我清除故障码吗？', 'zh'],
    ['烟是什么颜色的？', 'zh'],
  ] as const)('not: %s', (line, locale) => {
    expect(asksForCode(line, locale)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { inPieces } from './sentences.ts';

const trimmed = (text: string, locale: 'en' | 'zh' = 'en') => inPieces(text, locale).map((piece) => piece.trim());

describe('pieces of speech', () => {
  it.each([
    ['en', 'Stop. The oil pressure is 0.4 bar, far too low! Why? "It leaks."\n\n1. Switch off.\n2. Call us.'],
    ['en', 'a'.repeat(1000)],
    ['en', ''],
    ['en', '  \n '],
    ['zh', '机油压力只有0.4巴，太低了！请靠边停车。为什么？可能漏油。\n1. 熄火。\n2. 打电话。'],
    ['zh', '水泵'.repeat(400)],
  ] as const)('are the text again when they are joined (%s)', (locale, text) => {
    expect(inPieces(text, locale).join('')).toBe(text);
  });

  it('are its sentences, and no figure or code is torn apart', () => {
    expect(trimmed('The pump ran 1,500.5 hours. Code P0301. Approx. 3 bar is usual. OK?')).toEqual([
      'The pump ran 1,500.5 hours.',
      'Code P0301.',
      'Approx. 3 bar is usual.',
      'OK?',
    ]);
  });

  it('begin short, so that the first is heard early', () => {
    const [first, ...rest] = trimmed(
      'You can drive on gently, but avoid full throttle, and have the ignition coil of cylinder 1 checked this week.',
    );
    expect(first).toBe('You can drive on gently, but avoid full throttle,');
    expect(rest).toEqual(['and have the ignition coil of cylinder 1 checked this week.']);
    expect(trimmed('您可以慢慢继续行驶，但不要猛踩油门，本周内请检查一号气缸的点火线圈。', 'zh')[0]).toBe(
      '您可以慢慢继续行驶，但不要猛踩油门，',
    );
  });

  it('keep a list number with what it counts', () => {
    expect(trimmed('1. Close the valve.\n2. Open the vent.')).toEqual(['1. Close the valve.', '2. Open the vent.']);
  });

  it('are never long, not even of a sentence without a pause', () => {
    for (const text of [`Check ${'the hose and the clamp '.repeat(50)}.`, 'word '.repeat(400), 'x'.repeat(2000)])
      expect(Math.max(...inPieces(text, 'en').map((piece) => piece.length))).toBeLessThanOrEqual(195);
    expect(Math.max(...inPieces('检查软管和卡箍'.repeat(100), 'zh').map((piece) => piece.length))).toBeLessThanOrEqual(36);
  });
});

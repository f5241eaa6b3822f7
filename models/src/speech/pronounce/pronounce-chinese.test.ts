import { describe, expect, it } from 'vitest';
import { ipaOfSyllable, pronounceChinese } from './pronounce-chinese.ts';

const letters = (word: string) => word.toLowerCase();

describe('Mandarin', () => {
  it.each([
    ['ni3', 'ni↓'],
    ['hao3', 'xau↓'],
    ['zhong1', 'ʈʂʊ→ŋ'],
    ['guo2', 'kwo↗'],
    ['shi4', 'ʂɨ↘'],
    ['si4', 'sɨ↘'],
    ['qu4', 'tɕʰy↘'],
    ['lü4', 'ly↘'],
    ['lv4', 'ly↘'],
    ['xue2', 'ɕɥe↗'],
    ['yuan2', 'ɥɛ↗n'],
    ['you3', 'jou↓'],
    ['wen1', 'wə→n'],
    ['er4', 'ɚ↘'],
    ['de0', 'tɤ'],
    ['jiu3', 'tɕjou↓'],
    ['gui4', 'kwei↘'],
    ['lun2', 'lwə↗n'],
  ])('%s is %s', (syllable, ipa) => {
    expect(ipaOfSyllable(syllable)).toBe(ipa);
  });

  it('knows every syllable that a character of the trade is read as', () => {
    const text = '发动机缺火请检查点火线圈水泵压力过低热泵除霜制冷剂泄漏轴承振动滤网堵塞请靠边停车拨打救援电话女儿旅行绿色略有嗯哦';
    expect(pronounceChinese(text, letters)).not.toMatch(/undefined|[\p{Script=Han}]/u);
    for (const word of pronounceChinese(text, letters).split(' ')) expect(word).not.toBe('');
  });

  it('parts words by blanks and keeps the pauses', () => {
    expect(pronounceChinese('你好，水温正常。', letters)).toBe('ni↓xau↓, ʂwei↓wə→n ʈʂə↘ŋʈʂʰa↗ŋ.');
  });

  it('reads a character by its neighbours', () => {
    expect(pronounceChinese('重新', letters)).toContain('ʈʂʰʊ↗ŋ');
    expect(pronounceChinese('重量', letters)).toContain('ʈʂʊ↘ŋ');
    expect(pronounceChinese('银行', letters)).toContain('xa↗ŋ');
    expect(pronounceChinese('行驶', letters)).toContain('ɕi↗ŋ');
  });

  it('says the letters of a code between its figures', () => {
    expect(pronounceChinese('P 零 三 零 一', letters)).toBe('p li↗ŋ sa→n li↗ŋ i→');
  });
});

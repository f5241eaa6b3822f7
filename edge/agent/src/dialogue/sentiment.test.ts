import { describe, expect, it } from 'vitest';
import { sentimentOf, trendOf } from './sentiment.ts';

describe('sentiment', () => {
  it.each([
    'This is useless and ridiculous',
    'I am so frustrated',
    'WHY DOES THIS NOT WORK AGAIN??',
    '气死我了，什么破机器',
    '真受不了了！！',
  ])('hears trouble in "%s"', (text) => expect(sentimentOf(text)).toBeLessThan(-0.3));
  it.each(['Thank you, that was helpful', '谢谢，太好了'])('hears relief in "%s"', (text) =>
    expect(sentimentOf(text)).toBeGreaterThan(0.3),
  );
  it.each(['What is the coolant temperature?', 'P0301', 'is it OK', '水温是多少', '怎么办', ''])('reads nothing into "%s"', (text) =>
    expect(sentimentOf(text)).toBe(0),
  );
  it('knows that "not good" is not good and "not angry" is not glad', () => {
    expect(sentimentOf('that is not good')).toBeLessThan(0);
    expect(sentimentOf('I am not angry')).toBe(0);
  });
  it('hears when someone has to say it again', () => expect(sentimentOf('why is it cold', ['why is it cold'])).toBeLessThan(0));
  it('stays between -1 and 1', () => expect(sentimentOf('useless stupid awful '.repeat(200))).toBe(-1));
  it('knows where the mood goes', () => {
    expect(trendOf([0.2, 0])).toBeUndefined();
    expect(trendOf([0.4, 0.2, -0.6, -0.8])).toBe(-1);
  });
});

import { describe, expect, it } from 'vitest';
import { backChannels, floorWords, isBackChannel, isOrder, isSentence } from './back-channel.ts';

describe('beside an answer', () => {
  it.each([
    'Uh-huh.',
    'uh huh',
    'Aha',
    'Mm-hmm',
    'As high, okay',
    'Okay, right.',
    'Okay, yeah.',
    'I see.',
    '',
    '嗯嗯',
    '吃到了。',
    '你好等',
    '好的',
    '哦，明白了',
    '我明白了',
    '嗯 嗯',
  ])('“%s” only hums along, in a conversation of either language', (text) =>
    expect([isBackChannel(text), isOrder(text), isSentence(text)]).toEqual([true, false, false]),
  );
  it.each(['stop', 'No.', 'Okay stop', 'What?', 'okay but why', 'yes please call somebody', '好，那我能开吗', '不对', '停', '你好'])(
    '“%s” wants the floor',
    (text) => expect(isBackChannel(text)).toBe(false),
  );
  it.each(['Stop.', 'wait', 'No!', 'Hold on', '停', '等一下', '不对'])('“%s” is enough to be sure of it', (text) =>
    expect(isOrder(text)).toBe(true),
  );
  it.each([
    ['can I drive', true],
    ['Why did the warning', true],
    ['那我还能开', true],
    ['As far as', true],
    ['Oh right so', false],
    ['那我', false],
  ])('“%s” is a sentence before its end: %s', (text, sentence) => expect(isSentence(text)).toBe(sentence));

  it('a “yes” replies where the answer puts a question, and a hum does not', () => {
    for (const text of ['yes', 'Okay.', '好的', '对']) expect([isBackChannel(text), isBackChannel(text, true)]).toEqual([true, false]);
    for (const text of ['mhm', '嗯', '']) expect(isBackChannel(text, true)).toBe(true);
  });

  it('what a recognizer is told to expect are signs of listening', () => {
    for (const text of [...backChannels.en, ...backChannels.zh]) expect([text, isBackChannel(text)]).toEqual([text, true]);
  });

  it('what it is told to expect besides is enough to be sure of it', () => {
    for (const text of [...floorWords.en, ...floorWords.zh]) expect([text, isOrder(text)]).toEqual([text, true]);
  });
});

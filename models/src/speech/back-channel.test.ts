import { describe, expect, it } from 'vitest';
import { backChannels, floorWords, isBackChannel, isHush, isOrder, isSentence } from './back-channel.ts';

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

  it.each([
    ...['Stop.', 'Stop! Stop!', 'okay, stop', 'Stop, please.', 'stop talking', 'Be quiet.', 'Quiet!', "That's enough.", 'Shut up.'],
    ...['停', '停停停', '停下。', '停下来', '停一下吧', '别说了。', '好了，别说了', '不要再讲了', '安静点', '闭嘴', '够了', '听', '天'],
  ])('“%s” wants us quiet and nothing else', (text) =>
    expect([isHush(text), isOrder(text), isBackChannel(text)]).toEqual([true, true, false]),
  );
  it.each([
    ...[
      'stop the machine',
      'Stop it.',
      'stop the pump',
      'should I stop',
      'do I have to stop',
      'it will not stop',
      'wait',
      'no',
      'okay',
      'cancel',
    ],
    ...['停机', '停车', '停泵', '停了', '要停下来吗', '停不下来', '停止维修', '好的', '不对', '等一下', '别关', '天气', '听我说', ''],
  ])('“%s” is something else', (text) => expect(isHush(text)).toBe(false));

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

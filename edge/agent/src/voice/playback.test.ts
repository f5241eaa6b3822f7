import { describe, expect, it } from 'vitest';
import { identifiersIn } from './identifiers.ts';
import { Intake, samplesOf } from './intake.ts';
import { voiceAsk, voiceAskExample, voiceEvent, voiceEventExample } from './messages.ts';
import { Playback } from './playback.ts';

const second = (text: string) => ({ text, rate: 1000, sound: new Int16Array(1000) });

describe('what was heard of an answer', () => {
  it('is split before the word that is being said', () => {
    const playback = new Playback('One two three four. Five six.');
    playback.sent(second('One two three four.'), 0);
    playback.sent(second('Five six.'), 10);
    expect(playback.at(0)).toEqual({ said: '', unsaid: 'One two three four. Five six.' });
    expect(playback.at(700)).toEqual({ said: 'One two', unsaid: 'three four. Five six.' });
    expect(playback.at(1_080)).toEqual({ said: 'One two three four.', unsaid: 'Five six.' });
    expect(playback.at(2_080)).toEqual({ said: 'One two three four. Five six.', unsaid: '' });
  });

  it('is split between characters in Chinese', () => {
    const playback = new Playback('请慢慢开。尽快检查。');
    playback.sent(second('请慢慢开。'), 0);
    expect(playback.at(80 + 500)).toEqual({ said: '请慢', unsaid: '慢开。尽快检查。' });
  });

  it('counts the silence of a late piece as silence', () => {
    const playback = new Playback('One. Two.');
    playback.sent(second('One.'), 0);
    playback.sent(second('Two.'), 5_000);
    expect(playback.until).toBe(6_080);
    expect(playback.at(4_000)).toEqual({ said: 'One.', unsaid: 'Two.' });
  });
});

describe('identifiers', () => {
  it('are found in what was heard', () => {
    expect(identifiersIn('what does P0301 mean')).toEqual([{ kind: 'dtc', text: 'P0301' }]);
    expect(identifiersIn('my number is WVWZZZ1JZXW000001')).toEqual([{ kind: 'vin', text: 'WVWZZZ1JZXW000001' }]);
    expect(identifiersIn('it costs 2000 and misunderstandings')).toEqual([]);
  });
});

describe('a microphone', () => {
  it('may send as much as time passes, and five seconds at once', () => {
    const intake = new Intake(0);
    expect(intake.takes(32 * 5_000, 0)).toBe(true);
    expect(intake.takes(3_200, 0)).toBe(false);
    expect(intake.takes(3_200, 100)).toBe(true);
  });

  it('sends whole samples', () => {
    expect(samplesOf(Buffer.from([1, 0, 255, 255]))).toEqual(Int16Array.of(1, -1));
    expect(samplesOf(Buffer.from([1]))).toBeUndefined();
    expect(samplesOf(Buffer.alloc(0))).toBeUndefined();
  });
});

describe('messages', () => {
  it('fit their schemas, and nothing else does', () => {
    expect(voiceAsk.parse(voiceAskExample)).toEqual(voiceAskExample);
    expect(voiceEvent.parse(voiceEventExample)).toEqual(voiceEventExample);
    for (const wrong of [{}, { ask: 'listen' }, { ask: 'listen', mode: 'always' }, { ask: 'stop', now: true }, [], null])
      expect(voiceAsk.safeParse(wrong).success).toBe(false);
  });
});

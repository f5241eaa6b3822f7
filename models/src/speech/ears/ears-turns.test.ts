import { setImmediate as settled } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { EarsRequest, Heard } from '../ears.ts';
import { createTurns } from './ears-turns.ts';
import { pauses } from './end-of-turn.ts';
import { frameMs, frameSamples } from './sound-frame.ts';

const speech = new Float32Array(frameSamples).fill(0.1);
const quiet = new Float32Array(frameSamples).fill(0.0001);
const frames = (ms: number) => Math.ceil(ms / frameMs);

/** Turns whose recognizer says `text` of whatever it hears, `late` only once it is let to; `say` and `pause` last so many milliseconds. */
function listenTo(mode: EarsRequest['mode'], text: string | undefined = 'what is wrong with it', late = false) {
  const heard: Heard[] = [];
  let asked = 0;
  let clock = 0;
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  if (!late) answer();
  const turns = createTurns({
    locale: 'en',
    mode,
    fromMs: 0,
    now: () => clock,
    heard: (one) => heard.push(one),
    transcribe: async () => {
      asked++;
      await answered;
      return { text: text!, confidence: 1 };
    },
  });
  const hear = async (ms: number, frame: Float32Array, chance: number) => {
    for (let n = 0; n < frames(ms); n++) {
      turns.hear(frame, chance);
      await settled();
    }
  };
  return {
    turns,
    heard,
    kinds: () => heard.map(({ kind }) => kind).filter((kind) => kind !== 'partial'),
    asked: () => asked,
    /** What is late is written down now. */
    answer,
    /** So many milliseconds pass by the clock; those of sound take none. */
    wait: (ms: number) => {
      clock += ms;
    },
    say: (ms: number, level = 1) => hear(ms, level === 1 ? speech : speech.map((value) => value * level), 0.9),
    pause: (ms: number) => hear(ms, quiet, 0.01),
  };
}

describe('turns of talk', () => {
  it('begin with the first word, end with a pause, and come written down with their time', async () => {
    const { heard, kinds, say, pause } = listenTo('open');
    await pause(1000);
    await say(1500);
    await pause(1000);
    expect(kinds()).toEqual(['speech-started', 'speech-ended', 'final']);
    expect(heard.at(-1)).toMatchObject({ kind: 'final', text: 'what is wrong with it', confidence: 1 });
    const { fromMs, toMs } = heard.at(-1) as Extract<Heard, { kind: 'final' }>;
    expect(fromMs).toBeGreaterThan(600);
    expect(fromMs).toBeLessThan(1000);
    expect(toMs).toBeGreaterThan(2450);
    expect(toMs).toBeLessThan(2600);
  });

  it('are written down while they last, and the pause that ends them leaves nothing to write', async () => {
    const { heard, say, pause, asked } = listenTo('open');
    await say(2000);
    expect(heard.some(({ kind }) => kind === 'partial')).toBe(true);
    await pause(200);
    const before = asked();
    await pause(800);
    expect(heard.at(-1)!.kind).toBe('final');
    expect(asked()).toBe(before);
  });

  it('go on over a pause in mid-sentence, and wait for a sentence that cannot end there', async () => {
    const open = listenTo('open', 'there is a light and');
    await open.say(1000);
    await open.pause(pauses.open - 200);
    await open.say(500);
    expect(open.kinds()).toEqual(['speech-started']);
    await open.pause(pauses.open + 200);
    expect(open.kinds()).toEqual(['speech-started', 'speech-ended', 'final']);
  });

  it('say that nobody spoke, once', async () => {
    const open = listenTo('open');
    await open.pause(20_000);
    expect(open.kinds()).toEqual(['nothing-said']);
    const held = listenTo('held');
    await held.pause(1000);
    held.turns.finish();
    held.turns.finish();
    expect(held.kinds()).toEqual(['nothing-said']);
  });

  it('are over once they ended: "done" after that says nothing more', async () => {
    const { turns, kinds, say, pause } = listenTo('open');
    await say(1000);
    await pause(1000);
    turns.finish();
    expect(kinds()).toEqual(['speech-started', 'speech-ended', 'final']);
  });

  it('hold nothing of what was heard before nobody was listened to', async () => {
    const { turns, heard, say, pause } = listenTo('held');
    const fromMs = async (anew: boolean) => {
      turns.listen('held', anew);
      await say(1000);
      turns.finish();
      await settled();
      return (heard.at(-1) as Extract<Heard, { kind: 'final' }>).fromMs;
    };
    await pause(320);
    expect([await fromMs(false), await fromMs(true)]).toEqual([64, 1344]);
  });

  it('are not begun by a click', async () => {
    const { kinds, say, pause } = listenTo('open');
    await say(frameMs);
    await pause(1000);
    expect(kinds()).toEqual([]);
  });

  it('last as long as the button is held, whatever pauses there are', async () => {
    const { turns, kinds, say, pause } = listenTo('held');
    await say(500);
    await pause(4000);
    await say(500);
    expect(kinds()).toEqual(['speech-started']);
    turns.finish();
    await settled();
    expect(kinds()).toEqual(['speech-started', 'speech-ended', 'final']);
    await say(500);
    expect(kinds()).toHaveLength(3);
  });

  it('do not begin before the wake word, and after one turn wait for it again', async () => {
    const { turns, kinds, say, pause } = listenTo('wake');
    await say(3000);
    expect(kinds()).toEqual([]);
    turns.woke('hey wayside');
    await pause(300);
    await say(1000);
    await pause(1000);
    await say(1000);
    expect(kinds()).toEqual(['woke', 'speech-started', 'speech-ended', 'final']);
    expect(turns.deaf).toBe(true);
    turns.woke('hey wayside');
    await pause(8000);
    expect(kinds().slice(4)).toEqual(['woke', 'nothing-said']);
    expect(turns.deaf).toBe(true);
  });

  it('are cut at what the recognizer can take, and go on', async () => {
    const { kinds, say } = listenTo('open');
    await say(35_000);
    expect(kinds()).toEqual(['speech-started', 'speech-ended', 'final', 'speech-started']);
  });

  it('end with the reason when the recognizer breaks, and the next is heard', async () => {
    const heard: Heard[] = [];
    let broken = true;
    const turns = createTurns({
      locale: 'en',
      mode: 'held',
      fromMs: 0,
      now: () => 0,
      heard: (one) => heard.push(one),
      transcribe: async () => {
        if (broken) throw new Error('out of memory');
        return { text: 'again', confidence: 1 };
      },
    });
    for (const expected of ['failed', 'final']) {
      turns.listen('held');
      for (let n = 0; n < 20; n++) turns.hear(speech, 0.9);
      turns.finish();
      for (let n = 0; n < 5; n++) await settled();
      expect(heard.at(-1)!.kind).toBe(expected);
      broken = false;
    }
  });
});

describe('while our own voice speaks', () => {
  it('a person who goes on speaking interrupts, and an "uh-huh" only holds us for a moment', async () => {
    const { turns, kinds, say, pause } = listenTo('open', 'the window is warm');
    turns.ownVoice(true);
    await pause(1000);
    await say(250);
    await pause(500);
    expect(kinds()).toEqual(['speech-likely', 'back-channel']);
    await say(900);
    expect(kinds().slice(2)).toEqual(['speech-likely', 'speech-started']);
  });

  it.each([
    ['Stop.', 250, 'final'],
    ['Ah, stop', 250, 'back-channel'],
    ['you', 250, 'back-channel'],
    ['I might', 900, 'final'],
  ])('of so short a sound only an order is a turn, and what is longer is judged when it is over (%s, %d ms)', async (text, ms, last) => {
    const { turns, kinds, say, pause } = listenTo('open', text);
    turns.ownVoice(true);
    await pause(1000);
    await say(ms);
    expect(kinds()).toEqual(['speech-likely']);
    await pause(1000);
    expect(kinds().at(-1)).toBe(last);
  });

  it('a “yes” is a turn where what we say puts a question, and a cough is none', async () => {
    for (const [text, last] of [
      ['Yes.', 'final'],
      ['Mhm.', 'back-channel'],
      ['', 'back-channel'],
    ]) {
      const { turns, kinds, say, pause } = listenTo('open', text);
      turns.ownVoice(true, 'Shall I look at it?', true);
      await pause(1000);
      await say(250);
      await pause(1000);
      expect(kinds().at(-1)).toBe(last);
    }
  });

  it('a recognizer that is behind is waited for, with our voice held', async () => {
    const { turns, kinds, say, pause, answer } = listenTo('open', 'Uh-huh, okay.', true);
    turns.ownVoice(true);
    await pause(1000);
    await say(900);
    await pause(2000);
    expect(kinds()).toEqual(['speech-likely']);
    answer();
    await pause(100);
    expect(kinds()).toEqual(['speech-likely', 'back-channel']);
  });

  it('of a recognizer that has just been loaded the clock is the measure: what waited meanwhile is heard in a moment', async () => {
    for (const [waits, last] of [
      [2_900, 'speech-likely'],
      [3_100, 'speech-ended'],
    ] as const) {
      const { turns, kinds, say, pause, wait } = listenTo('open', 'Uh-huh, okay.', true);
      turns.ownVoice(true);
      await pause(1000);
      await say(900);
      await pause(6000);
      wait(waits);
      await pause(frameMs);
      expect(kinds().at(-1)).toBe(last);
    }
  });

  it.each(['Uh-huh.', 'Yeah, okay.', 'the coolant is too low'])(
    'what is only a sign of listening or our own words is passed over (%s)',
    async (text) => {
      const { turns, kinds, say, pause } = listenTo('open', text);
      turns.ownVoice(true, 'I looked: the coolant is too low. Stop soon.');
      await pause(1000);
      await say(900);
      await pause(600);
      expect(kinds()).toEqual(['speech-likely', 'back-channel']);
      turns.ownVoice(false);
      await pause(500);
      await say(900);
      expect(kinds().slice(2)).toEqual(['speech-started']);
    },
  );

  it('who goes on for long is believed even while nothing is written down', async () => {
    const heard: string[] = [];
    const turns = createTurns({
      locale: 'en',
      mode: 'open',
      fromMs: 0,
      now: () => 0,
      heard: ({ kind }) => heard.push(kind),
      transcribe: () => new Promise(() => {}),
    });
    turns.ownVoice(true);
    for (let n = 0; n < frames(1000); n++) turns.hear(quiet, 0);
    for (let n = 0; n < frames(2500); n++) turns.hear(speech, 0.9);
    expect(heard).toEqual(['speech-likely', 'speech-started']);
  });

  it('a person is noticed 96 ms of sound after their first word, which leaves half of 200 ms for the way to the loudspeaker', async () => {
    const { turns, heard, say, pause } = listenTo('open');
    turns.ownVoice(true);
    await pause(1000);
    const from = turns.atMs;
    await say(300);
    expect(heard[0]).toEqual({ kind: 'speech-likely', atMs: from + 96 });
  });

  it('our echo is no person, and a person above it is', async () => {
    const { turns, kinds, say } = listenTo('open');
    turns.ownVoice(true);
    await say(5000, 0.2);
    expect(kinds()).toEqual([]);
    await say(200);
    expect(kinds()).toEqual(['speech-likely']);
    await say(700);
    expect(kinds()).toEqual(['speech-likely', 'speech-started']);
  });

  it('it does not wake us', async () => {
    const { turns, kinds, pause } = listenTo('wake');
    turns.ownVoice(true);
    turns.woke('hey wayside');
    expect(kinds()).toEqual([]);
    turns.ownVoice(false);
    await pause(400);
    turns.woke('hey wayside');
    expect(kinds()).toEqual(['woke']);
  });
});

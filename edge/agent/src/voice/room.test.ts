import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { VoiceEvent } from './messages.ts';
import { createRoom, type RoomParts } from './room.ts';
import { scriptedEars, scriptedMouth } from './scripted.ts';
import type { Asks } from './speech.ts';
import type { VoiceTurn } from './take-turn.ts';

const answerText = 'Go gently. The spark plug of cylinder one misfires. Change it soon. Do not press hard until then.';

function enter(options: Partial<RoomParts> & { asks?: Asks; pace?: number } = {}) {
  const ears = scriptedEars();
  const mouth = scriptedMouth(options.pace ?? 20);
  const events: VoiceEvent[] = [];
  const turns: VoiceTurn[] = [];
  let played = 0;
  const room = createRoom({
    ears,
    synthesizer: mouth,
    locale: 'en',
    bias: () => ({ phrases: [] }),
    now: () => performance.now(),
    newTurn: () => `t${turns.length + 1}`,
    voices: { learns: true, anyone: () => false, whose: () => undefined, learn: async () => true },
    async take(turn) {
      turns.push(turn);
      return { turn: `${turn.id}.a`, text: answerText, asks: options.asks ?? 'nothing' };
    },
    send: (event) => events.push(event),
    play(sound) {
      played += sound.length;
      return true;
    },
    ...options,
  });
  const came = (name: VoiceEvent['event']) => vi.waitFor(() => expect(names()).toContain(name), { timeout: 5_000, interval: 5 });
  const names = () => events.map(({ event }) => event);
  const say = (text: string) => ears.heard({ kind: 'final', text, confidence: 0.9, fromMs: 0, toMs: 900, decodeMs: 50 });
  const of = <E extends VoiceEvent['event']>(name: E) =>
    events.filter((event) => event.event === name) as Extract<VoiceEvent, { event: E }>[];
  return { room, ears, mouth, events, turns, names, came, say, of, played: () => played };
}

describe('a conversation by voice', () => {
  it('hears, thinks, and says the answer piece by piece, each announced before its sound', async () => {
    const { room, ears, came, say, names, of, turns, played } = enter();
    room.ask({ ask: 'listen', mode: 'open' });
    ears.heard({ kind: 'speech-started', atMs: 0 });
    ears.heard({ kind: 'partial', text: 'what is', atMs: 500 });
    ears.heard({ kind: 'speech-ended', atMs: 900 });
    say('what does P zero three zero one mean');
    await came('spoken');
    expect(names()).toEqual([
      'ready',
      'listening',
      'speech-started',
      'partial',
      'speech-ended',
      'heard',
      'thinking',
      'answered',
      'speaking',
      'speaking',
      'speaking',
      'speaking',
      'spoken',
    ]);
    expect(turns).toEqual([{ id: 't1', text: 'what does P0301 mean', confidence: 0.9 }]);
    expect(of('heard')[0]?.identifiers).toEqual([{ kind: 'dtc', text: 'P0301' }]);
    expect(
      of('speaking')
        .map(({ text }) => text)
        .join(' '),
    ).toBe(answerText);
    expect(played()).toBe(answerText.split(' ').length * 20 * 8);
    expect(ears.told.slice(0, 2)).toEqual(['open', 'own voice']);
    room.close();
  });

  it('listens for letters and digits once a code or a number was asked for, shows what was spelled, and then for what people say here again', async () => {
    const answers = ['Which code does the display show?', 'Please read me the VIN.', 'Thank you.'];
    const { room, ears, came, say, of, turns } = enter({
      take: async (turn) => {
        turns.push(turn);
        return { turn: `${turn.id}.a`, text: answers[turns.length - 1]!, asks: 'nothing' };
      },
    });
    const next = async (text: string, count: number) => {
      say(text);
      await vi.waitFor(() => expect(of('spoken')).toHaveLength(count), { timeout: 5_000, interval: 5 });
    };
    room.ask({ ask: 'listen', mode: 'open' });
    await next('it shows a code', 1);
    await next('P zero three oh one.', 2);
    await next('W B A three A five C five five C F two five six six five one', 3);
    expect(turns.map(({ text }) => text)).toEqual(['it shows a code', 'P0301', 'WBA3A5C55CF256651']);
    expect(of('heard').map(({ identifiers }) => identifiers.map(({ kind }) => kind))).toEqual([[], ['dtc'], ['vin']]);
    const favours = ears.told.filter((told) => told.startsWith('favour'));
    expect(favours).toEqual([expect.stringMatching(/favour \d{4} phrases/), 'favour 0 phrases']);
    await came('spoken');
    room.close();
  });

  it('stops within 200 ms when the person speaks, and keeps what they did not hear with their turn', async () => {
    const { room, ears, came, say, of, turns } = enter({ pace: 100 });
    room.ask({ ask: 'listen', mode: 'open' });
    say('why is the light on');
    await came('speaking');
    await sleep(450);
    const at = performance.now();
    ears.heard({ kind: 'speech-started', atMs: 2_000 });
    await came('interrupted');
    expect(performance.now() - at).toBeLessThan(200);
    const [cut] = of('interrupted');
    expect(`${cut?.said} ${cut?.unsaid}`).toBe(answerText);
    expect(cut?.said).toMatch(/^Go gently\. The/);
    expect(cut?.unsaid).toContain('Do not press hard');
    say('can I drive on');
    await vi.waitFor(() => expect(turns).toHaveLength(2), { timeout: 20_000 });
    expect(turns[1]).toMatchObject({ text: 'can I drive on', cut: { turn: 't1.a', unsaid: cut?.unsaid } });
    room.close();
  });

  it('leaves an answer on the screen for whom it was being prepared when they touch the microphone', async () => {
    const given = Promise.withResolvers<{ turn: string; text: string; asks: Asks }>();
    const { room, came, say, names } = enter({ take: () => given.promise });
    room.ask({ ask: 'listen', mode: 'open' });
    say('why is the light on');
    await came('thinking');
    room.ask({ ask: 'listen', mode: 'held' });
    given.resolve({ turn: 't1.a', text: answerText, asks: 'nothing' });
    await came('answered');
    await sleep(20);
    expect(names()).not.toContain('speaking');
    room.close();
  });

  it.each(['uh-huh', 'Okay.', ''])('goes on with the rest after “%s”', async (hum) => {
    const { room, ears, came, say, of, turns, mouth } = enter({ pace: 60 });
    room.ask({ ask: 'listen', mode: 'open' });
    say('why is the light on');
    await came('speaking');
    await sleep(200);
    ears.heard({ kind: 'speech-started', atMs: 2_000 });
    say(hum);
    await came('spoken');
    expect(turns).toHaveLength(1);
    expect(mouth.asked).toEqual([answerText, of('interrupted')[0]?.unsaid]);
    room.close();
  });

  it('holds while somebody may be speaking, and goes on where it held when it was a cough', async () => {
    const { room, ears, came, say, names, of, mouth } = enter({ pace: 40 });
    room.ask({ ask: 'listen', mode: 'open' });
    say('why is the light on');
    await came('speaking');
    ears.heard({ kind: 'speech-likely', atMs: 1_000 });
    expect(of('paused')).toEqual([{ event: 'paused', turn: 't1.a' }]);
    await sleep(1_200);
    expect(names()).not.toContain('spoken');
    ears.heard({ kind: 'back-channel', atMs: 1_300 });
    await came('spoken');
    expect(names().filter((name) => ['paused', 'resumed', 'interrupted'].includes(name))).toEqual(['paused', 'resumed']);
    expect(mouth.asked).toEqual([answerText]);
    room.close();
  });

  it('a hum too short to count as speech does not stop it at all', async () => {
    const { room, came, say, names, turns } = enter();
    room.ask({ ask: 'listen', mode: 'open' });
    say('why is the light on');
    await came('speaking');
    say('mhm');
    await came('spoken');
    expect(names()).not.toContain('interrupted');
    expect(turns).toHaveLength(1);
    room.close();
  });

  it.each([
    ['Stop.', 'nothing', 'wake', 'wake'],
    ['别说了', 'nothing', 'open', 'open'],
    ['停下。', 'question', 'wake', 'open'],
  ] as const)('“%s” over an answer that asks %s only silences it, and it listens on (%s, then %s)', async (text, asks, mode, next) => {
    const { room, ears, came, say, of, turns, mouth, events } = enter({ asks, pace: 60 });
    room.ask({ ask: 'listen', mode });
    say('why is the light on');
    await came('speaking');
    ears.heard({ kind: 'speech-started', atMs: 2_000 });
    ears.heard({ kind: 'speech-ended', atMs: 2_400 });
    say(text);
    expect(of('interrupted')[0]?.unsaid).toContain('Do not press hard');
    expect(events.at(-1)).toEqual({ event: 'listening', mode: next });
    // A noise afterwards does not begin the answer again.
    say('');
    await sleep(50);
    expect([turns.length, mouth.asked]).toEqual([1, [answerText]]);
    room.close();
  });

  it('what is to be done to the machine is a turn, and so is a “stop” over a proposal, which refuses it', async () => {
    for (const [text, asks] of [
      ['stop the machine', 'nothing'],
      ['停机', 'question'],
      ['Stop.', 'command'],
    ] as const) {
      const { room, ears, came, say, turns } = enter({ asks, pace: 60 });
      room.ask({ ask: 'listen', mode: 'open' });
      say('clear the codes');
      await came('speaking');
      ears.heard({ kind: 'speech-started', atMs: 2_000 });
      say(text);
      await vi.waitFor(() => expect(turns.at(-1)).toMatchObject({ text, cut: { turn: 't1.a' } }));
      room.close();
    }
  });

  it('a “stop” by the held button ends listening with the answer', async () => {
    const { room, came, say, names, turns } = enter({ pace: 60 });
    room.ask({ ask: 'listen', mode: 'open' });
    say('why is the light on');
    await came('speaking');
    room.ask({ ask: 'listen', mode: 'held' });
    room.ask({ ask: 'finish' });
    say('stop');
    expect([names().at(-1), turns.length]).toEqual(['idle', 1]);
    room.close();
  });

  it('takes a yes to a question before its end, but a yes to a command only once all was heard', async () => {
    const question = enter({ asks: 'question', pace: 60 });
    question.room.ask({ ask: 'listen', mode: 'open' });
    question.say('how do I fix it');
    await question.came('speaking');
    question.ears.heard({ kind: 'speech-started', atMs: 0 });
    question.say('yes');
    await vi.waitFor(() => expect(question.turns).toHaveLength(2), { timeout: 20_000 });
    const command = enter({ asks: 'command', pace: 60 });
    command.room.ask({ ask: 'listen', mode: 'open' });
    command.say('clear the codes');
    await command.came('speaking');
    command.ears.heard({ kind: 'speech-started', atMs: 0 });
    command.say('yes');
    await command.came('spoken');
    expect(command.turns).toHaveLength(1);
    command.say('yes');
    await vi.waitFor(() => expect(command.turns).toHaveLength(2), { timeout: 20_000 });
    question.room.close();
    command.room.close();
  });

  it('with a wake word goes back to waiting for it, and stays open where it asked something', async () => {
    const { room, ears, came, say } = enter();
    room.ask({ ask: 'listen', mode: 'wake' });
    ears.heard({ kind: 'woke', word: 'hey wayside', atMs: 0 });
    say('why is the light on');
    await came('spoken');
    expect(ears.told.at(-1)).toBe('wake');
    room.close();
    const asking = enter({ asks: 'question' });
    asking.room.ask({ ask: 'listen', mode: 'wake' });
    asking.say('how do I fix it');
    await asking.came('spoken');
    expect(asking.ears.told.at(-1)).toBe('open');
    asking.ears.heard({ kind: 'nothing-said', atMs: 9_000 });
    expect(asking.ears.told.at(-1)).toBe('wake');
    asking.room.close();
  });

  describe('whose voice it is', () => {
    const voice = new Float32Array(256).fill(1 / 16);
    const said = (text: string, with_?: Float32Array) =>
      ({ kind: 'final', text, confidence: 0.9, fromMs: 0, toMs: 900, decodeMs: 50, ...(with_ ? { voice: with_ } : {}) }) as const;

    it('is looked at only where somebody wants to be known, is told once, and goes with each of their turns', async () => {
      const { ears: strange, room: unknown } = enter();
      unknown.ask({ ask: 'listen', mode: 'open' });
      expect(strange.told).not.toContain('tell voices');
      unknown.close();
      const anna = { person: 'p_1', name: 'Anna', locale: 'zh', units: 'metric' } as const;
      const { room, ears, turns, of, came } = enter({
        voices: { learns: false, anyone: () => true, whose: (one) => (one[0]! > 0 ? anna : undefined), learn: async () => false },
      });
      room.ask({ ask: 'listen', mode: 'open' });
      expect(ears.told).toContain('tell voices');
      ears.heard(said('why is the light on', voice));
      await came('spoken');
      ears.heard(said('can I drive on', new Float32Array(256)));
      await vi.waitFor(() => expect(turns).toHaveLength(2), { timeout: 20_000 });
      expect(turns.map(({ sounds }) => sounds)).toEqual(['p_1', 'p_1']);
      expect(of('known')).toEqual([{ event: 'known', name: 'Anna', locale: 'zh', units: 'metric' }]);
      room.close();
    });

    it('is learned from three sentences that are no turns; too short a one is asked for again, and all when they differ', async () => {
      const learned: number[] = [];
      const { room, ears, turns, of, came } = enter({
        voices: { learns: true, anyone: () => false, whose: () => undefined, learn: async (all) => learned.push(all.length) > 1 },
      });
      room.ask({ ask: 'learn-voice' });
      expect(ears.told).toContain('tell voices');
      const lesson = () => of('voice-lesson').map(({ heard, state }) => `${heard} ${state}`);
      for (const one of [voice, undefined, voice, voice, voice, voice, voice]) {
        const before = lesson().length;
        ears.heard(said('Please tell me how the machine is doing today.', one));
        await vi.waitFor(() => expect(lesson().length).toBeGreaterThan(before), { timeout: 20_000 });
      }
      expect(lesson()).toEqual(['0 goes-on', '1 goes-on', '1 goes-on', '2 goes-on', '0 differs', '1 goes-on', '2 goes-on', '3 known']);
      await came('idle');
      expect([turns, learned]).toEqual([[], [3, 3]]);
      room.close();
    });
  });

  it('says so and is ready again when ears or mouth break, and when a turn is not taken', async () => {
    const broken = { ...scriptedMouth(), async *speak() {} };
    const { room, ears, came, say, of } = enter({ synthesizer: broken });
    room.ask({ ask: 'listen', mode: 'open' });
    ears.heard({ kind: 'failed', why: 'the process ended' });
    expect(of('failed')[0]).toMatchObject({ why: 'ears' });
    expect(of('idle')).toHaveLength(1);
    room.ask({ ask: 'listen', mode: 'open' });
    ears.heard({ kind: 'failed', why: 'more sound came than can be listened to', kept: true });
    expect(of('failed')).toHaveLength(2);
    expect(of('idle')).toHaveLength(1);
    say('why is the light on');
    await came('thinking');
    await vi.waitFor(() => expect(of('failed').at(-1)).toMatchObject({ why: 'mouth' }), { timeout: 20_000 });
    room.close();
    const refused = enter({ take: () => Promise.reject(new Error('The store is full.')) });
    refused.room.ask({ ask: 'listen', mode: 'open' });
    refused.say('why');
    await refused.came('failed');
    expect(refused.of('failed')).toEqual([{ event: 'failed', why: 'turn', detail: 'The store is full.' }]);
    refused.room.close();
  });

  it('a button that was held and let go without a word ends listening', () => {
    const { room, ears, names } = enter();
    room.ask({ ask: 'listen', mode: 'held' });
    room.ask({ ask: 'finish' });
    ears.heard({ kind: 'nothing-said', atMs: 900 });
    expect(names().at(-1)).toBe('idle');
    room.close();
  });

  it('has what writes its language down loaded before anybody is listened to', () => {
    const { room, ears } = enter();
    expect([ears.warmed, ears.isOpen()]).toEqual([['en'], false]);
    room.close();
  });

  it('says that a language cannot be heard here', () => {
    const { room, of } = enter({ locale: 'zh' });
    expect(of('ready')[0]).toMatchObject({ hears: false, speaks: true });
    room.ask({ ask: 'listen', mode: 'open' });
    expect(of('failed')).toEqual([{ event: 'failed', why: 'no-recognizer' }]);
    room.close();
  });

  it('takes what was said so far for the turn when the sound stops coming in mid-sentence', () => {
    vi.useFakeTimers();
    const { room, ears } = enter();
    room.ask({ ask: 'listen', mode: 'open' });
    ears.heard({ kind: 'speech-started', atMs: 0 });
    for (let n = 0; n < 20; n++) {
      vi.advanceTimersByTime(1_000);
      room.hear(new Int16Array(640));
    }
    expect(ears.told).not.toContain('finish');
    vi.advanceTimersByTime(5_000);
    expect(ears.told.at(-1)).toBe('finish');
    room.close();
    vi.useRealTimers();
  });

  it('passes on no sound while nobody is listened to', () => {
    const { room, ears } = enter();
    room.hear(new Int16Array(1600));
    room.ask({ ask: 'listen', mode: 'held' });
    room.hear(new Int16Array(1600));
    room.ask({ ask: 'stop' });
    room.hear(new Int16Array(1600));
    expect(ears.samples()).toBe(1600);
    expect(ears.isOpen()).toBe(false);
    room.close();
  });

  it('stops for a listener that is too slow, and says so', async () => {
    const { room, say, of } = enter({ play: () => false });
    room.ask({ ask: 'listen', mode: 'open' });
    say('why is the light on');
    await vi.waitFor(() => expect(of('failed')).toEqual([{ event: 'failed', why: 'slow' }]), { timeout: 20_000 });
    room.close();
  });

  it('gives an answer as fast as it is made to whoever keeps it and has no loudspeaker', async () => {
    const { room, came, say, played } = enter({ pace: 1_000 });
    room.ask({ ask: 'speak', what: 'answers', pace: 'made' });
    room.ask({ ask: 'listen', mode: 'held' });
    say('why is the light on');
    // It lasts 18 seconds, and is waited for five at most.
    await came('spoken');
    expect(played()).toBe(answerText.split(' ').length * 1_000 * 8);
    room.close();
  });

  it('says a technician’s reply while it is listening, and nothing when it is to be quiet', async () => {
    const { room, came, of, mouth } = enter();
    room.tell({ turn: 'r0', text: 'Nobody listens.' });
    room.ask({ ask: 'listen', mode: 'open' });
    room.tell({ turn: 'r1', text: 'I see the misfire.' });
    await came('spoken');
    expect(of('spoken')).toEqual([{ event: 'spoken', turn: 'r1' }]);
    room.ask({ ask: 'speak', what: 'nothing' });
    room.tell({ turn: 'r2', text: 'Drive gently.' });
    expect(mouth.asked).toEqual(['I see the misfire.']);
    room.close();
  });
});

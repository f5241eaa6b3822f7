import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createModels } from '../../models.ts';
import type { Ears, EarsRequest, Heard } from '../ears.ts';
import { joinSounds, noise, piecesOf, silence, temperature, wakeWords } from '../sound-fixture.ts';
import { findEarsFiles } from './ears-files.ts';
import type { EarsFiles } from './ears-messages.ts';
import { createEars } from './port-ears.ts';

const files = findEarsFiles(createModels());
if (!files.voiceActivity)
  console.warn('SKIPPED: hearing is tested by level alone, Silero VAD is not here. Get it: wayside models pull silero-vad');

if (!files.wake) console.warn('SKIPPED: wake words are not tested, their front end is not here. Get it: wayside models pull wake-features');
if (!files.recognizers.en)
  console.warn('SKIPPED: hearing words is not tested, no recognizer is here. Get it: wayside models pull moonshine-base-en');

let ears: Ears | undefined;
let skewMs = 0;
afterEach(() => ears?.stop());

/** Ears in their own process with one microphone; without recognizers they write nothing down. */
function open(mode: EarsRequest['mode'] = 'open', recognizers: EarsFiles['recognizers'] = {}) {
  skewMs = 0;
  ears = createEars({ files: () => ({ ...files, recognizers }), now: () => performance.now() + skewMs });
  const heard: Heard[] = [];
  const stream = ears.open({ locale: 'en', mode, heard: (one) => heard.push(one) });
  const kinds = () => heard.map(({ kind }) => kind);
  const until = (wanted: string[]) => vi.waitFor(() => expect(kinds()).toEqual(wanted), { timeout: 20_000, interval: 20 });
  const ready = () => vi.waitFor(() => expect(ears!.state().state).toBe('ready'), { timeout: 20_000 });
  const write = (...sounds: Int16Array[]) => piecesOf(joinSounds(...sounds)).forEach(stream.write);
  return { stream, heard, kinds, until, ready, write };
}
const turn = ['speech-started', 'speech-ended', 'failed'];
const said = () => joinSounds(silence(1), temperature(), silence(1));

describe('the ears, in their process', () => {
  it('hear when somebody speaks and when they are done, and say that nothing here writes it down', async () => {
    const { heard, until, write } = open();
    write(said());
    await until(turn);
    const [started, ended] = heard as Extract<Heard, { atMs: number }>[];
    expect(started!.atMs).toBeGreaterThan(1000);
    expect(started!.atMs).toBeLessThan(2000);
    expect(ended!.atMs).toBeLessThan(4000);
    expect(heard[2]).toMatchObject({ why: expect.stringContaining('writes down') });
  });

  it('lose the word they were killed in and no other', async () => {
    const { kinds, until, write } = open();
    write(silence(1), temperature().subarray(0, 24_000));
    await until(['speech-started']);
    process.kill(ears!.state().pid!, 'SIGKILL');
    await until(['speech-started', 'failed']);
    await pause(300);
    write(said());
    await until(['speech-started', 'failed', ...turn]);
    expect(kinds()).toHaveLength(5);
  });

  it('are started anew when they hang', async () => {
    const { until, ready, write } = open();
    await ready();
    const pid = ears!.state().pid!;
    process.kill(pid, 'SIGSTOP');
    write(silence(1));
    skewMs = 6000;
    write(silence(1));
    await vi.waitFor(() => expect(ears!.state().pid).not.toBe(pid), { timeout: 10_000 });
    await pause(300);
    write(said());
    await until(turn);
  });

  it('say once that they were flooded, and hear the next', async () => {
    const { stream, kinds, until, write } = open();
    for (let n = 0; n < 60; n++) stream.write(noise(1, 3));
    await until(['failed']);
    await vi.waitFor(() => expect(kinds()).toEqual(['failed', 'nothing-said']), { timeout: 20_000 });
    write(said());
    await until(['failed', 'nothing-said', ...turn]);
  });

  it('take a minute of noise, of clipped sound, of pieces of one sample, of nothing', async () => {
    const { stream, kinds, ready } = open('wake');
    await ready();
    for (let second = 0; second < 60; second++) {
      stream.write(noise(1, second % 2 ? 3000 : 32_767, second + 1).map((value) => (second % 3 ? value : Math.sign(value) * 32_767)));
      await pause(15);
    }
    for (let n = 0; n < 2000; n++) stream.write(Int16Array.of(n));
    stream.write(new Int16Array(0));
    await pause(300);
    expect(kinds().filter((kind) => kind !== 'failed')).toEqual([]);
    expect(ears!.state().state).toBe('ready');
  });

  it('say that nobody spoke after a tap, and hear no more of a microphone that was closed', async () => {
    const { stream, until, ready, write } = open();
    await ready();
    for (let n = 0; n < 8; n++) {
      write(silence(1));
      await pause(60);
    }
    await until(['nothing-said']);
    stream.close();
    write(said());
    stream.finish();
    await pause(500);
    await until(['nothing-said']);
  });

  it('serve several microphones at once', async () => {
    const one = open();
    const heard: string[] = [];
    const other = ears!.open({ locale: 'zh', mode: 'held', heard: ({ kind }) => heard.push(kind) });
    piecesOf(said()).forEach((piece) => {
      one.stream.write(piece);
      other.write(piece);
    });
    await one.until(turn);
    await vi.waitFor(() => expect(heard).toEqual(['speech-started']), { timeout: 20_000 });
    other.finish();
    await vi.waitFor(() => expect(heard).toEqual(turn), { timeout: 20_000 });
  });
});

describe.skipIf(!files.wake)('the ears, deaf until the wake word', () => {
  it.each(Object.entries(wakeWords()))('wake by "%s", take what follows for one turn, and are deaf again', async (word, sound) => {
    const { stream, heard, until, ready } = open('wake');
    await ready();
    const speak = async (...sounds: Int16Array[]) => {
      for (const piece of piecesOf(joinSounds(...sounds))) {
        stream.write(piece);
        await pause(20);
      }
    };
    await speak(said(), sound, silence(0.5), temperature(), silence(1));
    await until(['woke', ...turn]);
    expect(heard[0]).toMatchObject({ word });
    await speak(said(), sound, silence(7));
    await until(['woke', ...turn, 'woke', 'nothing-said']);
  });
});

describe.skipIf(!files.recognizers.en)('the ears with a recognizer', { timeout: 300_000 }, () => {
  it('write down what was said while it is said, and again after they were killed in the middle of it', async () => {
    const { heard, kinds, write } = open('open', files.recognizers);
    const texts = () => heard.flatMap((one) => (one.kind === 'final' ? [one.text] : []));
    write(said());
    await vi.waitFor(() => expect(texts()).toEqual([expect.stringMatching(/temperature/i)]), { timeout: 120_000 });
    expect(kinds()).toContain('partial');
    write(silence(1), temperature().subarray(0, 24_000));
    await vi.waitFor(() => expect(kinds().filter((kind) => kind === 'speech-started')).toHaveLength(2), { timeout: 60_000 });
    process.kill(ears!.state().pid!, 'SIGKILL');
    await vi.waitFor(() => expect(kinds()).toContain('failed'), { timeout: 20_000 });
    await pause(300);
    write(said());
    await vi.waitFor(() => expect(texts()).toHaveLength(2), { timeout: 120_000 });
    expect(texts()[1]).toMatch(/temperature/i);
  });

  it('load what writes a language down when they are told to, before anybody is listened to, and once', async () => {
    const reads: boolean[] = [];
    ears = createEars({
      files: () => files,
      now: () => performance.now(),
      onNews: (news) => news.kind === 'reads' && reads.push(news.on),
    });
    ears.warm('en');
    await vi.waitFor(() => expect(reads).toEqual([true, false]), { timeout: 60_000 });
    ears.warm('en');
    const heard: string[] = [];
    const stream = ears.open({ locale: 'en', mode: 'open', heard: (one) => one.kind === 'final' && heard.push(one.text) });
    piecesOf(said()).forEach(stream.write);
    await vi.waitFor(() => expect(heard).toEqual([expect.stringMatching(/temperature/i)]), { timeout: 120_000 });
    expect(reads).toEqual([true, false]);
  });

  it.skipIf(!files.wake)('write down what follows the wake word in the same breath, and not the word', async () => {
    const { heard, stream, ready } = open('wake', files.recognizers);
    await ready();
    for (const piece of piecesOf(joinSounds(silence(1), wakeWords()['hey wayside'], temperature(), silence(2)))) {
      stream.write(piece);
      await pause(20);
    }
    const text = () => heard.flatMap((one) => (one.kind === 'final' ? [one.text] : []))[0];
    await vi.waitFor(() => expect(text()).toMatch(/temperature/i), { timeout: 120_000 });
    expect(text()).not.toMatch(/side/i);
  });
});

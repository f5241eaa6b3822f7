import { connect } from 'node:net';
import { createEventReader, type Ears, encodeEvent, type Synthesizer, type WyomingEvent } from '@wayside/models';
import type { Run } from '@wayside/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { misfiringCar } from '../browser/live-thing.ts';
import { askAnew, badSounds, enterByVoice, survive } from '../support/bad-sound.ts';
import { joined, noVoice, realEars, realMouth, silence, spoken } from '../support/real-voice.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { wavAs } from '../support/wav.ts';

const drives = /drive/i;
/** The others, and a minute of each: `npm run prove:bad-audio`. */
const quick = [
  'silence',
  'noise at full scale',
  'clipped speech',
  'frames of odd bytes',
  'a minute of sound at once',
  'sound that stops in mid-word',
];
const rows = badSounds(7).filter(({ name }) => quick.includes(name));

describe.skipIf(noVoice)('bad sound, with real ears and a real mouth', { timeout: 180_000 }, () => {
  let ears: Ears;
  let mouth: Synthesizer;
  let site: Site;
  let car: Run;
  let question: Int16Array;

  beforeAll(async () => {
    [ears, mouth] = [realEars(), realMouth()];
    site = await createSite({ hub: false, ears, synthesizer: mouth, wyoming: true });
    car = await misfiringCar(site);
    ears.warm();
    question = joined(silence(0.3), await spoken(mouth, 'Can I drive on?'), silence(1.2));
    await until('the ears', () => ears.state().state === 'ready', 60_000);
  }, 120_000);
  afterAll(async () => {
    await car?.stop();
    await site?.close();
  });

  it.each(rows.map((bad) => [bad.name, bad] as const))('%s at the socket is told of, and the next question is understood', async (_, bad) =>
    expect(bad.told).toContain(await survive(site, bad, question, drives)),
  );

  it('by Wyoming, sound of other rates and channels is written down, and what is no sound is told to be none', async () => {
    const socket = connect(site.edge().wyomingPort!, '127.0.0.1');
    const came: WyomingEvent[] = [];
    const read = createEventReader();
    socket.on('data', (bytes) => came.push(...read(bytes)));
    const say = (type: string, data: WyomingEvent['data'], payload?: Buffer) =>
      socket.write(encodeEvent({ type, data, ...(payload ? { payload } : {}) }));
    const answer = async () => until('what comes of it', () => came.shift(), 60_000);
    for (const format of [
      { rate: 8_000, channels: 1 as const },
      { rate: 48_000, channels: 2 as const },
    ]) {
      const about = { ...format, width: 2 };
      const sound = wavAs(question, format).subarray(44);
      say('transcribe', { language: 'en' });
      say('audio-start', about);
      for (let at = 0; at < sound.length; at += 16_000) say('audio-chunk', about, sound.subarray(at, at + 16_000));
      say('audio-stop', {});
      expect(await answer()).toMatchObject({ type: 'transcript', data: { text: expect.stringMatching(drives) } });
    }
    for (const odd of [{ rate: 1e12 }, { rate: -1 }, { rate: 'high' }, { width: 1 }, { channels: 0 }]) {
      say('audio-start', odd);
      say('audio-chunk', odd, Buffer.alloc(1_001, 7));
      expect(await answer()).toMatchObject({ type: 'error', data: { code: 'invalid' } });
    }
    say('ping', { text: 'there?' });
    expect(await answer()).toMatchObject({ type: 'pong' });
    socket.destroy();
  });

  it('ears killed in mid-word cost that word: it is said so, and the next question is answered', async () => {
    const { talker } = await enterByVoice(site);
    const speaking = talker.speak(question);
    await talker.came('speech-started', 20_000);
    process.kill(ears.state().pid!, 'SIGKILL');
    await speaking;
    expect(await talker.came('failed', 20_000)).toMatchObject({ why: 'ears' });
    await askAnew(talker, question, drives);
    talker.close();
  });

  it('a mouth killed in mid-word costs that answer its sound, not its words, and the next one is spoken', async () => {
    const { talker, session } = await enterByVoice(site);
    await talker.speak(question);
    await talker.came('speaking', 30_000);
    process.kill(mouth.state().pid!, 'SIGKILL');
    expect(await talker.came('failed', 30_000)).toMatchObject({ why: 'mouth' });
    expect((await site.operator.get(`/v1/sessions/${session}`)).turns).toHaveLength(2);
    const before = talker.events.length;
    await askAnew(talker, question, drives);
    await until('the next answer to be spoken', () => talker.events.slice(before).some(({ event }) => event === 'speaking'), 60_000);
    talker.close();
  });
});

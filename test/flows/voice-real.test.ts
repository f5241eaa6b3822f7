import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Ears, Synthesizer } from '@wayside/models';
import type { Run } from '@wayside/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { misfiringCar } from '../browser/live-thing.ts';
import {
  heardBy16k,
  joined,
  mixed,
  noVoice,
  pinkNoise,
  realEars,
  realMouth,
  silence,
  spoken,
  wavOf16k,
  writtenDown,
} from '../support/real-voice.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { openTalker, type Talker } from '../support/talker.ts';
import { wavAs, wavOf } from '../support/wav.ts';

const words = (text: string): string[] => text.toLowerCase().match(/[a-z]+/g) ?? [];

describe.skipIf(noVoice)('talking to the car, with real ears and a real mouth', { timeout: 120_000 }, () => {
  let ears: Ears;
  let mouth: Synthesizer;
  let site: Site;
  let car: Run;
  let why: Int16Array;
  let drive: Int16Array;
  let talker: Talker | undefined;
  const recorded = (name: string) => wavOf16k(new URL(`../../models/src/speech/sounds/${name}.wav`, import.meta.url));
  const temperature = recorded('whats-the-temperature');

  /** `pace`: only where somebody speaks over an answer it takes the time that it takes to be heard. */
  async function enter(pace: 'heard' | 'made' = 'made'): Promise<{ talker: Talker; session: string }> {
    talker?.close();
    const { session } = await site.operator.post('/v1/sessions', { channel: 'voice', locale: 'en', thing: 'car-1' });
    talker = await openTalker(site.edge().url, session, { authorization: `Bearer ${site.edge().token}` });
    talker.ask({ ask: 'speak', what: 'answers', pace });
    talker.ask({ ask: 'listen', mode: 'open' });
    await talker.came('listening');
    return { talker, session };
  }
  const of = (from: Talker, name: string) => from.events.filter(({ event }) => event === name);

  beforeAll(async () => {
    [ears, mouth] = [realEars(), realMouth()];
    site = await createSite({ hub: false, ears, synthesizer: mouth });
    car = await misfiringCar(site);
    ears.warm();
    why = joined(silence(0.4), await spoken(mouth, 'Why did the warning light come on?'), silence(1.5));
    drive = joined(silence(0.2), await spoken(mouth, 'Can I drive on?'), silence(1.5));
    await until('the ears', () => ears.state().state === 'ready', 60_000);
  }, 120_000);
  afterAll(async () => {
    talker?.close();
    await car?.stop();
    await site?.close();
  });

  it('a question is heard, answered from the car’s state, and the sound of the answer says the same words', async () => {
    const { talker, session } = await enter();
    await talker.give(drive, ears);
    const heard = await talker.came('heard', 30_000);
    expect(words(heard.text)).toEqual(expect.arrayContaining(['drive']));
    await until('three sentences of the answer', () => of(talker, 'speaking').length >= 3, 60_000);
    talker.ask({ ask: 'stop' });
    await talker.came('idle');
    const sound = talker.sound();
    const aloud = of(talker, 'speaking').map(({ text }) => text);
    const { turns } = await site.operator.get(`/v1/sessions/${session}`);
    expect(turns.map(({ by }: any) => by)).toEqual(['operator', 'agent']);
    expect(turns[1].text).toContain(aloud[2].trim());
    const said = words(await writtenDown(heardBy16k(sound)));
    const wanted = [...new Set<string>(words(aloud.join(' ')))].filter((word) => word.length > 3);
    const found = wanted.filter((word) => said.includes(word));
    expect(found.length / wanted.length).toBeGreaterThan(0.7);
  });

  it('wayside talk --wav says a file of any shape, also one that ends in mid-sample, shows the answer, and writes it down as sound', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wayside-talk-'));
    const [question, answer] = [join(folder, 'question.wav'), join(folder, 'answer.wav')];
    // Its head promises what is not there, and the last sample is half there.
    await writeFile(question, wavAs(drive, { rate: 44_100, channels: 2 }).subarray(0, -40_001));
    const { url, token } = site.edge();
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [
      ...['cli/dist/wayside.cjs', 'talk', '--wav', question, '--out', answer, '--edge', url, '--thing', 'car-1', '--lang', 'en'],
      ...['--token', token],
    ]);
    expect(stdout).toMatch(/^> .*drive/i);
    expect(stdout).toMatch(/gently/);
    expect((await stat(answer)).size).toBeGreaterThan(44 + 40_000);
    await writeFile(question, wavOf(silence(2), 16_000));
    await expect(
      run(process.execPath, ['cli/dist/wayside.cjs', 'talk', '--wav', question, '--edge', url, '--token', token]),
    ).rejects.toMatchObject({
      stderr: expect.stringContaining('Nobody could be heard'),
    });
    await rm(folder, { recursive: true });
  });

  it('a recording of a person is understood, with noise beside it too', async () => {
    const noise = pinkNoise(temperature.length + 32_000);
    for (const sound of [temperature, mixed(temperature, noise, 20), mixed(temperature, noise, 10)]) {
      const { talker } = await enter();
      await talker.give(joined(silence(0.4), sound, silence(1.5)), ears);
      expect(words((await talker.came('heard', 30_000)).text)).toContain('temperature');
    }
  });

  it('the person speaks, and the answer stops: what they did not hear goes with their turn', async () => {
    const { talker, session } = await enter('heard');
    await talker.give(why, ears);
    await talker.came('speaking', 60_000);
    // A microphone never stops: in the answer's beginning the ears learn how loud it is here.
    await talker.speak(silence(2.5));
    await talker.speak(drive);
    const { said, unsaid } = await talker.came('interrupted', 30_000);
    expect(said.length).toBeGreaterThan(10);
    expect(unsaid.length).toBeGreaterThan(10);
    const turn = await until(
      'the second turn',
      async () => (await site.operator.get(`/v1/sessions/${session}`)).turns.filter((one: any) => one.by === 'operator')[1],
      30_000,
    );
    expect(words(turn.text)).toContain('drive');
    expect(turn.voice.cut.unsaid).toBe(unsaid);
  });

  it('who let their voice be known by three sentences is known by a fourth, without any right, and by none once it is taken back', async () => {
    const { person } = await site.operator.post('/v1/people', { name: 'Anna', role: 'member', preferences: { verbosity: 'short' } });
    const open = async (about: object) => {
      talker?.close();
      const { session } = await site.operator.post('/v1/sessions', { channel: 'voice', locale: 'en', thing: 'car-1', ...about });
      talker = await openTalker(site.edge().url, session, { authorization: `Bearer ${site.edge().token}` });
      return { talker, session };
    };
    const teaching = await open({ person });
    expect((await teaching.talker.came('ready')).learns).toBe(true);
    teaching.talker.ask({ ask: 'learn-voice' });
    const sentences = ['Please tell me how it is today.', 'It was rather cold this morning.', 'I would like to hear about that.'];
    const state = () => of(teaching.talker, 'voice-lesson').at(-1);
    // A saying of which too little was heard is asked for again, as of anybody.
    for (const sentence of [...sentences, ...sentences]) {
      if (state()?.state === 'known') break;
      const before = of(teaching.talker, 'voice-lesson').length;
      await teaching.talker.give(joined(silence(0.3), await spoken(mouth, sentence), silence(1.2)), ears);
      await until('the sentence to be heard', () => of(teaching.talker, 'voice-lesson').length > Math.max(1, before), 60_000);
    }
    expect(state()).toMatchObject({ heard: 3, state: 'known' });
    const asking = await open({});
    asking.talker.ask({ ask: 'listen', mode: 'open' });
    await asking.talker.give(why, ears);
    expect(await asking.talker.came('known', 60_000)).toMatchObject({ name: 'Anna' });
    expect((await site.operator.get(`/v1/sessions/${asking.session}`)).person).toBeUndefined();
    const response = await site.operator.raw(`/v1/people/${person}`, { method: 'PATCH', body: JSON.stringify({ voice: null }) });
    expect(response.status).toBe(200);
    const later = await open({});
    later.talker.ask({ ask: 'listen', mode: 'open' });
    await later.talker.give(why, ears);
    await later.talker.came('answered', 60_000);
    expect(of(later.talker, 'known')).toEqual([]);
  });

  it('before the wake word nothing that is said leaves the ears', async () => {
    const { session } = await site.operator.post('/v1/sessions', { channel: 'voice', locale: 'en', thing: 'car-1' });
    const secretive = await openTalker(site.edge().url, session, { authorization: `Bearer ${site.edge().token}` });
    secretive.ask({ ask: 'listen', mode: 'wake' });
    await secretive.came('listening');
    await secretive.give(joined(why, temperature, silence(1), recorded('hey-wayside')), ears);
    await secretive.came('woke', 60_000);
    expect(secretive.events).toMatchObject([{ event: 'ready' }, { event: 'listening' }, { event: 'woke' }]);
    expect((await site.operator.get(`/v1/sessions/${session}`)).turns).toEqual([]);
    secretive.close();
  });
});

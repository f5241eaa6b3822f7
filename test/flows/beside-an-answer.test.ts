import type { Ears, Synthesizer } from '@wayside/models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scriptedMouth } from '../../edge/agent/src/voice/scripted.ts';
import { misfiringCar } from '../browser/live-thing.ts';
import { joined, noChinese, noVoice, realEars, silence, wavOf16k } from '../support/real-voice.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { openTalker, type Talker } from '../support/talker.ts';

const sound = (name: string) => wavOf16k(new URL(`../../models/src/speech/sounds/${name}.wav`, import.meta.url));
/** A mouth that says all at once and then takes breath after breath, two minutes long: nobody has to hurry to speak beside it. */
const unhurried: Synthesizer = {
  ...scriptedMouth(),
  async *speak({ text, signal }) {
    for (let n = 0; n < 12 && !signal?.aborted; n++) yield { text: n === 0 ? text : '', rate: 8_000, sound: new Int16Array(80_000) };
  },
};

describe.skipIf(noVoice)('said beside an answer, with real ears', { timeout: 240_000 }, () => {
  let ears: Ears;
  let site: Site;
  let car: Awaited<ReturnType<typeof misfiringCar>>;
  let talker: Talker | undefined;

  /** Somebody whom an answer is being read to, and whose ears know how loud it is here. */
  async function answered(locale: 'en' | 'zh'): Promise<{ talker: Talker; session: string }> {
    talker?.close();
    const { session } = await site.operator.post('/v1/sessions', { channel: 'voice', locale, thing: 'car-1' });
    talker = await openTalker(site.edge().url, session, { authorization: `Bearer ${site.edge().token}` });
    talker.ask({ ask: 'speak', what: 'all' });
    talker.ask({ ask: 'listen', mode: 'open' });
    await talker.came('listening');
    await site.operator.post(`/v1/sessions/${session}/turns`, {
      text: locale === 'en' ? 'What does P0301 mean?' : 'P0301 是什么意思？',
    });
    await talker.came('speaking', 60_000);
    await talker.give(silence(1), ears);
    return { talker, session };
  }
  /** Says it and is silent until it is decided what it was; the silence comes slower than it lasts, for a recognizer that is slower than sound. */
  async function says(talker: Talker, name: string): Promise<string[]> {
    await talker.give(joined(sound(name), silence(0.1)), ears);
    const came = () => talker.events.map(({ event }) => event).filter((event) => ['paused', 'resumed', 'interrupted'].includes(event));
    await until(
      'a decision',
      async () => {
        if (came().some((event) => event !== 'paused')) return true;
        await talker.speak(silence(0.04), 0.2);
        return false;
      },
      120_000,
    );
    return came();
  }

  beforeAll(async () => {
    ears = realEars();
    site = await createSite({ hub: false, ears, synthesizer: unhurried });
    car = await misfiringCar(site);
    ears.warm();
    // No more than that: the first "uh-huh" in each language is one to a recognizer that is still being loaded.
    await until('the ears', () => ears.state().state === 'ready', 60_000);
  }, 240_000);
  afterAll(async () => {
    talker?.close();
    await car?.stop();
    await site?.close();
  });

  const each = it.each([
    ['en', 'uh-huh-okay'],
    ['zh', 'en-haode'],
    ['zh', 'zhidaole'],
  ] as const);
  each('a sign of listening holds the answer for a moment and lets it go on (%s, %s)', async (locale, name) => {
    if (locale === 'zh' && noChinese) return;
    const { talker, session } = await answered(locale);
    expect(await says(talker, name)).toEqual(['paused', 'resumed']);
    expect((await site.operator.get(`/v1/sessions/${session}`)).turns).toHaveLength(2);
  });

  it.each([
    ['en', 'stop'],
    ['zh', 'budui'],
    ['zh', 'ting'],
    ['zh', 'tingxia'],
    ['zh', 'bieshuole'],
  ] as const)('a word that wants the floor ends it, however short it is (%s, %s)', async (locale, name) => {
    if (locale === 'zh' && noChinese) return;
    const { talker, session } = await answered(locale);
    expect(await says(talker, name)).toEqual(['paused', 'interrupted']);
    const listening = () => talker.events.filter(({ event }) => event === 'listening').length;
    const heard = () => talker.events.some(({ event }) => event === 'heard');
    // What only silences is followed by listening, what says more by an answer to it.
    await until(
      'what follows',
      async () => {
        if (heard() || listening() > 1) return true;
        await talker.speak(silence(0.04), 0.2);
        return false;
      },
      120_000,
    );
    expect(heard()).toBe(name === 'budui');
    if (name !== 'budui') expect((await site.operator.get(`/v1/sessions/${session}`)).turns).toHaveLength(2);
  });
});

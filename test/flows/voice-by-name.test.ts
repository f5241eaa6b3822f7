import type { Ears, Synthesizer } from '@wayside/models';
import type { Run } from '@wayside/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { misfiringCar } from '../browser/live-thing.ts';
import { joined, noChinese, noVoice, realEars, realMouth, silence, wavOf16k } from '../support/real-voice.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { openTalker, type Talker } from '../support/talker.ts';

const sound = (name: string) => wavOf16k(new URL(`../../models/src/speech/sounds/${name}.wav`, import.meta.url));

describe.skipIf(noVoice)('called by its name, with real ears and a real mouth', { timeout: 240_000 }, () => {
  let ears: Ears;
  let mouth: Synthesizer;
  let site: Site;
  let car: Run;
  let talker: Talker | undefined;

  async function waits(locale: 'en' | 'zh'): Promise<{ talker: Talker; session: string }> {
    talker?.close();
    const { session } = await site.operator.post('/v1/sessions', { channel: 'voice', locale, thing: 'car-1' });
    talker = await openTalker(site.edge().url, session, { authorization: `Bearer ${site.edge().token}` });
    talker.ask({ ask: 'listen', mode: 'wake' });
    await talker.came('listening');
    return { talker, session };
  }
  const turnsOf = async (session: string) => (await site.operator.get(`/v1/sessions/${session}`)).turns;

  beforeAll(async () => {
    [ears, mouth] = [realEars(), realMouth()];
    site = await createSite({ hub: false, ears, synthesizer: mouth });
    car = await misfiringCar(site);
    ears.warm();
    await until('the ears', () => ears.state().state === 'ready', 60_000);
  }, 120_000);
  afterAll(async () => {
    talker?.close();
    await car?.stop();
    await site?.close();
  });

  it('it listens, takes down what follows and not its name, answers aloud, and waits for its name again', async () => {
    const { talker, session } = await waits('en');
    await talker.speak(joined(silence(0.5), sound('hey-wayside'), sound('whats-the-temperature'), silence(1.5)));
    expect((await talker.came('woke', 60_000)).word).toBe('hey wayside');
    const { text } = await talker.came('heard', 60_000);
    expect(text).toMatch(/temperature/i);
    expect(text).not.toMatch(/way/i);
    await talker.came('spoken', 60_000);
    expect((await turnsOf(session)).map(({ by }: any) => by)).toEqual(['operator', 'agent']);
    expect(talker.sound().samples.length).toBeGreaterThan(talker.sound().rate);
    const before = talker.events.length;
    await talker.speak(joined(silence(0.5), sound('lock-the-front-door'), silence(1.5)));
    expect(talker.events.slice(before).map(({ event }) => event)).not.toContain('heard');
  });

  it.skipIf(noChinese)('小路小路: a question in Chinese is heard, and answered aloud in Chinese from the car’s state', async () => {
    const { talker, session } = await waits('zh');
    await talker.speak(joined(silence(0.5), sound('xiaolu-xiaolu'), sound('dianping-dianya'), silence(1.5)));
    expect((await talker.came('woke', 60_000)).word).toBe('小路小路');
    expect((await talker.came('heard', 60_000)).text).toMatch(/^电瓶电压多少/);
    await talker.came('spoken', 90_000);
    const [, answer] = await turnsOf(session);
    expect(answer.text).toMatch(/电压.*\d/);
    expect(talker.sound().samples.length).toBeGreaterThan(talker.sound().rate);
  });
});

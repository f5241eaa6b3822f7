import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Synthesizer } from '@wayside/models';
import type { Run } from '@wayside/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { listenerAt } from '../support/browser-sound.ts';
import { joined, noChinese, noVoice, realEars, realMouth, silence, spoken, warmUp, wavOf16k } from '../support/real-voice.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { wavOf } from '../support/wav.ts';
import { misfiringCar } from './live-thing.ts';

const recorded = (name: string) => wavOf16k(new URL(`../../models/src/speech/sounds/${name}.wav`, import.meta.url));

/** From the browser's own microphone to the answer from its loudspeaker: nothing in between is ours to help it along. */
describe.skipIf(noVoice)('who speaks into the microphone of a browser', () => {
  let folder: string;
  let mouth: Synthesizer;
  let site: Site;
  let car: Run;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-microphone-'));
    const real = realEars();
    mouth = realMouth();
    site = await createSite({ hub: false, ears: real, synthesizer: mouth });
    car = await misfiringCar(site);
    await warmUp(real, await spoken(mouth, 'Can I drive on?'));
    if (!noChinese) await warmUp(real, recorded('dianping-dianya'), 'zh');
  }, 180_000);
  afterAll(async () => {
    await car?.stop();
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    {
      locale: 'en-GB',
      says: () => spoken(mouth, 'Can I drive on?'),
      words: { talk: 'Talk', listening: 'I am listening', you: 'You', heard: /drive on/i, answered: /gently/ },
    },
    {
      locale: 'zh-CN',
      says: async () => recorded('dianping-dianya'),
      words: { talk: '说话', listening: '我在听', you: '您', heard: /电瓶/, answered: /电压.*\d/ },
    },
  ])('in $locale reads what was heard, reads the answer and hears it', { timeout: 300_000 }, async ({ locale, says, words }) => {
    if (locale === 'zh-CN' && noChinese) return;
    const file = join(folder, `${locale}.wav`);
    // The file begins when the page opens the microphone, which is before it listens; on a busy machine by seconds, in which nobody speaks yet. It begins
    // anew after a pause: Chromium's fake microphone goes by the wall's clock, and what a busy machine fetches late of one saying is in the next.
    await writeFile(file, wavOf(joined(silence(5), await says(), silence(10)), 16_000));
    const browser = await launchBrowser({ microphone: file });
    try {
      const { page, complaints } = await openPage(browser, 'about:blank', { size: 'kiosk', locale });
      const { heard } = await listenerAt(page);
      await page.addInitScript(() => {
        const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        const streams: MediaStream[] = [];
        navigator.mediaDevices.getUserMedia = async (wanted) => {
          const stream = await open(wanted);
          streams.push(stream);
          return stream;
        };
        const hush = () => {
          for (const track of streams.flatMap((stream) => stream.getTracks())) track.enabled = false;
        };
        Object.assign(window, { hush });
      });
      await page.goto(site.edge().panelLink());
      await page.getByRole('button', { name: words.talk, exact: true }).click();
      await page.getByRole('status').getByText(words.listening).waitFor();
      const wasHeard = page.getByRole('article', { name: words.you }).getByText(words.heard);
      const quiet = page.getByRole('button', { name: words.talk, exact: true, pressed: false });
      await until(
        'what was said in writing',
        async () => {
          if ((await wasHeard.count()) > 0) return true;
          if ((await quiet.count()) > 0) await quiet.click();
          return false;
        },
        180_000,
      );
      // Who was heard says it no more: said again it would cut the answer short.
      await page.evaluate('hush()');
      const before = (await heard()).samples.length;
      await page.getByRole('article', { name: 'Wayside' }).getByText(words.answered).first().waitFor({ timeout: 120_000 });
      await until(
        'a second of the answer from the loudspeaker',
        async () => {
          const { samples, rate } = await heard();
          return rate > 0 && samples.length > before + rate && samples.subarray(before).some((value) => Math.abs(value) > 1_000);
        },
        120_000,
      );
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

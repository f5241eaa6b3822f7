import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ears, Synthesizer } from '@wayside/models';
import type { Run } from '@wayside/simulators';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { heardBy16k, joined, noVoice, realEars, realMouth, silence, spoken, writtenDown } from '../support/real-voice.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { wavOf } from '../support/wav.ts';
import { misfiringCar } from './live-thing.ts';

const words = (text: string): string[] => text.toLowerCase().match(/[a-z]+/g) ?? [];

describe.skipIf(noVoice)('a driver talks to the panel in a browser, with real ears and a real mouth', () => {
  let folder: string;
  let ears: Ears;
  let mouth: Synthesizer;
  let site: Site;
  let car: Run;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-voice-'));
    [ears, mouth] = [realEars(), realMouth()];
    ears.warm();
    const question = joined(silence(1.5), await spoken(mouth, 'Can I drive on?'), silence(60));
    await writeFile(join(folder, 'question.wav'), wavOf(question, 16_000));
    site = await createSite({ hub: false, ears, synthesizer: mouth });
    [browser, car] = await Promise.all([launchBrowser({ microphone: join(folder, 'question.wav') }), misfiringCar(site)]);
    await until('the ears', () => ears.state().state === 'ready', 60_000);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await car?.stop();
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('the microphone’s question is on the screen, and the loudspeaker says the answer that stands there', {
    timeout: 150_000,
  }, async () => {
    const { page, complaints } = await openPage(browser, site.edge().panelLink(), { size: 'kiosk' });
    await page.evaluate(() => {
      const heard: { rate: number; samples: number[] }[] = [];
      Object.assign(window, { heard });
      const { start } = AudioBufferSourceNode.prototype;
      AudioBufferSourceNode.prototype.start = function (...when) {
        if (this.buffer) heard.push({ rate: this.buffer.sampleRate, samples: [...this.buffer.getChannelData(0)] });
        start.apply(this, when);
      };
    });
    await page.getByRole('button', { name: 'Talk', exact: true }).click();
    await page
      .getByRole('article', { name: 'You' })
      .getByText(/drive on/i)
      .waitFor({ timeout: 60_000 });
    await page.getByRole('status').getByText('Speaking').waitFor({ timeout: 60_000 });
    await shot(page, 'voice-real-kiosk-en');
    await page.getByRole('status').getByText('I am listening').waitFor({ timeout: 90_000 });
    const heard = (await page.evaluate('heard')) as { rate: number; samples: number[] }[];
    const answer = await page.getByRole('article', { name: 'Wayside' }).first().textContent();
    const samples = Int16Array.from(
      heard.flatMap((piece) => piece.samples),
      (x) => x * 32_767,
    );
    const said = words(await writtenDown(heardBy16k({ samples, rate: heard[0]!.rate })));
    const { turns } = await site.operator.get(`/v1/sessions/${await sessionOf(page)}`);
    const text = turns.find(({ by }: any) => by === 'agent').text as string;
    expect(answer).toContain(text.split('. ')[0]);
    const wanted = [...new Set(words(text))].filter((word) => word.length > 3);
    expect(wanted.filter((word) => said.includes(word)).length / wanted.length).toBeGreaterThan(0.7);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

async function sessionOf(page: { evaluate(script: string): Promise<unknown> }): Promise<string> {
  const kept = await page.evaluate(`Object.values(localStorage).find((value) => value.includes('"session"'))`);
  return JSON.parse(String(kept)).session;
}

import type { Heard, Synthesizer } from '@wayside/models';
import type { Run } from '@wayside/simulators';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { personAt } from '../support/browser-sound.ts';
import { heardBy16k, noVoice, realEars, realMouth, silence, spoken, unhurried, warmUp, writtenDown } from '../support/real-voice.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { watchEars } from '../support/watched-ears.ts';
import { misfiringCar } from './live-thing.ts';

/** How much of a text is among what was heard, by its words of four letters and more. */
function shareOf(text: string, heard: string): number {
  const words = (of: string) => [...new Set(of.toLowerCase().match(/[a-z]{4,}/g) ?? [])];
  return words(text).filter((word) => words(heard).includes(word)).length / words(text).length;
}

describe.skipIf(noVoice)('a driver talks to the panel in a browser, with real ears and a real mouth', () => {
  let ears: ReturnType<typeof watchEars>;
  let mouth: Synthesizer;
  let site: Site;
  let car: Run;
  let browser: Browser;

  beforeAll(async () => {
    const real = realEars();
    [ears, mouth] = [watchEars(real), realMouth()];
    site = await createSite({ hub: false, ears: ears.ears, synthesizer: unhurried(mouth) });
    [browser, car] = await Promise.all([launchBrowser({ microphone: true }), misfiringCar(site)]);
    await warmUp(real, await spoken(mouth, 'Can I drive on?'));
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await car?.stop();
    await site?.close();
  });

  it('asks, hums along, speaks over the answer: it stops, what was not said is known and shown, and the new question is answered', {
    timeout: 240_000,
  }, async () => {
    const { page, complaints } = await openPage(browser, 'about:blank', { size: 'kiosk' });
    const person = await personAt(page);
    await page.goto(site.edge().panelLink());
    const says = async (text: string) => person.say(await spoken(mouth, text));
    /** Something is heard from now on. */
    const hears = (kind: Heard['kind'], from = ears.heard.length) =>
      until(kind, () => ears.heard.slice(from).find((one) => one.kind === kind) as { atMs: number }, 60_000);
    const [you, status] = [page.getByRole('article', { name: 'You' }), page.getByRole('status')];

    await page.getByRole('button', { name: 'Talk', exact: true }).click();
    await status.getByText('I am listening').waitFor();
    await says('Can I drive on?');
    await you.getByText(/drive on/i).waitFor({ timeout: 60_000 });
    await person.rest();
    await status.getByText('Speaking').waitFor({ timeout: 60_000 });
    await person.say(silence(0.1));
    await until('our own voice to be known here', () => ears.ownMs() > 600, 30_000);

    const hummed = hears('back-channel');
    await says('Okay.');
    await hummed;
    await person.rest();
    const sofar = (await person.heard()).samples.length;
    await until('the answer to go on', async () => (await person.heard()).samples.length > sofar + 2_000, 30_000);
    expect((await person.heard()).silenced).toBe(false);

    const [suspected, before] = [hears('speech-likely'), ears.atMs()];
    await says('Why did the warning light come on?');
    const { atMs } = await suspected;
    const voiceMs = ears.voiceMs(before, atMs);
    await you.getByText(/warning light/i).waitFor({ timeout: 60_000 });
    await person.rest();
    const { samples, rate, lateMs } = await person.heard();
    // From the person's first sound to the last of ours, in samples of the microphone and of the loudspeaker.
    expect(voiceMs + lateMs, `held after ${voiceMs} ms of voice, silent ${lateMs} ms later`).toBeLessThanOrEqual(200);
    await page.getByText('You spoke: the rest was not said aloud.').waitFor();
    await page.getByText('You spoke: the rest').scrollIntoViewIfNeeded();
    await shot(page, 'voice-interrupted-kiosk-en');

    const turns = await until(
      'the second answer',
      async () => {
        const { turns } = await site.operator.get(`/v1/sessions/${await sessionOf(page)}`);
        return turns.length > 3 && turns;
      },
      30_000,
    );
    expect(turns.map(({ by }: any) => by)).toEqual(['operator', 'agent', 'operator', 'agent']);
    expect(turns[3].text).toContain('Misfire in cylinder 1');
    const { unsaid } = turns[2].voice.cut;
    const said = turns[1].text.slice(0, -unsaid.length);
    const aloud = await writtenDown(heardBy16k({ samples, rate }));
    expect(shareOf(said, aloud)).toBeGreaterThan(0.6);
    expect(shareOf(unsaid, aloud)).toBeLessThan(0.3);
    await until('the second answer aloud', async () => (await person.heard()).samples.length > samples.length, 60_000);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

async function sessionOf(page: { evaluate(script: string): Promise<unknown> }): Promise<string> {
  const kept = await page.evaluate(`Object.values(localStorage).find((value) => value.includes('"session"'))`);
  return JSON.parse(String(kept)).session;
}

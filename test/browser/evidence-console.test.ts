import type { Run } from '@wayside/simulators';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { liveThing } from './live-thing.ts';
import { signedIn } from './signed-in.ts';

const hour = 3_600_000;

/** A pump whose bearing began to wear three hours ago: no limit is passed, the detector knows only what is usual. The person is asked and hands over. */
describe('what a verdict rests on, at the console', () => {
  let site: Site;
  let pump: Run;
  let browser: Browser;
  let desk: Page;
  let handoff: any;

  beforeAll(async () => {
    [site, browser] = await Promise.all([createSite(), launchBrowser()]);
    pump = await liveThing(site, 'industrial-pump/bearing-wear-early', 'bearing-wear', 19 * hour);
    const { page: panel } = await openPage(browser, site.edge().panelLink(), { size: 'kiosk' });
    const say = async (text: string) => {
      await panel.getByRole('textbox', { name: 'Message' }).fill(text);
      await panel.keyboard.press('Enter');
    };
    await say('What is wrong with it?');
    await panel
      .getByText(/rumble/i)
      .first()
      .waitFor();
    await say('Yes');
    await say('I want to talk to a person');
    const list = await until<any>('the case', async () => {
      const { cases } = await site.technician.get('/v1/cases');
      return cases.length > 0 && cases;
    });
    ({ handoff } = await site.technician.get(`/v1/cases/${list[0].id}`));
    desk = await signedIn(browser, site);
    await desk.goto(`${site.hubUrl}/#/cases/${list[0].id}`);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await pump?.stop();
    await site?.close();
  });

  it('is drawn as a picture of the causes, with the answer that was given and what would change it', async () => {
    const causes = desk.getByRole('region', { name: 'Likely causes' });
    await causes.getByRole('img', { name: /^The causes and what speaks for them\./ }).waitFor();
    const asked = causes.locator('section', { hasText: 'Asked of the person' });
    expect(await asked.locator('li').first().textContent()).toMatch(/rumble[\s\S]*yes$/i);
    expect(await causes.locator('section', { hasText: 'What would change the verdict' }).locator('li').count()).toBeGreaterThan(0);
    await shot(desk, 'evidence-console');
  });

  it('is the signal with the band that was expected and the moment it left it', async () => {
    const [evidence] = handoff.faults[0].evidence.filter((one: any) => one.signal === 'bearing_impacts');
    expect(evidence.high).toBeGreaterThan(evidence.low);
    await desk
      .getByRole('region', { name: 'Likely causes' })
      .getByRole('button', { name: /Impacts/i })
      .first()
      .click();
    const chart = desk.locator('[data-signal="bearing_impacts"]');
    await chart.locator('canvas').waitFor();
    await desk
      .getByRole('listitem')
      .filter({ hasText: /^fault \d/ })
      .first()
      .waitFor();
    await shot(desk, 'evidence-console-chart');
    // The colour of the band is somewhere in the picture: where it was not drawn, only the line and its marks are.
    const soft = await desk.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent-soft').trim());
    const painted = await chart.locator('canvas').evaluate((canvas: HTMLCanvasElement, color: string) => {
      const probe = new OffscreenCanvas(1, 1).getContext('2d')!;
      probe.fillStyle = color;
      probe.fillRect(0, 0, 1, 1);
      const wanted = probe.getImageData(0, 0, 1, 1).data;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) if ([0, 1, 2, 3].every((k) => Math.abs(data[i + k]! - wanted[k]!) <= 2)) count++;
      return count;
    }, soft);
    expect(painted).toBeGreaterThan(500);
  });
});

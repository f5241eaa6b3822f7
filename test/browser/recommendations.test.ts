import { scenario } from '@wayside/packs';
import { type Run, runScenario } from '@wayside/simulators';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

/** A car that stands, is well, and whose brake pads are two thirds worn. */
const standing = scenario.parse({
  id: 'standing',
  title: { en: 'Standing', zh: '停放' },
  family: 'vehicle',
  thing: { id: 'car-1', title: 'Family car' },
  seed: 3,
  every: '500ms',
  duration: '30m',
  base: {
    signals: {
      'Vehicle.Speed': { value: 0 },
      'Vehicle.TraveledDistance': { value: 64_210_000 },
      'Vehicle.Chassis.Axle.Row1.Wheel.Left.Brake.PadWear': { value: 70 },
    },
  },
  expect: { fault: null },
});

describe('what is worth doing, on the screen', () => {
  let site: Site;
  let car: Run;
  let browser: Browser;
  let kiosk: Page;

  beforeAll(async () => {
    site = await createSite();
    browser = await launchBrowser();
    const { mqttPort, mqtt } = site.edge();
    car = runScenario({ scenario: standing, actions: [], url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt });
    await car.start();
    await until('a recommendation', async () => (await site.operator.get('/v1/recommendations')).recommendations.length === 1, 20_000);
    ({ page: kiosk } = await openPage(browser, site.edge().panelLink(), { size: 'kiosk' }));
  });
  afterAll(async () => {
    await browser?.close();
    await car?.stop();
    await site?.close();
  });

  it('says why in one line, and opens with what to do, its source and three answers', async () => {
    const card = kiosk.getByRole('region', { name: /Worth doing: Plan new front brake pads/ });
    await card.getByText('The front left pad is worn to 70%, after 64,210 km.').waitFor();
    await shot(kiosk, 'recommendation-kiosk-en');
    expect(await barriers(kiosk)).toEqual([]);
    await card.getByRole('button', { name: /Plan new front brake pads/ }).click();
    await card.getByRole('button', { name: 'Remind me later' }).waitFor();
    await shot(kiosk, 'recommendation-open-kiosk-en');
    expect(await barriers(kiosk)).toEqual([]);
  });

  it('is the same in Chinese on a phone', async () => {
    const { page } = await openPage(browser, site.edge().panelLink(), { size: 'phone', locale: 'zh-CN', dark: true });
    await page.getByRole('button', { name: /安排更换前刹车片/ }).click();
    await page.getByRole('button', { name: '不感兴趣' }).waitFor();
    await shot(page, 'recommendation-phone-zh');
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });

  it('shows the article when somebody will do it, can be taken back, and is counted in the console', async () => {
    await kiosk.getByRole('button', { name: 'I will do it' }).click();
    await kiosk.getByRole('dialog').waitFor();
    await kiosk.keyboard.press('Escape');
    await kiosk.getByText('Noted as done.').waitFor();
    const page = await signedIn(browser, site);
    await page.goto(`${site.hubUrl}/#/insight`);
    await page.getByRole('row', { name: /Plan new front brake pads.*1 \(100%\)/ }).waitFor();
    await shot(page, 'recommendation-insight-console-en');
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
    await kiosk.getByRole('button', { name: 'Take it back' }).click();
    await kiosk.getByRole('button', { name: 'Not interested' }).click();
    await kiosk.getByText('You will not see this again for a while.').waitFor();
  });

  it('is not there while something is dangerous', async () => {
    await kiosk.getByRole('button', { name: 'Take it back' }).click();
    await kiosk.getByRole('button', { name: /Plan new front brake pads/ }).waitFor();
    const both = (en: string, zh: string) => ({ en, zh });
    await site.technician.post('/v1/issues', {
      issue: 'recall-1',
      family: 'vehicle',
      severity: 'danger',
      safety: 'stop',
      title: both('A wheel can come loose', '车轮可能松脱'),
      text: both('Do not drive.', '请勿驾驶。'),
    });
    await kiosk.getByText('Do not drive.').waitFor();
    await kiosk.getByRole('button', { name: /Plan new front brake pads/ }).waitFor({ state: 'detached' });
  });
});

import type { Run } from '@wayside/simulators';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, sizes } from '../support/browser.ts';
import { createSite, type Site } from '../support/site.ts';
import { misfiringCar } from './live-thing.ts';

describe('the panel under the hand', () => {
  let site: Site;
  let car: Run;
  let browser: Browser;

  const open = async (options: Parameters<typeof openPage>[2] = {}) =>
    (await openPage(browser, site.edge().panelLink(), { size: 'kiosk', ...options })).page;
  const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  beforeAll(async () => {
    site = await createSite();
    [browser, car] = await Promise.all([launchBrowser(), misfiringCar(site)]);
  });
  afterAll(async () => {
    await browser?.close();
    await car?.stop();
    await site?.close();
  });

  it('the appearance goes round device, light, dark, and is remembered', async () => {
    const page = await open();
    const light = await ground(page);
    await page.getByRole('button', { name: 'Appearance: as the device' }).click();
    expect(await ground(page)).toBe(light);
    await page.getByRole('button', { name: 'Appearance: light' }).click();
    await page.getByRole('button', { name: 'Appearance: dark' }).waitFor();
    const dark = await ground(page);
    expect(dark).not.toBe(light);
    await page.reload();
    await page.getByRole('button', { name: 'Appearance: dark' }).waitFor();
    expect(await ground(page)).toBe(dark);
    await page.context().close();
  });

  it('the language changes at once, for the screen and for what is answered next', async () => {
    const page = await open();
    await page.getByRole('button', { name: '切换到中文' }).click();
    await page.getByRole('button', { name: '找真人帮忙' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    await page.getByRole('textbox').fill('故障灯为什么亮了？');
    await page.keyboard.press('Enter');
    await page
      .getByRole('article', { name: 'Wayside' })
      .getByText(/第 1 缸失火/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'EN, switch to English' }).click();
    await page.getByRole('button', { name: 'Talk to a person' }).waitFor();
    await page.context().close();
  });

  it('a keyboard alone asks, is answered, and brings a person', async () => {
    const page = await open();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent);
    const tabTo = async (name: string) => {
      for (let i = 0; i < 40; i++) {
        if ((await focused()) === name) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab never came to “${name}”; it stands on “${await focused()}”.`);
    };
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    await tabTo('Message');
    await page.keyboard.type('Why did the warning light come on?');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Wayside' }).waitFor();
    await tabTo('Talk to a person');
    await page.keyboard.press('Enter');
    await page
      .getByRole('status', { name: 'Your request to a person' })
      .getByText(/Saved here|At the hub/)
      .first()
      .waitFor();
    await page.context().close();
  });

  it('a browser in the C locale shows the panel and its charts', async () => {
    // Without a locale of its own a context takes the process's; `en-US@posix` is no language tag, and Intl throws at it.
    const context = await browser.newContext({ viewport: sizes.kiosk });
    await context.addInitScript(() => Object.defineProperty(navigator, 'language', { value: 'en-US@posix', configurable: true }));
    const page = await context.newPage();
    await page.goto(site.edge().panelLink());
    await page.getByText('Go gently').first().waitFor({ timeout: 10_000 });
    await page.getByRole('complementary').getByRole('button', { name: 'Speed' }).click();
    await page.getByRole('dialog', { name: 'Speed' }).locator('canvas').waitFor({ timeout: 10_000 });
    await context.close();
  });
});

import type { Run } from '@wayside/simulators';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, shot, sizes } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { misfiringCar } from './live-thing.ts';
import { signedIn } from './signed-in.ts';

/** How many pixels of a page lie beyond its right edge; a pixel is rounding. */
const beyond = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

type Size = keyof typeof sizes;
const looks = (Object.keys(sizes) as Size[]).flatMap((size) => [[size, 'en'] as const, [size, 'zh'] as const]);
/** Chinese is looked at in the dark, English in the light. */
const lookOf = (size: Size, language: 'en' | 'zh') => ({ size, locale: language === 'zh' ? 'zh-CN' : 'en-GB', dark: language === 'zh' });

describe('on every screen, in both languages, nothing hangs over the edge and no barrier stands', () => {
  let site: Site;
  let car: Run;
  let browser: Browser;
  let caseId: string;

  beforeAll(async () => {
    site = await createSite();
    [browser, car] = await Promise.all([launchBrowser(), misfiringCar(site)]);
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'car-1' });
    await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'Why did the warning light come on?' });
    await site.operator.post(`/v1/sessions/${session}/handoff`);
    ({ id: caseId } = await until('a case', async () => (await site.technician.get('/v1/cases')).cases[0]));
  });
  afterAll(async () => {
    await browser?.close();
    await car?.stop();
    await site?.close();
  });

  /** Opens what the panel shows beside the conversation, one after the other, where it all is on one screen. */
  async function openAround(page: Page, zh: boolean): Promise<void> {
    await page.keyboard.press('Escape');
    await page
      .getByRole('region', { name: zh ? '能继续吗？' : 'Is it safe to go on?' })
      .getByRole('button')
      .click();
    await page.getByRole('dialog').waitFor();
    expect(await barriers(page), 'fault').toEqual([]);
    await page
      .getByRole('complementary')
      .getByRole('button', { name: zh ? '车速' : 'Speed' })
      .click();
    await page.getByRole('dialog').locator('canvas').waitFor();
    expect(await barriers(page), 'signal').toEqual([]);
    await page.getByRole('banner').getByRole('button').first().click();
    await page.getByRole('dialog', { name: zh ? '系统状态' : 'State of the system' }).waitFor();
    expect(await barriers(page), 'state').toEqual([]);
  }

  it.each(looks)('the panel on a %s in %s', { timeout: 120_000 }, async (size, language) => {
    const zh = language === 'zh';
    const { page, complaints } = await openPage(browser, site.edge().panelLink(), lookOf(size, language));
    await page.getByRole('textbox').fill(zh ? '故障灯为什么亮了？' : 'Why did the warning light come on?');
    await page.keyboard.press('Enter');
    const code = page.getByRole('article', { name: 'Wayside' }).getByRole('button', { name: /P0301/ });
    await code.waitFor();
    await shot(page, `panel-${size}-${language}`);
    expect(await beyond(page)).toBeLessThanOrEqual(1);
    if (size !== 'desktop') expect(await barriers(page), 'conversation').toEqual([]);
    // The way to a person is whole on the screen, whatever else is.
    const person = await page.getByRole('button', { name: zh ? '找真人帮忙' : 'Talk to a person' }).boundingBox();
    expect(person).toMatchObject({ height: expect.any(Number) });
    expect((person?.y ?? 0) + (person?.height ?? 0)).toBeLessThanOrEqual(sizes[size].height);
    expect(person?.height).toBeGreaterThanOrEqual(64);

    await code.click();
    await page.getByRole('dialog', { name: 'P0301' }).waitFor();
    await shot(page, `panel-code-${size}-${language}`);
    expect(await beyond(page)).toBeLessThanOrEqual(1);
    if (size === 'kiosk') await openAround(page, zh);
    if (size === 'phone') {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: zh ? /小心使用/ : /Go gently/ }).click();
      await page.getByRole('dialog').waitFor();
      expect(await barriers(page), 'overview').toEqual([]);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(looks)('the console on a %s in %s', { timeout: 120_000 }, async (size, language) => {
    const page = await signedIn(browser, site, lookOf(size, language));
    const pages = [
      ['queue', '', page.getByRole('link', { name: language === 'zh' ? /家用车/ : /Family car/ })],
      ['case', `cases/${caseId}`, page.getByRole('log')],
      ['articles', 'articles', page.getByRole('link', { name: /failed|misfires|失火/ }).first()],
      ['article', `articles/misfire/${language}`, page.getByRole('textbox', { name: 'Markdown' })],
      ['fleet', 'fleet', page.getByText('edge-test').first()],
      ['ledger', 'fleet/edge-test', page.getByText(language === 'zh' ? '的时间在线' : 'of the time', { exact: false })],
      ['breakdown', 'insight', page.getByRole('cell', { name: '1.0' }).first()],
      ['insight', 'insight', page.getByRole('heading', { name: language === 'zh' ? '洞察' : 'Insight' })],
    ] as const;
    for (const [name, place, shown] of pages) {
      if (place !== '') await page.goto(`${site.hubUrl}/#/${place}`);
      await shown.waitFor();
      await shot(page, `console-${name}-${size}-${language}`);
      expect(await beyond(page), name).toBeLessThanOrEqual(1);
      if (size === 'desktop') expect(await barriers(page), name).toEqual([]);
    }
    await page.context().close();
  });

  it.each([
    ['that a newer version replaced is shown by the newer version', 1],
    ['that does not come, as a hub behind a proxy dies, is asked for again', 3],
  ])('a page of the console %s', async (_, times) => {
    const page = await signedIn(browser, site);
    await page.route(/assets\/fleet-page-/, (route) => route.abort(), { times });
    await page.getByRole('link', { name: 'Fleet' }).click();
    await page.getByText('edge-test').first().waitFor();
    await page.context().close();
  });
});

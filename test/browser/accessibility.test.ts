import type { Run } from '@wayside/simulators';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { misfiringCar } from './live-thing.ts';
import { signedIn } from './signed-in.ts';

describe('no barrier stands', () => {
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
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await car?.stop();
    await site?.close();
  });

  describe.each([
    ['light', 'en-GB'],
    ['dark', 'zh-CN'],
  ])('in %s, %s', (scheme, locale) => {
    const look = { dark: scheme === 'dark', locale };
    const zh = locale === 'zh-CN';

    it('on the panel: conversation, fault, signal, state', { timeout: 40_000 }, async () => {
      const { page } = await openPage(browser, site.edge().panelLink(), { size: 'kiosk', ...look });
      await page.getByRole('textbox').fill(zh ? '故障灯为什么亮了？' : 'Why did the warning light come on?');
      await page.keyboard.press('Enter');
      await page.getByRole('article', { name: 'Wayside' }).waitFor();
      expect(await barriers(page)).toEqual([]);

      await page
        .getByRole('region', { name: zh ? '能继续吗？' : 'Is it safe to go on?' })
        .getByRole('button')
        .click();
      await page.getByRole('dialog').waitFor();
      expect(await barriers(page)).toEqual([]);

      await page
        .getByRole('complementary')
        .getByRole('button', { name: zh ? '车速' : 'Speed' })
        .click();
      await page.getByRole('dialog').locator('canvas').waitFor();
      expect(await barriers(page)).toEqual([]);

      await page.getByRole('banner').getByRole('button').first().click();
      await page.getByRole('dialog', { name: zh ? '系统状态' : 'State of the system' }).waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.context().close();
    });

    it('on a phone: conversation and overview', { timeout: 40_000 }, async () => {
      const { page } = await openPage(browser, site.edge().panelLink(), { size: 'phone', ...look });
      const line = page.getByRole('button', { name: zh ? /小心慢行/ : /Go gently/ });
      await line.waitFor();
      expect(await barriers(page)).toEqual([]);
      await line.click();
      await page.getByRole('dialog').waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.context().close();
    });

    it('in the console: queue, case, articles, editor', { timeout: 60_000 }, async () => {
      const page = await signedIn(browser, site, look);
      await page
        .getByRole('link', { name: /P0301|Misfire|失火/ })
        .first()
        .waitFor();
      expect(await barriers(page)).toEqual([]);

      await page.goto(`${site.hubUrl}/#/cases/${caseId}`);
      await page.locator('canvas').first().waitFor();
      expect(await barriers(page)).toEqual([]);

      await page.goto(`${site.hubUrl}/#/articles`);
      const article = page.getByRole('link', { name: zh ? /发动机失火/ : /The engine misfires/ });
      await article.waitFor();
      expect(await barriers(page)).toEqual([]);
      await article.click();
      await page.getByRole('textbox', { name: 'Markdown' }).waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.context().close();
    });
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { createSite, type Site } from '../support/site.ts';

const said = {
  en: {
    box: 'Message',
    send: 'Send',
    calm: 'Why did the warning light come on?',
    upset: 'This is ridiculous. Why is the light on?',
    danger: 'There is smoke coming from under the hood!',
    explains: 'When the code was set',
    acknowledged: /Fair enough|should not be happening|I see that/,
    now: /Stop at the side now/,
    called: 'I am getting a person at once',
  },
  zh: {
    box: '消息',
    send: '发送',
    calm: '警告灯为什么亮了？',
    upset: '什么破东西，警告灯为什么亮了？',
    danger: '引擎盖下面在冒烟！',
    explains: '出现故障码时',
    acknowledged: /添麻烦|明白|确实|直接说|长话短说|只说关键/,
    now: /立即|马上/,
    called: '我马上为您转人工',
  },
} as const;

/** The same driver, calm, upset, then in danger: what is said suits each. */
describe('the panel, by how somebody feels', () => {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    site = await createSite();
    await site.play('vehicle/misfire', { thing: 'car-1' });
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  const answered = async (page: Page, n: number, folds = true) => {
    const line = page.getByRole('article', { name: 'Wayside' }).nth(n);
    await line.waitFor();
    // What it rests on is folded; in danger there is none.
    if (folds) {
      await line.locator('summary').click();
      await line.locator('details p').waitFor();
    }
    return (await line.textContent()) ?? '';
  };

  it.each(['en', 'zh'] as const)(
    'answers calmly, is brief with who is upset, and in danger says what to do now: %s',
    { timeout: 120_000 },
    async (locale) => {
      const words = said[locale];
      const { page } = await openPage(browser, site.edge().panelLink(), { size: 'kiosk', locale: locale === 'zh' ? 'zh-CN' : 'en-GB' });
      const tell = async (text: string) => {
        await page.getByRole('textbox', { name: words.box }).fill(text);
        await page.getByRole('button', { name: words.send }).click();
      };
      await tell(words.calm);
      const calm = await answered(page, 0);
      expect(calm).toContain(words.explains);
      expect(calm).toContain('P0301');
      await shot(page, `tone-calm-${locale}`);

      await tell(words.upset);
      const upset = await answered(page, 1);
      expect(upset).toMatch(words.acknowledged);
      expect(upset).not.toContain(words.explains);
      expect(upset.length).toBeLessThan(calm.length);
      await shot(page, `tone-upset-${locale}`);

      await tell(words.danger);
      const danger = await answered(page, 2, false);
      expect(danger).toMatch(words.now);
      expect(danger).toContain(words.called);
      await shot(page, `tone-danger-${locale}`);
      await page.context().close();
    },
  );
});

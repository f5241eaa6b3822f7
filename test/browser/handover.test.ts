import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

const ten = {
  en: [
    'Who asks',
    'Which machine',
    'In their words',
    'Is it safe',
    'Since when',
    'It reports',
    'Likely cause',
    'Tried so far',
    'Still open',
    'What next',
  ],
  zh: ['谁在求助', '哪台设备', '本人描述', '是否安全', '何时开始', '设备报告', '可能原因', '已尝试', '还不清楚', '下一步'],
};

describe('a case on the screens', () => {
  let site: Site;
  let browser: Browser;
  let panel: Page;
  let id: string;
  beforeAll(async () => {
    site = await createSite();
    await site.play('vehicle/misfire', { thing: 'car-1' });
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('the panel names why a person takes over', { timeout: 90_000 }, async () => {
    panel = (await openPage(browser, site.edge().panelLink(), { size: 'kiosk' })).page;
    await panel.getByRole('textbox', { name: 'Message' }).fill('This is useless, I am furious! Why did the warning light come on?');
    await panel.getByRole('button', { name: 'Send' }).click();
    await panel
      .getByText(/drive gently/i)
      .first()
      .waitFor();
    await panel
      .getByText(/A person can help better here/)
      .first()
      .waitFor();
    await shot(panel, 'handover-panel-en');
    const { cases } = await until<any>('the case', async () => {
      const list = await site.technician.get('/v1/cases');
      return list.cases.length > 0 && list;
    });
    id = cases[0].id;
  });

  it.each(['en', 'zh'] as const)(
    'the first screen answers the ten questions without scrolling: %s',
    { timeout: 90_000 },
    async (locale) => {
      const console = await signedIn(browser, site, { locale: locale === 'zh' ? 'zh-CN' : 'en-GB' });
      await console.goto(`${site.hubUrl}/#/cases/${id}`);
      const brief = console.getByRole('region', { name: locale === 'zh' ? '最先要问的' : 'What one asks first' });
      await brief.waitFor();
      const terms = brief.locator('dt');
      expect(await terms.allInnerTexts()).toEqual(ten[locale]);
      for (const answer of await brief.locator('dd').allInnerTexts()) expect(answer.trim()).not.toBe('');
      for (const row of await brief.locator('dd').all()) {
        const box = await row.boundingBox();
        expect(box && box.y + box.height).toBeLessThanOrEqual(900);
      }
      await shot(console, `handover-case-${locale}`);
      await console.goto(`${site.hubUrl}/#/replay`);
      const policy = console.getByRole('textbox', { name: 'policy.yaml' });
      await policy.waitFor();
      const text = (await site.technician.get('/v1/policies')).policies.find((one: any) => one.family === 'vehicle').text as string;
      await console.getByRole('combobox', { name: locale === 'zh' ? '设备类别' : 'Family' }).click();
      await console.getByRole('option', { name: locale === 'zh' ? '汽车' : 'Car' }).click();
      await policy.fill(text.replace('turns: { atLeast: 8 }', 'turns: { atLeast: 1 }'));
      await console.getByRole('button', { name: locale === 'zh' ? '重放' : 'Replay', exact: true }).click();
      await console.getByText(locale === 'zh' ? /其中 1 次结果会不同/ : /1 would have gone differently/).waitFor();
      await console.getByText('long-talk').first().waitFor();
      await shot(console, `handover-replay-${locale}`);
      await console.close();
    },
  );

  it('once it is over the panel asks with one tap how it was, and never again', { timeout: 90_000 }, async () => {
    const rating = panel.getByRole('group', { name: 'Did that help?' });
    expect(await rating.count()).toBe(0);
    await site.technician.post(`/v1/cases/${id}/resolve`, { text: 'A new coil.', draft: false });
    await rating.waitFor();
    await shot(panel, 'rating-panel-en');
    expect(await barriers(panel)).toEqual([]);
    await rating.getByRole('button', { name: 'Not really' }).click();
    await panel.getByText('Thank you for telling us.').waitFor();
    await until('the desk knows', async () => (await site.technician.get('/v1/insight/help')).satisfaction.bad === 1);
    await panel.reload();
    await panel.getByText('Thank you for telling us.').waitFor();
    expect(await rating.count()).toBe(0);
    const { session } = await site.technician.get(`/v1/cases/${id}`);
    expect((await site.operator.raw(`/v1/sessions/${session}/rating`, { method: 'POST', body: '{"rating":"good"}' })).status).toBe(409);
  });
});

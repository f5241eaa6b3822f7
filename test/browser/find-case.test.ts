import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handoff, type Scenario, startScenario } from '../../cloud/hub/src/scenario.ts';
import { launchBrowser, shot } from '../support/browser.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

/** More than the queue shows at first. */
const count = 230;

describe('a case is found by its words, however long the queue', () => {
  let site: Scenario;
  let browser: Browser;
  beforeAll(async () => {
    [site, browser] = await Promise.all([startScenario(), launchBrowser()]);
    const edge = await site.edge('depot');
    const now = Date.now();
    for (let n = 1; n <= count; n++) await edge.tell('handoff', handoff(`c-${n}`, { at: now - (count - n) * 1_000 }));
    // The last in the queue, and one that is over.
    const both = { en: 'The narwhal hums', zh: '独角鲸在响' };
    await edge.tell('handoff', handoff('c-last', { at: now, summary: both, faults: [], person: { id: 'p', name: 'Ines Okafor' } }));
    await edge.tell('handoff', handoff('c-over', { person: { id: 'q', name: 'Ines Lund' } }));
    await site.as('POST', '/v1/cases/c-over/resolve', { text: 'A new walrus valve.', draft: false });
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await site?.end();
  });

  const rows = (page: Page, zh = false) => page.getByRole('list', { name: zh ? '工单' : 'Cases' }).getByRole('listitem');
  const overflows = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

  it('by typing, by keys alone, and it is still there on the way back', { timeout: 90_000 }, async () => {
    const page = await signedIn(browser, { hubUrl: site.url }, {}, site.firstAdmin);
    await rows(page).first().waitFor();
    expect(await rows(page).count()).toBe(200);
    await page.getByText('200 of 231 are shown.').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => rows(page).count()).toBe(231);

    let asked = 0;
    await page.route('**/v1/cases?*', async (route) => {
      if (route.request().url().includes('q=')) asked++;
      await new Promise((done) => setTimeout(done, 300));
      await route.continue();
    });
    await page.getByRole('heading', { name: 'Queue' }).click();
    await page.keyboard.press('/');
    await page.keyboard.type('narw', { delay: 20 });
    await page.getByLabel('Searching…').waitFor();
    expect(await rows(page).count(), 'what was there stays until there is something else').toBe(231);
    await expect.poll(() => rows(page).count()).toBe(1);
    expect(asked, 'not for every letter').toBeLessThan(3);
    await page.getByRole('status').getByText('1 case found').waitFor({ state: 'attached' });
    expect(await page.getByRole('button', { name: 'Waiting 1', exact: true }).count()).toBe(1);
    expect(await barriers(page)).toEqual([]);
    await shot(page, 'find-desktop-en');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('log').waitFor();
    await page.keyboard.press('u');
    await rows(page).first().waitFor();
    expect(await page.getByRole('searchbox', { name: 'Find a case' }).inputValue()).toBe('narw');
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    await expect.poll(() => rows(page).count()).toBe(200);
    await page.context().close();
  });

  it('says where it is instead, that there is none, and when the hub is away', { timeout: 90_000 }, async () => {
    const look = { size: 'phone', locale: 'zh-CN', dark: true } as const;
    const page = await signedIn(browser, { hubUrl: site.url }, look, site.firstAdmin);
    const field = page.getByRole('searchbox', { name: '查找工单' });
    await field.fill('walrus');
    await page.getByText('等待中的工单里没有包含这些词的').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await overflows(page)).toBeLessThanOrEqual(0);
    await shot(page, 'find-elsewhere-phone-zh');
    await page.getByRole('button', { name: '已解决：找到 1 个工单' }).click();
    await expect.poll(() => rows(page, true).count()).toBe(1);
    expect(await field.inputValue()).toBe('walrus');
    await shot(page, 'find-phone-zh');
    await field.fill('独角鲸');
    await page.getByRole('button', { name: '等待中：找到 1 个工单' }).click();
    await rows(page, true).getByText('独角鲸在响').first().waitFor();
    await page.route('**/v1/cases?*', (route) => route.abort());
    await field.fill('海象');
    await page.getByRole('main').getByRole('alert').waitFor();
    await shot(page, 'find-away-phone-zh');
    await page.unroute('**/v1/cases?*');
    await page.getByRole('main').getByRole('alert').getByRole('button').click();
    await page.getByText('等待中的工单里没有包含这些词的').waitFor();
    expect(await page.getByRole('main').getByRole('alert').count()).toBe(0);
    await page.getByRole('button', { name: '清除查找' }).click();
    await expect.poll(() => rows(page, true).count()).toBe(200);
    await page.context().close();
  });
});

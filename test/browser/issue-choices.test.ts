import { packsRoot } from '@wayside/packs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Scenario, startScenario } from '../../cloud/hub/src/scenario.ts';
import { launchBrowser, shot } from '../support/browser.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

/** What a known issue is about is found by its name, not typed as an id. */
let site: Scenario;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startScenario({ packsRoot }), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await site?.end();
});

it.each([
  ['en', 'Car', 'vehicle', /^(?!.*[\u4e00-\u9fff])/, 'misfire'],
  ['zh', '车', 'vehicle', /[\u4e00-\u9fff]/, '火花塞'],
] as const)(
  'its family and article are chosen by keyboard, by their titles in %s',
  { timeout: 60_000 },
  async (locale, car, family, its, words) => {
    const zh = locale === 'zh';
    const look = zh ? ({ locale: 'zh-CN', size: 'phone', dark: true } as const) : {};
    const page = await signedIn(browser, { hubUrl: site.url }, look, site.firstAdmin);
    await site.edge(`edge-${locale}`);
    await page.goto(`${site.url}/#/fleet`);
    await page.getByRole('button', { name: zh ? '发布已知问题' : 'Report a known issue' }).click();
    const dialog = page.getByRole('dialog');
    const article = dialog.getByRole('combobox', { name: zh ? /^文章/ : /^Article/ });
    expect(await article.isDisabled()).toBe(true);
    const choice = dialog.getByRole('combobox', { name: zh ? /^类别/ : /^Family/ });
    await choice.fill('spaceship');
    await page.getByText(zh ? '没有这样的类别。' : 'No family is named so.').waitFor();
    await choice.fill(car);
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await article.click();
    await page.getByRole('option').nth(12).waitFor();
    expect(await barriers(page), 'a list that is open, and longer than it shows').toEqual([]);
    await shot(page, `issue-articles-${locale}`);
    await article.fill('qqqq');
    await page.getByText(zh ? '没有包含这些词' : 'No published article of this family').waitFor();
    await article.fill(words);
    const found = page.getByRole('option').filter({ hasText: its }).first();
    await found.waitFor();
    const title = await found.textContent();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await article.inputValue()).toBe(title);
    await dialog.getByLabel(zh ? /^编号/ : /^Id/).fill(`coil-${locale}`);
    await dialog.getByLabel(zh ? '标题（英文）' : 'Title (English)').fill('Weak coil');
    await dialog.getByLabel(zh ? '标题（中文）' : 'Title (Chinese)').fill('点火线圈');
    await dialog.getByLabel(zh ? '该怎么做（英文）' : 'What to do (English)').fill('Drive gently.');
    await dialog.getByLabel(zh ? '该怎么做（中文）' : 'What to do (Chinese)').fill('请慢行。');
    await dialog.getByRole('combobox', { name: zh ? '能否继续使用' : 'Is it safe to go on?' }).click();
    await page.getByRole('option').nth(1).click();
    await shot(page, `issue-choices-${locale}`);
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: zh ? '告知所有边缘端' : 'Tell every edge' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { issues } = (await site.as<{ issues: { issue: string; family: string; article: string }[] }>('GET', '/v1/issues')).body;
    const told = issues.find(({ issue }) => issue === `coil-${locale}`);
    expect(told?.family).toBe(family);
    const { title: itsTitle } = (await site.as<{ title: string }>('GET', `/v1/articles/${told?.article}/${locale}`)).body;
    expect(itsTitle).toBe(title);
    await page.context().close();
  },
);

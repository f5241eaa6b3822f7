import { packsRoot } from '@wayside/packs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handoff, type Scenario, startScenario, thing } from '../../cloud/hub/src/scenario.ts';
import { launchBrowser, type PageOptions, shot } from '../support/browser.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

/** What is chosen at the desk and not typed: an article's family, the known issue a case belongs to, when it is to come back. */
let site: Scenario;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startScenario({ packsRoot }), launchBrowser()]);
  const edge = await site.edge('e1');
  await edge.tell('thing', thing());
  for (const id of ['c-en', 'c-zh', 'c-far']) await edge.tell('handoff', handoff(id));
  const both = (text: string) => ({ en: text, zh: `${text}（中文）` });
  const issue = { issue: 'coil', family: 'vehicle', title: both('Weak coil'), text: both('x'), severity: 'advice', safety: 'go-on' };
  expect((await site.as('POST', '/v1/issues', issue)).status).toBe(200);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await site?.end();
});

const ways: ['en' | 'zh', PageOptions][] = [
  ['en', {}],
  ['zh', { locale: 'zh-CN', size: 'phone', dark: true }],
];
const enter = (options: PageOptions) => signedIn(browser, { hubUrl: site.url }, options, site.firstAdmin);
const act = async (page: Page, more: string, name: string) => {
  await page.getByRole('button', { name: more, exact: true }).click();
  await page.getByRole('menuitem', { name }).click();
};

describe.each(ways)('in %s', (locale, options) => {
  const w = (en: string, zh: string) => (locale === 'zh' ? zh : en);

  it('the family of a new article is one that is known, by its title', { timeout: 60_000 }, async () => {
    const page = await enter(options);
    await page.goto(`${site.url}/#/articles/new`);
    const family = page.getByRole('combobox', { name: w('Family', '类别') });
    await family.fill(w('heating', '供暖'));
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await family.inputValue()).toBe(w('Home heating, cooling and ventilation', '家用供暖、制冷与通风'));
    await page.getByRole('textbox', { name: w('Title', '标题') }).fill(`Frost ${locale}`);
    await page
      .getByRole('textbox', { name: w('Text', '正文') })
      .first()
      .fill('It defrosts by itself.');
    await shot(page, `article-family-${locale}`);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: w('Create draft', '建立草稿') }).click();
    await page.waitForURL(/#\/articles\/(?!new)/);
    const { articles } = (await site.as<{ articles: { title: string; family: string }[] }>('GET', '/v1/articles?family=home-hvac')).body;
    expect(articles.find(({ title }) => title === `Frost ${locale}`)?.family).toBe('home-hvac');
    await page.context().close();
  });

  it('a case belongs to a known issue, and to none again', { timeout: 60_000 }, async () => {
    const page = await enter(options);
    await page.goto(`${site.url}/#/cases/c-${locale}`);
    const issue = w('Weak coil', 'Weak coil（中文）');
    await act(page, w('More', '更多操作'), w('Known issue', '已知问题'));
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('radio', { name: issue }).isChecked()).toBe(true);
    await shot(page, `issue-link-${locale}`);
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: w('Save', '保存') }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('banner').or(page.locator('header')).getByText(issue).waitFor();
    await shot(page, `issue-linked-${locale}`);
    expect((await site.as<{ issues: { cases: number }[] }>('GET', '/v1/issues')).body.issues[0]?.cases).toBeGreaterThan(0);
    await act(page, w('More', '更多操作'), w('Known issue', '已知问题'));
    await dialog.getByRole('radio', { name: w('None', '不属于任何问题') }).check();
    await dialog.getByRole('button', { name: w('Save', '保存') }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(async () => (await site.as<{ issue: string | null }>('GET', `/v1/cases/c-${locale}`)).body.issue).toBeNull();
    await page.context().close();
  });
});

it('a case that sleeps until the morning of one wakes by the clock of another, who sees which clock that is', {
  timeout: 60_000,
}, async () => {
  const berlin = await enter({ zone: 'Europe/Berlin' });
  await berlin.goto(`${site.url}/#/cases/c-far`);
  await act(berlin, 'More', 'Snooze');
  const dialog = berlin.getByRole('dialog');
  await dialog.getByText('by your clock (Europe/Berlin)').waitFor();
  await dialog.getByRole('radio', { name: /Tomorrow morning · .*08:00/ }).check();
  await shot(berlin, 'snooze-zone');
  await dialog.getByRole('button', { name: 'Snooze' }).click();
  const until = (page: Page) => page.locator('time', { hasText: /Snoozed until|搁置至/ });
  expect(await until(berlin).getAttribute('title')).toMatch(/08:00 (CET|CEST|GMT\+[12])$/);
  const shanghai = await enter({ zone: 'Asia/Shanghai' });
  await shanghai.goto(`${site.url}/#/cases/c-far`);
  expect(await until(shanghai).textContent()).toMatch(/1[45]:00/);
  expect(await until(shanghai).getAttribute('title')).toMatch(/1[45]:00 GMT\+8$/);
  expect(await until(shanghai).getAttribute('datetime')).toBe(await until(berlin).getAttribute('datetime'));
  for (const page of [berlin, shanghai]) await page.context().close();
});

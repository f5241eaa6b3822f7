import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handoff, type Scenario, startScenario, thing } from '../../cloud/hub/src/scenario.ts';
import { launchBrowser, shot } from '../support/browser.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

/** What was done too early is undone, and what cannot be says so first. */
let site: Scenario;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startScenario(), launchBrowser()]);
  const edge = await site.edge('e1');
  await edge.tell('thing', thing());
  for (const id of ['c1', 'c2', 'c3']) await edge.tell('handoff', handoff(id));
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await site?.end();
});

it.each([
  ['en', 'c1'],
  ['zh', 'c2'],
] as const)(
  'a case resolved too early is reopened, and an unsent reply is not forgotten over it, in %s',
  { timeout: 60_000 },
  async (locale, id) => {
    const zh = locale === 'zh';
    const w = (en: string, inZh: string) => (zh ? inZh : en);
    const page = await signedIn(browser, { hubUrl: site.url }, zh ? { locale: 'zh-CN', size: 'phone', dark: true } : {}, site.firstAdmin);
    await page.goto(`${site.url}/#/cases/${id}`);
    // A phone has no room to resolve what nobody has claimed yet.
    if (zh) await page.getByRole('button', { name: '接手', exact: true }).click();
    await page.getByRole('textbox', { name: w('Reply', '回复') }).fill('One more thing');
    await page.getByRole('button', { name: w('Resolve', '解决'), exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(w('The reply you are writing is not sent.', '回复还没有发送')).waitFor();
    await dialog.getByRole('textbox').fill('New plug');
    await shot(page, `resolve-unsent-${locale}`);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: w('Resolve case', '解决工单') }).click();
    await dialog.getByRole('button', { name: w('Close', '关闭') }).click();
    await page.getByRole('button', { name: w('Reopen', '重新打开') }).click();
    const reply = page.getByRole('textbox', { name: w('Reply', '回复') });
    await reply.waitFor();
    expect(await reply.inputValue()).toBe('One more thing');
    await shot(page, `reopened-${locale}`);
    await page.getByRole('button', { name: w('Send reply', '发送回复') }).click();
    await expect.poll(() => reply.inputValue()).toBe('');
    expect((await site.as<{ state: string }>('GET', `/v1/cases/${id}`)).body.state).toBe('claimed');
    await page.context().close();
  },
);

it('a case that is part of another is resolved there, not here', { timeout: 60_000 }, async () => {
  const page = await signedIn(browser, { hubUrl: site.url }, {}, site.firstAdmin);
  await page.goto(`${site.url}/#/cases/c3`);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Merge with another case' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click();
  await page.waitForURL(/cases\/c[12]$/);
  await page.goto(`${site.url}/#/cases/c3`);
  const split = page.getByRole('button', { name: 'Not the same: split it off' });
  await split.waitFor();
  expect(await page.getByRole('button', { name: 'Resolve', exact: true }).count()).toBe(0);
  await split.click();
  await page.getByRole('button', { name: 'Resolve', exact: true }).waitFor();
  await page.context().close();
});

it('a known issue is taken back everywhere only after a word of what that means', { timeout: 60_000 }, async () => {
  const both = (text: string) => ({ en: text, zh: text });
  const issue = { issue: 'coil', family: 'vehicle', title: both('Weak coil'), text: both('x'), severity: 'advice', safety: 'go-on' };
  expect((await site.as('POST', '/v1/issues', issue)).status).toBe(200);
  const page = await signedIn(browser, { hubUrl: site.url }, {}, site.firstAdmin);
  await page.goto(`${site.url}/#/fleet`);
  await page.getByRole('button', { name: 'Take back…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take back “Weak coil”?' });
  await dialog.waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Take back…' }).click();
  await dialog.getByRole('button', { name: 'Take back', exact: true }).click();
  await page.getByText('taken back', { exact: true }).waitFor();
  await page.context().close();
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

/** An admin says who is told of cases, sees what was not taken, and retires an edge. */
describe('who is told, and which edge is retired', () => {
  let site: Site;
  let browser: Browser;
  const refusing = createServer((_, response) => response.writeHead(500).end());

  beforeAll(async () => {
    await new Promise<void>((done) => refusing.listen(0, '127.0.0.1', done));
    [site, browser] = await Promise.all([createSite(), launchBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    refusing.close();
  });

  it.each([
    ['en-GB', false],
    ['zh-CN', true],
  ])('a webhook is added, its secret shown once, and what it did not take is seen: %s', { timeout: 120_000 }, async (locale, dark) => {
    const zh = locale === 'zh-CN';
    const page = await signedIn(browser, site, { locale, dark });
    await page.goto(`${site.hubUrl}/#/hooks`);
    await page.getByRole('button', { name: zh ? '添加通知…' : 'Add a notification…' }).click();
    const to = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/${locale}`;
    await page.getByRole('textbox', { name: zh ? '地址' : 'Address' }).fill(to);
    await page.getByRole('button', { name: zh ? '开始通知' : 'Start notifying' }).click();
    await page.getByText(/^whsec_/).waitFor();
    await shot(page, `hooks-add-${locale}`);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: zh ? '取消' : 'Cancel' }).click();

    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en' });
    const { case: id } = await site.operator.post(`/v1/sessions/${session}/handoff`);
    await until('the case', async () => (await site.technician.raw(`/v1/cases/${id}`)).ok);
    const row = page.getByRole('listitem').filter({ hasText: to });
    await row.getByRole('button', { name: zh ? '通知记录' : 'Delivery log' }).click();
    await until('the refusal on the screen', async () => {
      await page.reload();
      await row.getByRole('button', { name: zh ? '通知记录' : 'Delivery log' }).click();
      await row.getByRole('list').waitFor();
      return ((await row.textContent()) ?? '').includes('answered 500');
    });
    await shot(page, `hooks-${locale}`);
    expect(await barriers(page)).toEqual([]);
    await row.getByRole('button', { name: zh ? '移除' : 'Remove' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: zh ? '移除' : 'Remove', exact: true })
      .click();
    await row.waitFor({ state: 'detached' });
  });

  it('an edge is retired, after a word of what that means', { timeout: 120_000 }, async () => {
    const page = await signedIn(browser, site);
    await page.goto(`${site.hubUrl}/#/fleet`);
    await page.getByRole('button', { name: 'Retire…' }).click();
    await shot(page, 'fleet-retire-en');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Retire', exact: true }).click();
    await until('it is let in no more', async () => (await site.operator.get('/v1/status')).hub.state === 'offline');
    await page.getByText('Retired: nothing lets it in').waitFor();
    expect(await page.getByRole('button', { name: 'Retire…' }).count()).toBe(0);
    await shot(page, 'fleet-retired-en');
  });
});

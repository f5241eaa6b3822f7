import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCompany } from '../../cloud/hub/src/company-scenario.ts';
import { handoff, type Scenario, startScenario } from '../../cloud/hub/src/scenario.ts';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

const account = (name: string) => ({ name, password: `${name} has a password` });

/** Twelve hours are over, or an admin has ended it: in the middle of a word, as it happens. */
describe('a session that ends while somebody writes', () => {
  let site: Scenario;
  let browser: Browser;
  let ada: string;

  beforeAll(async () => {
    [site, browser] = await Promise.all([startScenario(), launchBrowser()]);
    for (const name of ['Ada', 'Ben'])
      await site.as('POST', '/v1/technicians', { ...account(name), role: 'technician', languages: ['en', 'zh'] });
    const { technicians } = (await site.as<{ technicians: { id: string; name: string }[] }>('GET', '/v1/technicians')).body;
    ada = technicians.find(({ name }) => name === 'Ada')?.id as string;
    const edge = await site.edge('e1');
    await edge.tell('handoff', handoff('c1'));
    await edge.tell('handoff', handoff('c2'));
    await edge.tell('handoff', handoff('c3'));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await site?.end();
  });

  const endAdas = async () => expect((await site.as('POST', `/v1/technicians/${ada}/sign-out`)).status).toBe(204);
  const said = async (id: string) => (await site.as<{ turns: { text: string }[] }>('GET', `/v1/cases/${id}`)).body.turns;
  const writing = async (page: Page, id: string, text: string) => {
    await page.goto(`${site.url}/#/cases/${id}`);
    await page.getByRole('textbox', { name: /^(Reply|回复)$/ }).fill(text);
  };

  it('asks for the password over the page, and all of it is there afterwards', { timeout: 90_000 }, async () => {
    const page = await signedIn(browser, { hubUrl: site.url }, {}, account('Ada'));
    await writing(page, 'c1', 'Stop at the next workshop, and');
    await page.getByRole('button', { name: 'Claim' }).click();
    await page.getByRole('button', { name: 'Claim' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Ask a colleague' }).click();
    await page.getByRole('textbox', { name: 'What they need to know' }).fill('They tow a trailer.');
    await page.getByRole('combobox', { name: 'Colleague' }).click();
    await page.getByRole('option', { name: /^Ben/ }).click();
    await endAdas();
    const again = page.getByRole('dialog', { name: 'Wayside' });
    await again.getByText('what you were writing is kept').waitFor();
    expect(await again.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Ada');
    await shot(page, 'signed-out-en');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByLabel('Password', { exact: true }).fill('not hers');
    await page.keyboard.press('Enter');
    await again.getByRole('alert').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(account('Ada').password);
    await page.keyboard.press('Enter');
    await again.waitFor({ state: 'detached' });
    expect(await page.getByRole('textbox', { name: 'What they need to know' }).inputValue()).toBe('They tow a trailer.');
    expect(await page.getByRole('dialog').getByRole('alert').count()).toBe(0);
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText(/You asked Ben/).waitFor();
    const reply = page.getByRole('textbox', { name: 'Reply' });
    expect(await reply.inputValue()).toBe('Stop at the next workshop, and');
    await page.getByRole('button', { name: 'Send reply' }).click();
    await until('it was sent', async () => (await reply.inputValue()) === '');
    expect((await said('c1')).filter(({ text }) => text.startsWith('Stop at'))).toHaveLength(1);
    await page.context().close();
  });

  it('ended in the very request that sends a reply: it is sent once, after', { timeout: 60_000 }, async () => {
    const page = await signedIn(browser, { hubUrl: site.url }, { locale: 'zh-CN', size: 'phone', dark: true }, account('Ada'));
    await writing(page, 'c2', '请先停车。');
    // The stream stays open: nothing tells the page before it asks for something.
    await page.context().clearCookies();
    // On a busy machine something else of the page may ask first, and the way in stands before the button: it is pressed all the same.
    await page.getByRole('button', { name: '发送回复' }).dispatchEvent('click');
    const again = page.getByRole('dialog', { name: 'Wayside' });
    await again.getByText('写的内容').waitFor();
    await shot(page, 'signed-out-zh');
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel('密码', { exact: true }).fill(account('Ada').password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await again.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '发送回复' }).click();
    await until('it was sent', async () => (await said('c2')).some(({ text }) => text === '请先停车。'));
    expect((await said('c2')).filter(({ text }) => text === '请先停车。')).toHaveLength(1);
    await page.context().close();
  });

  it('shows nothing of it to somebody else who signs in there', { timeout: 60_000 }, async () => {
    const page = await signedIn(browser, { hubUrl: site.url }, {}, account('Ada'));
    await writing(page, 'c3', 'Only Ada reads this.');
    await endAdas();
    await page.getByRole('dialog', { name: 'Wayside' }).waitFor({ timeout: 40_000 });
    await page.getByRole('textbox', { name: 'Name' }).fill('Ben');
    await page.getByLabel('Password', { exact: true }).fill(account('Ben').password);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Account: Ben' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe('');
    await page.reload();
    expect(await page.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe('');
    await page.context().close();
  });
});

/** Whose company says who they are signs in again without the page going away. */
describe('a session that ends, of somebody whose company says who they are', () => {
  it.each([
    ['en', { dark: false }],
    ['zh', { locale: 'zh-CN', dark: true }],
  ] as const)(
    'is begun anew in a window over the page; an open dialog has kept what was typed, in %s',
    { timeout: 120_000 },
    async (locale, options) => {
      const w = (en: string, zh: string) => (locale === 'zh' ? zh : en);
      const company = await startCompany({ ada: ['support'] });
      const [site, browser] = await Promise.all([startScenario({ ...company.settings, oidcTenant: '*' }), launchBrowser()]);
      try {
        company.serve(site.url);
        const edge = await site.edge('e1');
        await edge.tell('handoff', handoff('c1'));
        const { page } = await openPage(browser, site.url, options);
        const enter = async (at: Page) => {
          await at.getByPlaceholder('Enter any login').fill('ada');
          await at.getByPlaceholder('and password').fill('any');
          await at.getByRole('button', { name: 'Sign-in' }).click();
          await at.getByRole('button', { name: 'Continue' }).click();
        };
        await page.getByRole('link', { name: w('Sign in through your company', '通过公司账号登录') }).click();
        await enter(page);
        await page.getByRole('navigation').waitFor();
        await page.goto(`${site.url}/#/cases/c1`);
        await page.getByRole('button', { name: w('Claim', '接手') }).click();
        await page.getByRole('button', { name: w('Claim', '接手') }).waitFor({ state: 'detached' });
        await page.getByRole('button', { name: w('Resolve', '解决'), exact: true }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('textbox').first().fill('The sensor was loose.');
        const { technicians } = (await site.as<{ technicians: { id: string; name: string }[] }>('GET', '/v1/technicians')).body;
        const ada = technicians.find(({ name }) => name === 'ada of the company')?.id;
        expect((await site.as('POST', `/v1/technicians/${ada}/sign-out`)).status).toBe(204);
        const again = page.getByRole('dialog', { name: 'Wayside' });
        await again.waitFor({ timeout: 40_000 });
        const popup = page.waitForEvent('popup');
        await again.getByRole('link', { name: w('Sign in through your company', '通过公司账号登录') }).click();
        const over = await popup;
        const closed = over.waitForEvent('close');
        // The company may know them still; then it asks for nothing.
        if (
          await over
            .getByPlaceholder('Enter any login')
            .isVisible({ timeout: 5_000 })
            .catch(() => false)
        )
          await enter(over);
        await closed;
        await again.waitFor({ state: 'detached' });
        expect(await dialog.getByRole('textbox').first().inputValue()).toBe('The sensor was loose.');
        await shot(page, `signed-in-over-${locale}`);
        await page.getByRole('button', { name: w('Resolve case', '解决工单') }).click();
        await until('it is resolved', async () => (await site.as<{ state: string }>('GET', '/v1/cases/c1')).body.state === 'resolved');
        await page.context().close();
      } finally {
        await browser.close();
        await site.end();
        company.stop();
      }
    },
  );
});

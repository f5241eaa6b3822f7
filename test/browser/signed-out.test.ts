import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handoff, type Scenario, startScenario } from '../../cloud/hub/src/scenario.ts';
import { launchBrowser, shot } from '../support/browser.ts';
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
    await page.getByRole('button', { name: '发送回复' }).click();
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

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';

/** The conversation of the README, by hand and eye: a driver at the panel, a technician at the console. */
describe('panel and console in a real browser', () => {
  let site: Site;
  let browser: Browser;
  let panel: Page;
  let console: Page;
  const complaints: string[] = [];
  const open = async (url: string, options: Parameters<typeof openPage>[2] = {}) => {
    const opened = await openPage(browser, url, options);
    opened.page.on('close', () => complaints.push(...opened.complaints));
    return opened.page;
  };

  beforeAll(async () => {
    site = await createSite();
    await Promise.all([site.play('vehicle/misfire', { thing: 'car-1' }), site.play('home-hvac/healthy', { thing: 'heat-pump-1' })]);
    browser = await launchBrowser();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('the driver asks why the light came on and reads a cited answer', async () => {
    panel = await open(site.edge().panelLink(), { size: 'kiosk' });
    await panel.getByRole('textbox', { name: 'Message' }).fill('Why did the warning light come on?');
    await panel.getByRole('button', { name: 'Send' }).click();
    await panel
      .getByText(/drive gently/i)
      .first()
      .waitFor();
    await panel.getByText(/P0301/).first().waitFor();
  });

  it('one tap brings a person, and says how far that has come', async () => {
    await panel.getByRole('button', { name: 'Talk to a person' }).first().click();
    await panel
      .getByText(/at the hub|saved here/i)
      .first()
      .waitFor();
  });

  it('the technician signs in, sees everything, and answers into the same conversation', async () => {
    console = await open(site.hubUrl);
    const admin = site.hub().firstAdmin as { name: string; password: string };
    await console.getByRole('textbox', { name: 'Name' }).fill(admin.name);
    await console.getByLabel('Password', { exact: true }).fill(admin.password);
    await console.getByRole('button', { name: 'Sign in' }).click();
    const { cases } = await until<any>('a case', async () => {
      const list = await site.technician.get('/v1/cases');
      return list.cases.length > 0 && list;
    });
    await console.goto(`${site.hubUrl}/#/cases/${cases[0].id}`);
    await console.getByText('Why did the warning light come on?').first().waitFor();
    await console.getByText(/P0301/).first().waitFor();
    await console.getByRole('button', { name: 'Claim' }).first().click();
    await console.getByRole('textbox', { name: 'Reply' }).fill('Hello, I see the misfire in cylinder 1. Please stop at the next workshop.');
    await console.getByRole('button', { name: 'Send reply' }).click();
    await panel.getByText('I see the misfire in cylinder 1', { exact: false }).first().waitFor();
  });

  it('the case is resolved and leaves a draft article', async () => {
    await console.getByRole('button', { name: 'Resolve' }).first().click();
    await console.getByRole('textbox', { name: 'What solved it' }).fill('New ignition coil on cylinder 1.');
    await console
      .getByRole('dialog')
      .getByRole('button', { name: /resolve/i })
      .click();
    await until('a draft', async () => (await site.technician.get('/v1/articles?state=draft')).articles.length === 1);
  });

  it('no page complained', async () => {
    await panel.close();
    await console.close();
    // A browser logs each request that is refused; being asked to sign in is no fault.
    expect(complaints.filter((c) => !/401|Failed to load resource/.test(c))).toEqual([]);
  });
});

import type { Run } from '@wayside/simulators';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { liveThing } from './live-thing.ts';
import { signedIn } from './signed-in.ts';

const fault = 'closed-discharge-valve';

/** A technician on a ladder, with a phone in one hand. */
describe('the desk on a phone', () => {
  let site: Site;
  let browser: Browser;
  let pump: Run;
  let page: Page;
  let panel: Page;
  let caseId: string;
  const heightOf = async (part: ReturnType<Page['locator']>) => (await part.boundingBox())?.height ?? 0;
  const show = (pane: RegExp) => page.locator('label').filter({ hasText: pane }).click();

  beforeAll(async () => {
    [site, browser] = await Promise.all([createSite(), launchBrowser()]);
    pump = await liveThing(site, `industrial-pump/${fault}`, fault, 150_000);
    ({ page: panel } = await openPage(browser, site.edge().panelLink(), { size: 'kiosk' }));
    await panel.getByRole('textbox', { name: 'Message' }).fill('The pump rattles, I need a person');
    await panel.keyboard.press('Enter');
    ({ id: caseId } = await until('a case', async () => (await site.technician.get('/v1/cases')).cases[0]));
    page = await signedIn(browser, site, { size: 'phone' });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await pump?.stop();
    await site?.close();
  });

  it('leaves most of the screen to the conversation; the assistant is one line until it is asked', { timeout: 60_000 }, async () => {
    await page.getByRole('link', { name: /closed valve/ }).click();
    await page.getByRole('button', { name: 'Claim' }).click();
    const assistant = page.getByRole('region', { name: 'Assistant' });
    await assistant.getByRole('button', { name: 'Insert' }).waitFor();
    await shot(page, 'phone-case');
    expect(await heightOf(page.getByRole('log'))).toBeGreaterThan(844 / 2);
    expect(await heightOf(assistant)).toBeLessThan(60);
    expect(await barriers(page)).toEqual([]);

    await assistant.getByRole('button', { name: /All the assistant says/ }).click();
    await assistant.getByText('Draft reply').waitFor();
    await shot(page, 'phone-assistant');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect.poll(() => heightOf(assistant), { message: 'who opened it closes it with the same key' }).toBeLessThan(60);
    await page.keyboard.press('Enter');
    await assistant.getByRole('button', { name: 'Insert' }).click();
    const field = page.getByRole('textbox', { name: 'Reply' });
    expect(await field.inputValue()).not.toBe('');
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Send reply' }).click();
    await page.getByText(/At the edge|Seen/).waitFor();
  });

  it('tells beside the machine what came of a command, and that the person has written meanwhile', { timeout: 90_000 }, async () => {
    await show(/Signals/);
    await page.getByRole('button', { name: 'Look at the machine live' }).click();
    await page.getByText('The person sees that you look.').waitFor();
    const stopThePump = async () => {
      await page.getByRole('button', { name: 'Ask for a command…' }).click();
      await page.getByRole('radio', { name: /Stop the pump/ }).check();
      await page.getByRole('button', { name: 'Ask the person' }).click();
      await page.getByText('waits for a yes at the machine').waitFor();
      await panel.getByRole('region', { name: /Stop the pump/ }).waitFor();
    };
    await stopThePump();
    await panel.getByRole('button', { name: 'Leave it', exact: true }).click();
    await page.getByText('not wanted at the machine').waitFor();
    await panel.getByRole('textbox', { name: 'Message' }).fill('It got louder now');
    await panel.getByRole('button', { name: 'Send' }).click();
    await page.locator('label').filter({ hasText: '1 new message' }).waitFor();
    expect(await barriers(page)).toEqual([]);

    await stopThePump();
    await panel.getByRole('button', { name: 'Do it', exact: true }).click();
    await page.getByText(/the signal shows it/).waitFor();
    await shot(page, 'phone-command');
    await show(/Conversation/);
    await page.getByRole('log').getByText('It got louder now').waitFor();
    expect(await page.getByText('new message').count()).toBe(0);
  });

  it('says that the edge has gone, closes the case all the same, and the queue is empty', { timeout: 60_000 }, async () => {
    await page.getByText('Edge online').waitFor();
    await site.stopEdge();
    await page.getByText(/Edge offline/).waitFor();
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('textbox', { name: 'What solved it' }).fill('Opened the valve.');
    await shot(page, 'phone-resolve');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Resolve case' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Back to the queue' }).click();
    await page.getByText('Nobody is waiting').waitFor();
    expect((await site.technician.get(`/v1/cases/${caseId}`)).state).toBe('resolved');
  });
});

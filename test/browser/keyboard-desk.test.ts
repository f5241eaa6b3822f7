import { rm } from 'node:fs/promises';
import { type Run, runScenario } from '@wayside/simulators';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boilerPacks, cloggedBoiler } from '../support/boiler.ts';
import { launchBrowser, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { signedIn } from './signed-in.ts';

/** So many stops are more than any page has. */
const mostStops = 160;

/** Who cannot use a pointer works a case from the queue to the article: every stop is reached by Tab and says what it is. */
let packs: string;
let site: Site;
let boiler: Run;
let browser: Browser;
let page: Page;
let caseId: string;

beforeAll(async () => {
  packs = await boilerPacks();
  [site, browser] = await Promise.all([createSite({ packs }), launchBrowser()]);
  const { mqttPort, mqtt } = site.edge();
  boiler = runScenario({ scenario: cloggedBoiler(true), actions: ['flush', 'lamp'], url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt });
  await boiler.start();
  await until('the fault', async () => (await site.operator.get('/v1/faults')).faults.length === 1);
  const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'boiler-1' });
  await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'It is cold' });
  ({ case: caseId } = await site.operator.post(`/v1/sessions/${session}/handoff`));
  await until('the case is at the hub', async () => (await site.technician.raw(`/v1/cases/${caseId}`)).ok);
  page = await signedIn(browser, site);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await boiler?.stop();
  await site?.close();
  await rm(packs, { recursive: true, force: true });
});

/** Goes on by Tab to what is called so. */
async function tabTo(role: Parameters<Page['getByRole']>[0], name: string | RegExp, within = page.locator('body')): Promise<void> {
  const wanted = within.getByRole(role, { name, ...(typeof name === 'string' ? { exact: true } : {}) });
  await wanted.first().waitFor();
  for (let n = 0; n < mostStops; n++) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no stop of Tab is the ${role} ${name}`);
}

async function press(
  name: string | RegExp,
  within = page.locator('body'),
  role: Parameters<Page['getByRole']>[0] = 'button',
): Promise<void> {
  await tabTo(role, name, within);
  await page.keyboard.press('Enter');
}

const readCase = () => site.technician.get(`/v1/cases/${caseId}`);

it('claims, reads the evidence, replies, proposes a command, resolves and publishes', { timeout: 180_000 }, async () => {
  await page.getByRole('list', { name: 'Cases' }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Claim' }).waitFor();
  await page.keyboard.press('c');
  await until('claimed', async () => (await readCase()).state === 'claimed');

  const fault = page.getByRole('button', { name: /%$/ }).first();
  await fault.waitFor();
  await tabTo('button', /%$/);
  const was = await fault.getAttribute('aria-expanded');
  await page.keyboard.press('Enter');
  expect(await fault.getAttribute('aria-expanded'), 'the evidence opens and closes').not.toBe(was);

  await page.locator('body').press('r');
  await page.getByRole('textbox', { name: 'Reply' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.type('I shall flush the filter.');
  await page.keyboard.press('Control+Enter');
  await until('replied', async () => (await readCase()).turns.some(({ text }: { text: string }) => text === 'I shall flush the filter.'));
  await page.keyboard.press('Escape');

  await press('Look at the machine live');
  await page.getByText('The person sees that you look.').waitFor({ timeout: 60_000 });
  await press('Ask for a command…');
  const dialog = page.getByRole('dialog');
  await tabTo('radio', /./, dialog);
  await page.keyboard.press('Space');
  await shot(page, 'keyboard-command');
  await press('Ask the person', dialog);
  await dialog.waitFor({ state: 'detached' });
  await until('proposed', async () => (await readCase()).commands.length === 1);

  await press('Resolve');
  await page.getByRole('textbox', { name: 'What solved it' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.type('The filter was clogged: flush it, then refill to 1.5 bar.');
  await press('Resolve case', dialog);
  await press('Open the draft', dialog, 'link');
  await page.getByRole('button', { name: 'Validate and publish' }).waitFor();
  await press('Validate and publish');
  await press('Validate and publish', dialog);
  await until('published', async () => {
    const { articles } = await site.technician.get('/v1/articles?state=published');
    return articles.some((one: { case?: string }) => one.case === caseId);
  });
  await shot(page, 'keyboard-published');
});

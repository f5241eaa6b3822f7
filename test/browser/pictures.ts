import { join, resolve } from 'node:path';
import type { Run } from '@wayside/simulators';
import type { Page } from 'playwright-core';
import { launchBrowser, openPage, sizes } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { journey } from './desk/journey.ts';
import { liveThing } from './live-thing.ts';
import { signedIn } from './signed-in.ts';

/**
 * Takes the pictures of the README from a real site with live things: `node test/browser/pictures.ts`.
 * Build panel and console first (`npm run build`).
 */
const folder = resolve(import.meta.dirname, '../../docs/images');
const take = async (page: Page, name: string) => {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  process.stdout.write(`${name}\n`);
};

const minutes = 60_000;
/** Pictures may take their time. */
const patience = 2 * minutes;
const site = await createSite();
const browser = await launchBrowser();
const things: Run[] = [];
try {
  // The panel turns to the machine in the worst trouble, so the others' troubles come after its pictures.
  things.push(await liveThing(site, 'vehicle/misfire', 'misfire-cylinder-1', 3.5 * minutes));

  await onTheKiosk('zh', '故障灯为什么亮了？', { fault: /第 1 缸失火/, causes: /原因/ });
  const panel = await onTheKiosk('en', 'Why did the warning light come on?', { fault: /Misfire in cylinder 1/, causes: /causes/i });
  await panel.getByRole('button', { name: 'Talk to a person' }).click();
  await panel
    .getByRole('status')
    .getByText(/At the hub\./)
    .waitFor();

  const { page: phone } = await openPage(browser, site.edge().panelLink(), { size: 'phone', locale: 'zh-CN', dark: true });
  phone.context().setDefaultTimeout(patience);
  await ask(phone, '故障灯为什么亮了？');
  await take(phone, 'panel-phone-zh-dark');

  things.push(await liveThing(site, 'home-hvac/blocked-strainer', 'blocked-strainer', 6 * minutes));
  things.push(await liveThing(site, 'industrial-pump/cavitation', 'cavitation', 6 * minutes));
  await others(site);
  const account = { name: 'Robin', password: 'only for a picture' };
  await site.technician.post('/v1/technicians', { ...account, languages: ['en', 'zh'] });
  const console = await signedIn(browser, site, {}, account);
  console.context().setDefaultTimeout(patience);
  await console.setViewportSize({ width: 1280, height: 420 });
  await console.getByRole('link', { name: /Family car/ }).waitFor();
  await take(console, 'console-queue-en');
  await console.setViewportSize(sizes.desktop);

  await console.getByRole('link', { name: /Family car/ }).click();
  await console.locator('canvas').first().waitFor();
  await console.getByRole('button', { name: 'Claim' }).first().click();
  await console
    .getByRole('textbox', { name: 'Reply' })
    .fill('I see the misfire in cylinder 1. Drive gently to the next workshop; stop if the light flashes.');
  await take(console, 'console-case-en');
  await console.getByRole('button', { name: 'Send reply' }).click();
  await panel.getByText('I see the misfire', { exact: false }).first().waitFor();
  await theirPhone(console);

  await panel
    .getByRole('button', { name: /Engine speed/ })
    .first()
    .click();
  await panel.getByRole('dialog').locator('canvas').waitFor();
  await take(panel, 'panel-signal-en');

  await theDesk();
} finally {
  await browser.close();
  for (const thing of things) await thing.stop();
  await site.close();
}

/** A question asked at the kiosk, and the fault that its answer names, opened. */
async function onTheKiosk(language: 'en' | 'zh', question: string, { fault, causes }: Record<'fault' | 'causes', RegExp>): Promise<Page> {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const { page } = await openPage(browser, site.edge().panelLink(), { size: 'kiosk', locale });
  page.context().setDefaultTimeout(patience);
  await ask(page, question);
  await take(page, `panel-kiosk-${language}`);
  await page.setViewportSize({ width: 1280, height: 1180 });
  await page.getByRole('button', { name: fault }).first().click();
  await page.getByRole('img', { name: causes }).waitFor();
  await take(page, `panel-fault-${language}`);
  await page.keyboard.press('Escape');
  await page.setViewportSize(sizes.kiosk);
  return page;
}

/** The case as the person follows it on their own phone. */
async function theirPhone(console: Page): Promise<void> {
  await console.getByRole('button', { name: 'More', exact: true }).click();
  await console.getByRole('menuitem', { name: 'Link for their phone' }).click();
  await console.getByRole('button', { name: 'Make the link' }).click();
  const { page } = await openPage(browser, await console.getByRole('textbox', { name: 'Link' }).inputValue(), { size: 'phone' });
  await page.getByRole('heading', { name: /is helping you/ }).waitFor({ timeout: patience });
  await take(page, 'customer-phone-en');
  await page.context().close();
  await console.keyboard.press('Escape');
}

/** What one case teaches: the pictures of the how-to on the desk. */
async function theDesk(): Promise<void> {
  process.env.WAYSIDE_SHOTS = folder;
  const desk = await createSite();
  try {
    const [plant, sister] = [await desk.addEdge('plant'), await desk.addEdge('sister')];
    const place = ({ running, operator }: typeof plant) => ({ edge: () => running, operator });
    await journey({ browser, hubUrl: desk.hubUrl, admin: desk.technician, car: desk, plant: place(plant), sister: place(sister) });
  } finally {
    await desk.close();
  }
}

async function ask(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.keyboard.press('Enter');
  await page.getByRole('article', { name: 'Wayside' }).getByRole('button', { name: /P0301/ }).waitFor();
}

/** Two more cases, so that the queue is one. */
async function others({ operator, technician }: Site): Promise<void> {
  for (const [thing, locale, text] of [
    ['heat-pump-1', 'zh', '暖气为什么不热？'],
    ['pump-1', 'en', 'Why does the pump rattle?'],
  ]) {
    const { session } = await operator.post('/v1/sessions', { channel: 'panel', locale, thing });
    await operator.post(`/v1/sessions/${session}/turns`, { text });
    await operator.post(`/v1/sessions/${session}/handoff`);
  }
  await until('three cases', async () => (await technician.get('/v1/cases')).cases.length === 3);
}

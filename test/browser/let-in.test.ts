import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Scenario, startScenario } from '../../cloud/hub/src/scenario.ts';
import { enrolWith } from '../../cloud/hub/src/signing-edge.ts';
import { launchBrowser, shot } from '../support/browser.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

/** A hub's first day: nothing is there, and the fleet page says how the first edge comes in. */
let site: Scenario;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startScenario(), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await site?.end();
});

it.each(['en', 'zh'] as const)(
  'an admin of an empty hub lets an edge in with the command that is shown, in %s',
  { timeout: 60_000 },
  async (locale) => {
    const zh = locale === 'zh';
    const page = await signedIn(browser, { hubUrl: site.url }, zh ? { locale: 'zh-CN', size: 'phone', dark: true } : {}, site.firstAdmin);
    await page.goto(`${site.url}/#/fleet`);
    await page.getByRole('button', { name: zh ? '接入边缘端…' : 'Let an edge in…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill('not an id!');
    await dialog.getByRole('button', { name: zh ? '生成代码' : 'Make the code' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('textbox').first().fill(`depot-${locale}`);
    await dialog.getByRole('button', { name: zh ? '生成代码' : 'Make the code' }).click();
    const command = await dialog.getByRole('textbox', { name: zh ? '在设备旁运行的命令' : 'Command at the machine' }).inputValue();
    await shot(page, `let-in-${locale}`);
    expect(await barriers(page)).toEqual([]);
    const [, url, code] = /^wayside edge --hub-url (\S+) --enrol (\S+)$/.exec(command) ?? [];
    expect(url).toBe(new URL(site.url).origin);
    expect((await enrolWith(site.url, code as string, `depot-${locale}`)).status).toBe(200);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: `depot-${locale}` }).waitFor();
    await page.context().close();
  },
);

it('a technician is not offered what only an admin may', { timeout: 60_000 }, async () => {
  const account = { name: 'Ada', password: 'Ada has a password' };
  await site.as('POST', '/v1/technicians', { ...account, role: 'technician', languages: ['en'] });
  const page = await signedIn(browser, { hubUrl: site.url }, {}, account);
  await page.goto(`${site.url}/#/fleet`);
  await page.getByRole('heading', { name: 'Fleet' }).waitFor();
  expect(await page.getByRole('button', { name: 'Let an edge in…' }).count()).toBe(0);
  await page.context().close();
});

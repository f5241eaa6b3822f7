import { pair } from '@wayside/device-sdk';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { createSite, type Site } from '../support/site.ts';
import { barriers } from './barriers.ts';

let site: Site;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([createSite({ hub: false }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

it('a person opens the door for a new device, reads its code off the panel in either language, and sees it come in', {
  timeout: 120_000,
}, async () => {
  const { page } = await openPage(browser, site.edge().panelLink(), { size: 'kiosk' });
  await page.getByRole('button', { name: /^State of the system/ }).click();
  await page.getByRole('button', { name: 'Let a new device in' }).click();
  const spelled = await page.getByRole('img', { name: /^The code for the device/ }).getAttribute('aria-label');
  expect(await barriers(page)).toEqual([]);
  const { username } = await pair(site.edge().url, spelled?.split(': ')[1]?.replaceAll(' ', '') ?? '', 'lamp-2');
  expect(username).toBeTruthy();
  await page.getByText('lamp-2 has come in.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '切换到中文' }).click();
  await page.getByRole('button', { name: /^系统状态/ }).click();
  await page.getByRole('button', { name: '接入新设备' }).click();
  await page.getByRole('img', { name: /^设备配对码：[A-Z2-9 ]+$/ }).waitFor();
});

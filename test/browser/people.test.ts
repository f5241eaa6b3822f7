import type { Run } from '@wayside/simulators';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { createSite, type Site } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { misfiringCar } from './live-thing.ts';

/** A family at the car's screen and on a phone, in a real browser. */
describe('who is speaking', () => {
  let site: Site;
  let car: Run;
  let browser: Browser;
  let kiosk: Page;
  let phone: Page;
  let code = '';

  beforeAll(async () => {
    site = await createSite();
    [browser, car] = await Promise.all([launchBrowser(), misfiringCar(site)]);
    ({ page: kiosk } = await openPage(browser, site.edge().panelLink(), { size: 'kiosk' }));
  });
  afterAll(async () => {
    await browser?.close();
    await car?.stop();
    await site?.close();
  });

  const who = (page: Page) => page.getByRole('banner').getByRole('button', { name: /^(Who is speaking|现在是)/ });
  const tap = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name }).click();
  const digits = async (page: Page, text: string) => {
    for (const digit of text) await page.getByRole('button', { name: digit, exact: true }).click();
  };
  const say = async (page: Page, text: string) => {
    await page.getByRole('textbox', { name: /^(Message|消息)$/ }).fill(text);
    await page.keyboard.press('Enter');
  };

  it('the first one adds herself, and then a child with a PIN', async () => {
    await who(kiosk).click();
    await kiosk.getByText('Nobody is set up here', { exact: false }).waitFor();
    expect(await barriers(kiosk)).toEqual([]);
    await tap(kiosk, 'Add me');
    await kiosk.getByRole('textbox', { name: 'Name' }).fill('Ada');
    await tap(kiosk, 'Add');
    await who(kiosk).getByText('Ada').waitFor();
    await tap(kiosk, 'Add somebody');
    await kiosk.getByRole('textbox', { name: 'Name' }).fill('Ben');
    await kiosk.getByRole('radio', { name: 'Child' }).click();
    await tap(kiosk, 'Protect with a PIN');
    await digits(kiosk, '2468');
    expect(await barriers(kiosk)).toEqual([]);
    await shot(kiosk, 'people-new-kiosk-en');
    await tap(kiosk, 'Done');
    await tap(kiosk, 'Add');
    await kiosk.getByRole('button', { name: /Ben.*Child/ }).waitFor();
    await shot(kiosk, 'people-picker-kiosk-en');
    expect(await barriers(kiosk)).toEqual([]);
  });

  it('a wrong PIN is said with the tries that are left; the right one lets the child in, and an adult has to agree to what disrupts', {
    timeout: 120_000,
  }, async () => {
    await tap(kiosk, /Ben.*Child/);
    await digits(kiosk, '1111');
    await tap(kiosk, 'Done');
    await kiosk.getByText('Wrong PIN. 4 tries are left.').waitFor();
    await shot(kiosk, 'people-pin-kiosk-en');
    expect(await barriers(kiosk)).toEqual([]);
    // A keyboard does as well.
    await kiosk.getByRole('group', { name: 'Enter your PIN' }).focus();
    await kiosk.keyboard.type('2468');
    await kiosk.keyboard.press('Enter');
    await who(kiosk).getByText('Ben').waitFor();
    await say(kiosk, 'clear the codes');
    await kiosk.getByText('An adult has to agree to that', { exact: false }).first().waitFor();
    await shot(kiosk, 'people-child-kiosk-en');
  });

  it('a conversation begun on the car’s screen goes on on the phone that was paired by a code', async () => {
    await say(kiosk, 'Why did the warning light come on?');
    await kiosk.getByRole('button', { name: /P0301/ }).first().waitFor();
    await who(kiosk).click();
    await tap(kiosk, 'What I like');
    await tap(kiosk, 'Pair my phone');
    const shown = await kiosk
      .getByRole('dialog')
      .getByRole('img', { name: /^The code is/ })
      .textContent();
    code = (shown ?? '').replace(/\D/g, '');
    expect(code).toHaveLength(8);
    await shot(kiosk, 'people-phone-code-kiosk-en');
    expect(await barriers(kiosk)).toEqual([]);

    ({ page: phone } = await openPage(browser, site.edge().url, { size: 'phone', locale: 'zh-CN', dark: true }));
    await phone.getByRole('button', { name: '我有配对码' }).click();
    await digits(phone, code);
    await shot(phone, 'people-pair-phone-zh');
    expect(await barriers(phone)).toEqual([]);
    await phone.getByRole('button', { name: '确定' }).click();
    await phone.getByText('Why did the warning light come on?').waitFor();
    await say(phone, '现在安全吗？');
    await phone.getByRole('article', { name: 'Wayside' }).nth(1).waitFor();
    await shot(phone, 'people-continued-phone-zh');
    await kiosk.keyboard.press('Escape');
    await kiosk.getByText('现在安全吗？').waitFor();
  });

  it('my likes hold wherever I am: units and language at once, on both screens', async () => {
    await who(phone).click();
    await tap(phone, '我的偏好');
    await phone.getByRole('radio', { name: '°F、英里、psi' }).click();
    await phone.getByRole('radio', { name: 'English' }).click();
    await phone.getByRole('heading', { name: 'What I like' }).waitFor();
    await shot(phone, 'people-likes-phone');
    expect(await barriers(phone)).toEqual([]);
    await phone.keyboard.press('Escape');
    await phone.getByRole('button', { name: /Go gently/ }).click();
    await phone.getByText('mph').first().waitFor();
  });

  it('a guest is told plainly what is kept, and sees nothing of the child’s conversation', async () => {
    await who(kiosk).click();
    await tap(kiosk, /^Guest/);
    await kiosk.getByText('You speak as a guest.', { exact: false }).waitFor();
    await shot(kiosk, 'people-guest-kiosk-en');
    expect(await barriers(kiosk)).toEqual([]);
    await kiosk.keyboard.press('Escape');
    await say(kiosk, 'is the car all right');
    await kiosk.getByRole('article', { name: 'Wayside' }).first().waitFor();
    expect(await kiosk.getByText('Why did the warning light come on?').count()).toBe(0);
    await who(kiosk).click();
    await tap(kiosk, 'I am leaving: erase it');
    await kiosk.getByText('is the car all right').waitFor({ state: 'detached' });
    expect(await kiosk.evaluate(() => JSON.stringify(localStorage))).not.toMatch(/all right/);
  });

  it('the owner says what the others may, and removes who is no longer here', async () => {
    await who(kiosk).click();
    await tap(kiosk, /Ada.*Owner/);
    await who(kiosk).getByText('Ada').waitFor();
    await who(kiosk).click();
    await tap(kiosk, 'Who is here, and who may do what');
    await kiosk.getByRole('radio', { name: 'Member' }).click();
    await shot(kiosk, 'people-manage-kiosk-en');
    expect(await barriers(kiosk)).toEqual([]);
    await tap(kiosk, 'Remove Ben');
    await tap(kiosk, 'Really erase? It cannot be undone');
    await kiosk.getByText('Ben').waitFor({ state: 'detached' });
    // His phone is out as well.
    await phone.reload();
    await phone
      .getByRole('button', { name: 'I have a code' })
      .or(phone.getByRole('button', { name: '我有配对码' }))
      .waitFor();
  });
});

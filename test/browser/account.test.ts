import { createHmac } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';

const password = 'a long enough password';

/** What an authenticator app shows of the secret on the screen (RFC 6238). */
function appCode(secret: string, at: number): string {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))))
    .update(counter)
    .digest();
  return String((mac.readUInt32BE((mac[19] as number) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** An authenticator in the browser that holds passkeys and has checked who is there (Chrome DevTools Protocol, WebAuthn domain). */
async function withAuthenticator(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** How technicians sign in, and see to it themselves. */
describe('an account', () => {
  let site: Site;
  let browser: Browser;
  let hubUrl: string;

  beforeAll(async () => {
    [site, browser] = await Promise.all([createSite(), launchBrowser()]);
    // A passkey needs a name.
    hubUrl = site.hubUrl.replace('127.0.0.1', 'localhost');
    for (const name of ['Ada', '小文']) await site.technician.post('/v1/technicians', { name, password });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it.each([
    { locale: 'en-GB', dark: false, name: 'Ada' },
    { locale: 'zh-CN', dark: true, name: '小文' },
  ])(
    'is signed in to with a passkey made there, and with password and code: $locale',
    { timeout: 180_000 },
    async ({ locale, dark, name }) => {
      const zh = locale === 'zh-CN';
      const w = (en: string, inZh: string) => (zh ? inZh : en);
      const { page } = await openPage(browser, hubUrl, { locale, dark });
      await withAuthenticator(page);
      const byPassword = async () => {
        await page.getByRole('textbox', { name: w('Name', '姓名') }).fill(name);
        await page.getByLabel(w('Password', '密码'), { exact: true }).fill(password);
        await page.getByRole('button', { name: w('Sign in', '登录'), exact: true }).click();
      };
      const signOut = async () => {
        await page.getByRole('button', { name: w('Account', '账户') }).click();
        await page.getByRole('menuitem', { name: w('Sign out', '退出登录') }).click();
        await page.getByRole('button', { name: w('Sign in with a passkey', '用通行密钥登录') }).waitFor();
      };
      await byPassword();
      await page.getByRole('navigation').waitFor();
      await page.goto(`${hubUrl}/#/account`);

      await page.getByLabel(w('Name for the new passkey', '新通行密钥的名称')).fill('Laptop');
      await page.getByRole('button', { name: w('Add a passkey', '添加通行密钥') }).click();
      await page.getByRole('button', { name: w('Remove Laptop', '移除 Laptop') }).waitFor();
      await signOut();
      await shot(page, `sign-in-${locale}`);
      expect(await barriers(page)).toEqual([]);
      await page.getByRole('button', { name: w('Sign in with a passkey', '用通行密钥登录') }).click();
      await page.getByRole('navigation').waitFor();
      await page.goto(`${hubUrl}/#/account`);
      await page.getByText(w('passkey ·', '通行密钥 ·')).waitFor();

      await page.getByRole('button', { name: w('Set up…', '设置…') }).click();
      await page.getByRole('img', { name: w('QR code for an authenticator app', '供身份验证器应用扫描的二维码') }).waitFor();
      await shot(page, `account-factor-${locale}`);
      expect(await barriers(page)).toEqual([]);
      const secret = ((await page.locator('code').first().textContent()) as string).replaceAll(' ', '');
      // The code before: the one of now is still good when it is asked for below.
      await page.getByLabel(w('Code', '验证码'), { exact: true }).fill(appCode(secret, Date.now() - 30_000));
      await page.getByRole('button', { name: w('Ask for it from now on', '从现在起启用') }).click();
      const recovery = ((await page.locator('pre').textContent()) as string).trim().split('\n');
      expect(recovery.length).toBe(8);
      await shot(page, `account-${locale}`);
      expect(await barriers(page)).toEqual([]);

      await signOut();
      await byPassword();
      await page.getByLabel(w('Code', '验证码'), { exact: true }).fill(recovery[0] as string);
      await page.keyboard.press('Enter');
      await page.getByRole('navigation').waitFor();
      await page.goto(`${hubUrl}/#/account`);
      await page.getByText(w('password and code ·', '密码和验证码 ·')).waitFor();
      await page.getByText(w('7 recovery codes', '7 个恢复码')).waitFor();
      await page.getByRole('button', { name: w('Remove Laptop', '移除 Laptop') }).click();
      await page.getByRole('button', { name: w('Remove Laptop', '移除 Laptop') }).waitFor({ state: 'detached' });
      await page.context().close();
    },
  );

  it('ends elsewhere at a press, and the page there says so', { timeout: 120_000 }, async () => {
    await site.technician.post('/v1/technicians', { name: 'Cleo', password });
    const pages = [];
    for (const size of ['desktop', 'phone'] as const) {
      const { page } = await openPage(browser, hubUrl, { size });
      await page.getByRole('textbox', { name: 'Name' }).fill('Cleo');
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('navigation').waitFor();
      pages.push(page);
    }
    const [desk, phone] = pages as [Page, Page];
    await phone.goto(`${hubUrl}/#/account`);
    await phone.getByText('here', { exact: true }).waitFor();
    await shot(phone, 'account-phone-en');
    expect(await barriers(phone)).toEqual([]);
    await phone.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await until('the desk was told', () => desk.getByText('You were signed out.').isVisible(), 40_000);
  });

  it('that lacks what an admin requires shows only how to set it up', { timeout: 120_000 }, async () => {
    await site.technician.post('/v1/technicians', { name: 'Dan', password });
    await site.technician.put('/v1/auth/rules', { secondFactor: true });
    const { page } = await openPage(browser, hubUrl);
    await withAuthenticator(page);
    await page.getByRole('textbox', { name: 'Name' }).fill('Dan');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByText('More than a password is required here.').waitFor();
    expect(await page.getByRole('link', { name: 'Queue' }).count()).toBe(0);
    await shot(page, 'account-restricted-en');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('link', { name: 'Queue' }).waitFor();
    await site.technician.put('/v1/auth/rules', { secondFactor: false });
  });
});

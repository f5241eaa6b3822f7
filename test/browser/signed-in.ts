import type { Browser, Page } from 'playwright-core';
import { openPage, type PageOptions } from '../support/browser.ts';
import type { Site } from '../support/site.ts';

/** The console in a profile of its own, signed in by hand as the first admin, or as who is named. */
export async function signedIn(
  browser: Browser,
  { hubUrl, hub }: Pick<Site, 'hubUrl'> & Partial<Pick<Site, 'hub'>>,
  options: PageOptions = {},
  { name, password } = hub?.().firstAdmin as { name: string; password: string },
): Promise<Page> {
  const { page } = await openPage(browser, hubUrl, options);
  const zh = options.locale?.startsWith('zh');
  await page.getByRole('textbox', { name: zh ? '姓名' : 'Name' }).fill(name);
  await page.getByLabel(zh ? '密码' : 'Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: zh ? '登录' : 'Sign in', exact: true }).click();
  await page.getByRole('navigation').waitFor();
  return page;
}

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handoff, type Scenario, startScenario } from '../../cloud/hub/src/scenario.ts';
import { launchBrowser, type PageOptions } from '../support/browser.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

describe('colleagues at the desk', () => {
  let site: Scenario;
  let browser: Browser;
  const account = (name: string) => ({ name, password: `${name} has a password` });
  const enter = (name: string, options: PageOptions = {}) => signedIn(browser, { hubUrl: site.url }, options, account(name));
  const act = async (page: Page, name: string) => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name }).click();
  };

  beforeAll(async () => {
    [site, browser] = await Promise.all([startScenario(), launchBrowser()]);
    for (const name of ['Ada', 'Ben']) await site.as('POST', '/v1/technicians', { ...account(name), languages: ['en', 'zh'] });
    const edge = await site.edge('e1');
    for (const [id, en] of [
      ['c1', 'It shakes when cold'],
      ['c2', 'It smells of petrol'],
    ] as const)
      await edge.tell('handoff', handoff(id, { summary: { en, zh: en } }));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await site?.end();
  });

  it('one who declines is heard of by who asked', { timeout: 60_000 }, async () => {
    const ada = await enter('Ada');
    const ben = await enter('Ben');
    await ada.goto(`${site.url}/#/cases/c1`);
    await ada.getByRole('button', { name: 'Claim' }).click();
    await ada.getByRole('button', { name: 'Claim' }).waitFor({ state: 'detached' });
    await act(ada, 'Ask a colleague');
    await ada.getByRole('dialog').getByRole('combobox', { name: 'Colleague' }).click();
    await ada.getByRole('option', { name: /Ben/ }).click();
    await ada.getByRole('dialog').getByRole('button', { name: 'Ask', exact: true }).click();
    await ben.goto(`${site.url}/#/cases/c1`);
    await ben.getByRole('button', { name: 'Decline' }).click();
    await ada.getByText('Ben declined. The case is still yours', { exact: false }).waitFor();
    expect(await barriers(ada)).toEqual([]);
    await ben.context().close();

    // Two cases of one fault are told apart by what was said of them.
    await act(ada, 'Merge with another case');
    await ada.getByRole('dialog').getByText('It smells of petrol').waitFor();
    expect(await barriers(ada)).toEqual([]);
    await ada.context().close();
  });

  it('a case that is not here is said in their language, with the way back, and not to be tried again', { timeout: 60_000 }, async () => {
    const ben = await enter('Ben', { locale: 'zh-CN', size: 'phone' });
    await ben.goto(`${site.url}/#/cases/gone`);
    await ben.getByRole('alert').getByText('该内容已不存在', { exact: false }).waitFor();
    expect(await ben.getByRole('button', { name: '重试' }).count()).toBe(0);
    await ben.goto(`${site.url}/#/hooks`);
    await ben.getByRole('alert').getByText('您没有权限这样做', { exact: false }).waitFor();
    expect(await ben.getByRole('button', { name: '添加通知…' }).count()).toBe(0);
    await ben.goto(`${site.url}/#/cases/gone`);
    await ben.getByRole('link', { name: '回到队列' }).click();
    await ben.getByText('It smells of petrol').waitFor();
    await ben.context().close();
  });
});

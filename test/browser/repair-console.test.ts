import { rm } from 'node:fs/promises';
import { type Run, runScenario } from '@wayside/simulators';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boilerPacks, cloggedBoiler } from '../support/boiler.ts';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

/** Longer than two lines of a phone. */
const steady = {
  en: 'Turn it once a month, a quarter turn to either side and back, and once more before it has stood still for longer than a few weeks; else it sticks.',
  zh: '每月转动一次，向两边各转四分之一圈再转回原位；如果停用超过几个星期，停用之前也要再转动一次，否则阀门会卡住，转不动，也关不上，只能拆下来清洗。',
};

/** What a technician sees of repairs: done and agreed to, whether it worked, how often; and a known issue told to every edge. */
describe('repairs in the console', () => {
  let packs: string;
  let site: Site;
  let boiler: Run;
  let browser: Browser;
  let caseId: string;

  beforeAll(async () => {
    packs = await boilerPacks();
    [site, browser] = await Promise.all([createSite({ packs }), launchBrowser()]);
    const { mqttPort, mqtt } = site.edge();
    boiler = runScenario({ scenario: cloggedBoiler(true), actions: ['flush', 'lamp'], url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt });
    await boiler.start();
    await until('the fault', async () => (await site.operator.get('/v1/faults')).faults.length === 1);
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'boiler-1', person: 'Kim' });
    const say = (text: string) => site.operator.post(`/v1/sessions/${session}/turns`, { text });
    for (const text of ['how do I fix it', 'done', 'do it', 'yes']) await say(text);
    const { progress } = await until<{ progress: { number: number } }>('the flushing', async () => {
      const view = await site.operator.get('/v1/things/boiler-1/repairs');
      return view.progress?.number === 4 && view;
    });
    expect(progress.number).toBe(4);
    await say('done');
    await until('the verdict', async () => (await site.operator.get('/v1/things/boiler-1/repairs')).repairs[0]?.state === 'fixed');
    ({ case: caseId } = await site.operator.post(`/v1/sessions/${session}/handoff`));
    await until('the case', async () => (await site.technician.get(`/v1/cases/${caseId}`)).repairs[0]?.state === 'fixed');
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await boiler?.stop();
    await site?.close();
    await rm(packs, { recursive: true, force: true });
  });

  describe.each([
    ['en-GB', false],
    ['zh-CN', true],
  ])('%s', (locale, dark) => {
    const zh = locale === 'zh-CN';
    let page: Page;
    /** The whole of it: no tap says what is cut off. */
    const seenOnPhone = async (text: string) => {
      const { page: phone } = await openPage(browser, site.edge().panelLink(), { size: 'phone', locale });
      const said = phone.getByText(text);
      await said.waitFor();
      expect(await said.evaluate((it) => it.scrollHeight - it.clientHeight)).toBeLessThanOrEqual(1);
      await phone.context().close();
    };
    beforeAll(async () => {
      page = await signedIn(browser, site, { locale, dark });
    });

    it('a case shows what was done, who agreed, and that it worked', { timeout: 120_000 }, async () => {
      await page.goto(`${site.hubUrl}/#/cases/${caseId}`);
      await page.getByText(zh ? /Kim已同意/ : /Kim agreed/).waitFor();
      await page.getByText(zh ? /信号已证实/ : /the signal shows it/).waitFor();
      await page.getByText(zh ? /^已修好/ : /^fixed/).waitFor();
      await page.getByText(zh ? '1 次中有 1 次修好' : 'worked 1 of 1 times').waitFor();
      await shot(page, `console-case-repair-${locale}`);
      expect(await barriers(page)).toEqual([]);
    });

    it('the articles say how often they worked', { timeout: 120_000 }, async () => {
      await page.goto(`${site.hubUrl}/#/articles`);
      await page
        .getByRole('cell', { name: zh ? '1 / 1' : '1 of 1' })
        .first()
        .waitFor();
      await shot(page, `console-articles-${locale}`);
      expect(await barriers(page)).toEqual([]);
    });

    it('a known issue is written in both languages, told, seen on the panel, and closed with a bulletin', {
      timeout: 120_000,
    }, async () => {
      await page.goto(`${site.hubUrl}/#/fleet`);
      await page.getByRole('button', { name: zh ? '发布已知问题' : 'Report a known issue' }).click();
      const fill = async (label: string | RegExp, text: string) => page.getByLabel(label).fill(text);
      await fill(zh ? /^编号/ : /^Id/, `valve-${locale.toLowerCase()}`);
      await page.getByRole('combobox', { name: zh ? /^类别/ : /^Family/ }).fill('boiler');
      await page.getByRole('option').first().click();
      await fill(zh ? '标题（英文）' : 'Title (English)', 'The valve can stick');
      await fill(zh ? '标题（中文）' : 'Title (Chinese)', '阀门可能卡住');
      await fill(zh ? '该怎么做（英文）' : 'What to do (English)', steady.en);
      await fill(zh ? '该怎么做（中文）' : 'What to do (Chinese)', steady.zh);
      await page.getByRole('combobox', { name: zh ? '能否继续使用' : 'Is it safe to go on?' }).click();
      await page.getByRole('option', { name: zh ? '可继续使用。' : 'Safe to go on.' }).click();
      await shot(page, `console-issue-${locale}`);
      expect(await barriers(page)).toEqual([]);
      await page.getByRole('button', { name: zh ? '告知所有边缘端' : 'Tell every edge' }).click();
      await page
        .getByText(zh ? '1 台设备' : '1 machine', { exact: true })
        .first()
        .waitFor();
      await until('the issue at the edge', async () => {
        const { advice } = await site.operator.get('/v1/advice');
        return advice.some((one: { ref: string }) => one.ref === `valve-${locale.toLowerCase()}`);
      });
      await seenOnPhone(steady[zh ? 'zh' : 'en']);
      await shot(page, `console-fleet-${locale}`);
      expect(await barriers(page)).toEqual([]);
      await page
        .getByRole('button', { name: zh ? '已解决…' : 'Solved…' })
        .first()
        .click();
      await fill(zh ? /如何解决的（英文）/ : /What solved it \(English\)/, 'A new seal ends it.');
      await fill(zh ? /如何解决的（中文）/ : /What solved it \(Chinese\)/, '换新密封件即可。');
      await shot(page, `console-issue-close-${locale}`);
      expect(await barriers(page)).toEqual([]);
      await page.getByRole('button', { name: zh ? '发布解决公告' : 'Announce the fix' }).click();
      await until('the bulletin at the edge', async () => {
        const { advice } = await site.operator.get('/v1/advice');
        return advice.some((one: { ref: string; kind: string }) => one.ref === `valve-${locale.toLowerCase()}` && one.kind === 'bulletin');
      });
    });
  });
});

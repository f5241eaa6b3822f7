import { rm } from 'node:fs/promises';
import { type Run, runScenario } from '@wayside/simulators';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boilerPacks, cloggedBoiler } from '../support/boiler.ts';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';

const words = {
  en: {
    how: 'How do I fix it?',
    done: 'Done',
    doIt: /^Do it for me/,
    yes: 'Do it',
    back: 'Step back',
    agreed: /Agreed/,
    confirmed: /reading shows it/,
    watching: 'Watching the machine’s data',
    fixed: 'It worked',
    away: /Put aside/,
    advice: 'You may go on, but draw little water.',
    clogged: 'The filter is clogged',
  },
  zh: {
    how: '怎么修？',
    done: '完成了',
    doIt: /^替我执行/,
    yes: '执行',
    back: '上一步',
    agreed: /已同意/,
    confirmed: /读数已证实/,
    watching: '正在观察设备数据',
    fixed: '修好了',
    away: /先不看/,
    advice: '可以继续用，但要少用水。',
    clogged: '过滤器堵塞',
  },
};

/** Advice, steps, consent, outcome and verdict as they are seen and tapped. */
describe.each([
  ['kiosk', 'en', false],
  ['phone', 'zh', true],
] as const)('a repair on the panel: %s, %s', (size, language, dark) => {
  const say = words[language];
  let packs: string;
  let site: Site;
  let boiler: Run;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  const take = (name: string) => shot(page, `repair-${size}-${language}-${name}`);
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  /** Nothing that is to be tapped is smaller than 44 px (WCAG 2.5.5). */
  const tooSmall = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main button')]
        .filter((one) => one.offsetParent !== null && (one.offsetHeight < 44 || one.offsetWidth < 44))
        .map((one) => one.textContent || one.ariaLabel),
    );
  const whole = async () => {
    expect(await barriers(page)).toEqual([]);
    expect(await beyond()).toBeLessThanOrEqual(1);
    expect(await tooSmall()).toEqual([]);
  };

  beforeAll(async () => {
    packs = await boilerPacks();
    [site, browser] = await Promise.all([createSite({ packs }), launchBrowser()]);
    const { mqttPort, mqtt } = site.edge();
    boiler = runScenario({ scenario: cloggedBoiler(true), actions: ['flush', 'lamp'], url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt });
    await boiler.start();
    await until('the fault', async () => (await site.operator.get('/v1/advice')).advice.length === 1);
    ({ page, complaints } = await openPage(browser, site.edge().panelLink(), {
      size,
      dark,
      locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    }));
  });
  afterAll(async () => {
    await browser?.close();
    await boiler?.stop();
    await site?.close();
    await rm(packs, { recursive: true, force: true });
  });

  it('is advised before anyone asks, in words that stand there once', async () => {
    await page.getByText(say.advice).waitFor();
    expect(await page.getByText(say.advice).count()).toBe(1);
    expect(await page.getByText(say.clogged).count()).toBe(1);
    await take('1-advice');
    await whole();
    // The verdict says it all, and stays: there is nothing to put aside.
    expect(await button(say.away).count()).toBe(0);
  });

  it('shows what is needed, what to mind and a picture, and leads on', async () => {
    await button(say.how).click();
    await page.getByRole('img', { name: language === 'zh' ? '两个打开的阀门' : 'Two open valves' }).waitFor();
    expect(await page.getByRole('img').evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0)).toBe(true);
    await take('2-step');
    await whole();
    await button(say.done).click();
    await button(say.back).waitFor();
    await take('3-action');
    await whole();
  });

  it('says what a command does before it can be agreed to, and what the machine then shows', async () => {
    await button(say.doIt).click();
    await button(say.yes).waitFor();
    await take('4-consent');
    await whole();
    await button(say.yes).focus();
    await page.keyboard.press('Enter');
    await page.getByText(say.agreed).waitFor();
    await page.getByText(say.confirmed).first().waitFor();
    await take('5-outcome');
    await whole();
  });

  it('watches after the last step, and says by the data that it worked; a reload loses nothing', async () => {
    await button(say.done).click();
    await page.getByText(say.watching).waitFor();
    await take('6-watching');
    await page.getByText(say.fixed, { exact: true }).first().waitFor();
    await take('7-fixed');
    await whole();
    await page.reload();
    await page.getByText(say.fixed, { exact: true }).first().waitFor();
    expect(complaints).toEqual([]);
  });
});

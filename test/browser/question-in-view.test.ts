import type { Run } from '@wayside/simulators';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, sizes } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { misfiringCar } from './live-thing.ts';

/** How much of a control is on the screen with nothing over it, of nine points spread over it. */
const uncovered = (control: Locator) =>
  control.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const at = [0.1, 0.5, 0.9];
    return at.flatMap((x) => at.map((y) => element.contains(document.elementFromPoint(left + width * x, top + height * y)))).filter(Boolean)
      .length;
  });

const said = {
  en: {
    thing: 'Family car',
    ask: 'Why did the warning light come on?',
    person: 'Talk to a person',
    options: ['Yes', 'No', "I don't know"],
  },
  zh: { thing: '家用车', ask: '故障灯为什么亮了？', person: '找真人帮忙', options: ['是', '不是', '不知道'] },
} as const;

describe('the newest question can be answered with a tap, whatever else comes on the screen', () => {
  let site: Site;
  let car: Run;
  let browser: Browser;
  beforeAll(async () => {
    site = await createSite();
    [browser, car] = await Promise.all([launchBrowser(), misfiringCar(site)]);
  });
  afterAll(async () => {
    await browser?.close();
    await car?.stop();
    await site?.close();
  });

  async function allInReach(page: Page, options: readonly string[], when: string): Promise<void> {
    const log = page.getByRole('log');
    for (const name of options) {
      const points = () => uncovered(log.getByRole('button', { name, exact: true }));
      await until(`${name} in reach ${when}`, async () => (await points()) === 9, 5_000);
    }
  }

  it.each((Object.keys(sizes) as (keyof typeof sizes)[]).flatMap((size) => [[size, 'en'] as const, [size, 'zh'] as const]))(
    'on a %s in %s: as it is asked, once a person was called, and while the edge is away',
    { timeout: 120_000 },
    async (size, language) => {
      const { thing, ask, person, options } = said[language];
      const { page } = await openPage(browser, site.edge().panelLink(), { size, locale: language === 'zh' ? 'zh-CN' : 'en-GB' });
      // A thing is called by its name in the language of the screen.
      await page.getByText(thing).first().waitFor();
      await page.getByRole('textbox').fill(ask);
      await page.keyboard.press('Enter');
      await allInReach(page, options, 'as it is asked');
      // What may be done is what is read first, and is not scrolled away above the question.
      const what = page.getByRole('article', { name: 'Wayside' }).getByRole('strong');
      expect(await uncovered(what)).toBe(9);

      await page.getByRole('button', { name: person }).click();
      await page
        .getByRole('status')
        .getByText(language === 'zh' ? /已送到/ : /At the hub\./)
        .waitFor();
      await allInReach(page, options, 'once a person was called');

      // Where there is least room for it, once: it takes a while until the banner comes.
      if (size === 'kiosk' && language === 'en') {
        await page.context().setOffline(true);
        await page.getByText('does not answer').first().waitFor();
        await allInReach(page, options, 'while the edge is away');
      }
      await page.context().close();
    },
  );

  const onAPhone = {
    en: {
      ask: 'What is wrong?',
      pump: 'Heat pump',
      question: 'What do you notice?',
      sign: 'The rooms are too warm',
      fix: 'how do I fix it',
      done: 'Done',
      failed: /did not help/,
      fire: 'the engine is on fire',
      call: /112/,
    },
    zh: {
      ask: '哪里有问题？',
      pump: '热泵',
      question: '您注意到了什么？',
      sign: '房间偏热',
      fix: '怎么修',
      done: '完成了',
      failed: /没有用/,
      fire: '发动机着火了',
      call: /119/,
    },
  };

  it.each(['en', 'zh'] as const)(
    'on a phone in %s: what one may notice stands with its question, a step with its ways out, and nothing over the number to call',
    { timeout: 180_000 },
    async (language) => {
      const { ask, pump, question, sign, fix, done, failed, fire, call } = onAPhone[language];
      await site.play('home-hvac/healthy', { speed: 400 });
      const { page } = await openPage(browser, site.edge().panelLink(), { size: 'phone', locale: language === 'zh' ? 'zh-CN' : 'en-GB' });
      const log = page.getByRole('log');
      const say = async (text: string) => {
        await page.getByRole('textbox').fill(text);
        await page.keyboard.press('Enter');
      };
      await page.getByText(said[language].thing).first().waitFor();
      const turnTo = async (thing: string, title: string) => {
        await page.evaluate((id) => localStorage.setItem('wayside.thing', id), thing);
        await page.reload();
        await page.getByRole('button', { name: title }).first().waitFor();
      };
      await turnTo('heat-pump-1', pump);
      await say(ask);
      await log.getByRole('button', { name: sign, exact: true }).waitFor();
      await allInReach(page, [sign], 'as it may be noticed');
      expect(await uncovered(log.getByText(question).last())).toBe(9);

      await turnTo('car-1', said[language].thing);
      await say(fix);
      await log.getByRole('button', { name: done, exact: true }).waitFor();
      await allInReach(page, [done], 'in its step');
      expect(await uncovered(log.getByRole('button', { name: failed }))).toBe(9);

      await say(fire);
      const whole = log.getByRole('article', { name: 'Wayside' }).last().getByText(call).first();
      await until('what to do in reach', async () => (await uncovered(whole)) === 9, 10_000);
      await page.context().close();
    },
  );
});

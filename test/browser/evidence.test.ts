import type { Run } from '@wayside/simulators';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { createSite, type Site } from '../support/site.ts';
import { misfiringCar } from './live-thing.ts';

describe('what an answer rests on can be opened', () => {
  let site: Site;
  let car: Run;
  let browser: Browser;
  let panel: Page;
  let complaints: string[];

  const ask = async (text: string) => {
    await panel.getByRole('textbox', { name: 'Message' }).fill(text);
    await panel.keyboard.press('Enter');
  };
  const sources = () => panel.getByRole('list', { name: 'What this rests on' }).last();
  const dialog = (name: string | RegExp) => panel.getByRole('dialog', { name });

  beforeAll(async () => {
    site = await createSite();
    [browser, car] = await Promise.all([launchBrowser(), misfiringCar(site)]);
    ({ page: panel, complaints } = await openPage(browser, site.edge().panelLink(), { size: 'kiosk' }));
  });
  afterEach(async () => {
    const close = panel.getByRole('button', { name: 'Close' });
    if (await close.isVisible()) await close.click();
  });
  afterAll(async () => {
    await browser?.close();
    await car?.stop();
    await site?.close();
  });

  it('a signal opens its curve, with the value and the moment meant in words', async () => {
    await ask('What is the coolant temperature?');
    await sources()
      .getByRole('button', { name: /coolant temperature/i })
      .click();
    const opened = dialog('Coolant temperature');
    await opened.locator('canvas').waitFor();
    await opened.getByText(/the moment meant: \d/).waitFor();
    // A picture nobody drew would pass the line above: some of its points have the colour of a line.
    expect(
      await opened.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, canvas.width, canvas.height);
        return data.some((byte, i) => i % 4 === 3 && byte === 255);
      }),
    ).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('a trouble code opens the values of its moment', async () => {
    await ask('Why did the warning light come on?');
    await sources().getByRole('button', { name: /P0301/ }).click();
    const opened = dialog('P0301');
    await opened.getByRole('heading', { name: 'Values when the code was set' }).waitFor();
    await opened.locator('dt', { hasText: 'Engine speed' }).waitFor();
    expect(await opened.locator('dt', { hasText: 'Engine speed' }).locator('+ dd').textContent()).toMatch(/^[\d,]+\srpm$/);
  });

  it('an article opens its text and where that comes from', async () => {
    await sources()
      .getByRole('button', { name: /The engine misfires/ })
      .click();
    const opened = dialog('Read about it');
    await opened
      .getByText(/spark plug/i)
      .first()
      .waitFor();
    await opened.getByRole('heading', { name: 'Sources' }).waitFor();
  });

  it('a fault opens what speaks for it, and that opens the code; back returns, Escape closes', async () => {
    await panel
      .getByRole('region', { name: 'Is it safe to go on?' })
      .getByRole('button', { name: /Misfire in cylinder 1/ })
      .click();
    const fault = dialog('Misfire in cylinder 1');
    await fault.getByRole('heading', { name: 'What speaks for it' }).waitFor();
    await fault.getByRole('img', { name: /^The causes and what speaks for them\./ }).waitFor();
    await fault.getByRole('heading', { name: 'What would change this' }).waitFor();
    await fault
      .getByRole('button', { name: /Trouble code/ })
      .first()
      .click();
    await dialog('P0301')
      .getByText(/Confirmed/)
      .waitFor();
    await panel.getByRole('button', { name: 'Back' }).click();
    await fault.getByRole('heading', { name: 'What speaks for it' }).waitFor();
    await panel.keyboard.press('Escape');
    await fault.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});

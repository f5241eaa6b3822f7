import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

const zhLook = { size: 'kiosk', locale: 'zh-CN', dark: true } as const;

describe('the queue and what moves a case about, on the screen', () => {
  let site: Site;
  let browser: Browser;
  let ada: Page;
  let ben: Page;

  const account = (name: string) => ({ name, password: `${name} has a password` });
  const ask = async (text: string, more: object = {}) => {
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', ...more });
    await site.operator.post(`/v1/sessions/${session}/turns`, { text });
    const { case: id } = await site.operator.post(`/v1/sessions/${session}/handoff`);
    await until('the case is at the hub', async () => (await site.technician.raw(`/v1/cases/${id}`)).ok);
    return id as string;
  };

  beforeAll(async () => {
    site = await createSite();
    await site.play('vehicle/misfire', { thing: 'car-1' });
    browser = await launchBrowser();
    for (const [name, role] of [
      ['Ada', 'technician'],
      ['Ben', 'lead'],
    ] as const)
      await site.technician.post('/v1/technicians', { ...account(name), role, languages: ['en', 'zh'] });
    ada = await signedIn(browser, site, {}, account('Ada'));
    ben = await signedIn(browser, site, zhLook, account('Ben'));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('is offered nothing they may not do', async () => {
    const [{ id, locale }] = (await site.technician.get('/v1/articles?state=published')).articles;
    await ada.goto(`${site.hubUrl}/#/articles/${id}/${locale}`);
    await ada.getByRole('button', { name: 'Save' }).waitFor();
    expect(await ada.getByRole('button', { name: /publish|Archive/i }).count()).toBe(0);
    await ada.goto(`${site.hubUrl}/#/fleet`);
    await ada.getByRole('heading', { name: 'Known issues' }).waitFor();
    expect(await ada.getByRole('button', { name: 'Report a known issue' }).count()).toBe(0);
    expect(await ada.getByRole('link', { name: 'Replay' }).count()).toBe(0);
    await ada.goto(`${site.hubUrl}/#/queue`);
  });

  it('a technician says what they take on', async () => {
    await ada.getByRole('button', { name: /Account: Ada/ }).click();
    await ada.getByRole('menuitem', { name: 'My duty' }).click();
    await ada.getByRole('combobox', { name: 'What I know' }).click();
    await ada.getByRole('option', { name: 'Brakes' }).click();
    await ada.keyboard.press('Escape');
    await ada.getByRole('button', { name: 'Add hours' }).click();
    for (const day of ['Sat', 'Sun']) await ada.getByText(day, { exact: true }).click();
    await ada.getByLabel('From').fill('00:00');
    await ada.getByLabel('To', { exact: true }).fill('23:59');
    await ada.getByRole('button', { name: 'Save' }).click();
    await ada.getByRole('status').getByText('Saved').waitFor();
    await ada.getByRole('row', { name: /Ada/ }).getByText('Brakes').waitFor();
    expect(await barriers(ada)).toEqual([]);
    await shot(ada, 'duty-desktop-en');
    await ben.goto(`${site.hubUrl}/#/duty`);
    await ben.getByRole('heading', { name: '谁在岗' }).waitFor();
    expect(await barriers(ben)).toEqual([]);
    await shot(ben, 'duty-kiosk-zh');
  });

  it('the queue says what is for whom, why it is there and what is promised; “next” takes it', { timeout: 90_000 }, async () => {
    await ask('I am in danger: there is smoke!', { thing: 'car-1' });
    await ask('Why did the warning light come on?', { thing: 'car-1' });
    await ask('暖气为什么不热？', { locale: 'zh' });
    await ada.goto(`${site.hubUrl}/#/queue`);
    await ada
      .getByText(/reply in/)
      .first()
      .waitFor();
    await ada
      .getByText(/Priority \d/)
      .first()
      .waitFor();
    expect(await barriers(ada)).toEqual([]);
    await shot(ada, 'queue-desktop-en');
    await ben.goto(`${site.hubUrl}/#/queue`);
    await ben
      .getByText(/内回复/)
      .first()
      .waitFor();
    expect(await barriers(ben)).toEqual([]);
    await shot(ben, 'queue-kiosk-zh');
    await ada.keyboard.press('n');
    await ada.getByRole('log').waitFor();
    await ada.getByRole('button', { name: 'Resolve' }).waitFor();
  });

  it('a colleague reads the briefing before they come in', async () => {
    await ada.getByRole('button', { name: 'More', exact: true }).click();
    await shot(ada, 'case-acts-desktop-en');
    await ada.getByRole('menuitem', { name: 'Ask a colleague' }).click();
    const dialog = ada.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Colleague' }).click();
    await ada.getByRole('option', { name: /Ben/ }).click();
    await dialog.getByRole('textbox', { name: 'What they need to know' }).fill('Smoke under the bonnet. They have stopped.');
    expect(await barriers(ada)).toEqual([]);
    await shot(ada, 'briefing-desktop-en');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await ada.getByText('You asked Ben.').waitFor();

    await ben.goto(`${site.hubUrl}/#/queue`);
    await ben.getByRole('button', { name: /处理中/ }).click();
    await ben.getByText('请您协助').waitFor();
    await ben.getByRole('link', { name: /请您协助/ }).click();
    await ben.getByText('Smoke under the bonnet. They have stopped.').waitFor();
    await shot(ben, 'briefing-kiosk-zh');
    expect(await barriers(ben)).toEqual([]);
    await ada.getByText('They have read it.').waitFor();
    await ben.getByRole('button', { name: '已读，加入处理' }).click();
    await ben.getByRole('textbox', { name: '回复' }).fill('请离车远一点。');
    await ben.getByRole('button', { name: '发送回复' }).click();
    await ada.getByRole('log').getByText('请离车远一点。').waitFor();
  });

  it('the assistant drafts from what is known; a person puts it in, changes it and sends it', async () => {
    const assistant = ada.getByRole('region', { name: 'Assistant' });
    // Ben has answered: nothing is drafted to that, unless one wishes for it.
    await assistant.getByText('Answered.').waitFor();
    expect(await assistant.getByRole('button', { name: 'Insert' }).count()).toBe(0);
    await assistant.getByRole('button', { name: 'Draft again' }).click();
    await assistant.getByRole('button', { name: 'Insert' }).waitFor();
    expect(await assistant.getByText('from what is written').count()).toBe(1);
    expect(await barriers(ada)).toEqual([]);
    await shot(ada, 'assist-desktop-en');
    const said = await ada.getByRole('log').getByRole('listitem').count();
    await assistant.getByRole('button', { name: 'Insert' }).click();
    const field = ada.getByRole('textbox', { name: 'Reply' });
    expect(await field.inputValue()).not.toBe('');
    await assistant
      .getByRole('button', { name: /Put the question/ })
      .first()
      .click();
    expect(await field.inputValue()).toMatch(/\n.+\?$/);
    expect(await ada.getByRole('log').getByRole('listitem').count(), 'nothing is sent by itself').toBe(said);
    await field.fill('Please stand well away from the car.');
    await ada.getByRole('button', { name: 'Send reply' }).click();
    await ada.getByRole('log').getByText('Please stand well away from the car.').waitFor();
    await assistant.getByText('Answered.').waitFor();
    expect(await assistant.getByRole('button', { name: 'Insert' }).count(), 'what was sent is not offered again').toBe(0);
    await ben.getByRole('region', { name: '助理' }).getByText('已回复').waitFor();
    await shot(ben, 'assist-kiosk-zh');
    expect(await barriers(ben)).toEqual([]);
  });

  it('a case is put to sleep and found again', async () => {
    await ada.getByRole('button', { name: 'More', exact: true }).click();
    await ada.getByRole('menuitem', { name: 'Snooze' }).click();
    await ada.getByRole('textbox', { name: 'What it waits for' }).fill('A new coil');
    expect(await barriers(ada)).toEqual([]);
    await shot(ada, 'snooze-desktop-en');
    await ada.getByRole('dialog').getByRole('button', { name: 'Snooze' }).click();
    await ada.getByText(/Snoozed until .* A new coil/).waitFor();
    await ada.goto(`${site.hubUrl}/#/queue`);
    await ada.getByRole('button', { name: /Snoozed/ }).click();
    await ada.getByRole('link', { name: /Snoozed until/ }).waitFor();
    await shot(ada, 'asleep-desktop-en');
  });

  it('what keeps coming to the desk becomes a draft with one click', async () => {
    await ask('Why is the heater in the car so cold?', { thing: 'car-1' });
    await ask('The heater in the car stays cold, why?', { thing: 'car-1' });
    await ada.goto(`${site.hubUrl}/#/insight`);
    await ada.getByRole('rowheader', { name: /heater/ }).waitFor();
    await ada.getByRole('rowheader', { name: 'Misfire in cylinder 1' }).waitFor();
    expect(await barriers(ada)).toEqual([]);
    await shot(ada, 'insight-desktop-en');
    await ben.goto(`${site.hubUrl}/#/insight`);
    await ben.getByRole('button', { name: '发布问题' }).first().click();
    await ben.getByRole('dialog').getByRole('textbox', { name: '型号' }).waitFor();
    expect(await ben.getByRole('dialog').getByRole('textbox', { name: '型号' }).inputValue()).toBe('Leon');
    expect(await barriers(ben)).toEqual([]);
    await shot(ben, 'insight-issue-kiosk-zh');
    await ben.keyboard.press('Escape');
    await shot(ben, 'insight-kiosk-zh');
    await ada
      .getByRole('row', { name: /heater/ })
      .getByRole('button', { name: 'Make a draft' })
      .click();
    const body = ada.getByRole('textbox', { name: 'Text (Markdown)' });
    await body.waitFor();
    expect(await body.inputValue()).toMatch(/- .*heater.*\n- .*heater/);
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

/** A person follows their own case on a phone, by a link that is good once. */
describe('the customer page', () => {
  let site: Site;
  let browser: Browser;
  let phone: Page;
  let caseId: string;
  let session: string;
  let link: string;

  const theCase = () => site.technician.get(`/v1/cases/${caseId}`);
  const outside = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, site.hubUrl), { ...init, headers: { 'content-type': 'application/json', origin: site.hubUrl } });

  beforeAll(async () => {
    [site, browser] = await Promise.all([createSite(), launchBrowser()]);
    await site.play('vehicle/misfire', { thing: 'car-1' });
    ({ session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'zh', thing: 'car-1' }));
    await site.operator.post(`/v1/sessions/${session}/turns`, { text: '为什么故障灯亮了？' });
    ({ case: caseId } = await site.operator.post(`/v1/sessions/${session}/handoff`));
    await until('the case', async () => (await site.technician.raw(`/v1/cases/${caseId}`)).ok);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('is opened by a link from the desk, in the language of the conversation, and speaks the other too', { timeout: 120_000 }, async () => {
    const desk = await signedIn(browser, site);
    await desk.goto(`${site.hubUrl}/#/cases/${caseId}`);
    await desk.getByRole('button', { name: 'More', exact: true }).click();
    await desk.getByRole('menuitem', { name: 'Link for their phone' }).click();
    await desk.getByRole('button', { name: 'Make the link' }).click();
    link = await desk.getByRole('textbox', { name: 'Link' }).inputValue();
    await desk.getByRole('img', { name: 'The link as a picture for a camera' }).waitFor();
    await shot(desk, 'customer-link-en');
    expect(await barriers(desk)).toEqual([]);
    await desk.context().close();

    ({ page: phone } = await openPage(browser, link, { size: 'phone', locale: 'en-GB' }));
    await phone.getByRole('heading', { name: /正在为您处理/ }).waitFor();
    expect(phone.url()).not.toContain('wsl_');
    await phone.getByText('为什么故障灯亮了？').waitFor();
    // What to do stands out, and what that rests on folds, as at the machine.
    await phone.getByRole('log').locator('strong').first().waitFor();
    const basis = phone.getByRole('log').getByText(/P0301/);
    expect(await basis.count()).toBe(0);
    await phone.getByText('为什么这样说').click();
    await basis.first().waitFor();
    await shot(phone, 'customer-phone-zh');
    expect(await barriers(phone)).toEqual([]);
    await phone.getByRole('button', { name: 'English' }).click();
    await phone.getByRole('heading', { name: /is helping you/ }).waitFor();
    await shot(phone, 'customer-phone-en');
    expect(await barriers(phone)).toEqual([]);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('carries the conversation both ways: phone, desk and machine say the same', { timeout: 120_000 }, async () => {
    const before = (await theCase()).unread;
    const field = phone.getByRole('textbox', { name: 'Message to the technician' });
    await field.fill('I am at the next exit now.');
    await field.press('Tab');
    await phone.keyboard.press('Enter');
    await until('it is at the machine', async () => {
      const { turns } = await site.operator.get(`/v1/sessions/${session}`);
      return turns.some((turn: { by: string; text: string }) => turn.by === 'operator' && turn.text === 'I am at the next exit now.');
    });
    const { turns, unread } = await theCase();
    expect(turns.filter((turn: { text: string }) => turn.text === 'I am at the next exit now.')).toHaveLength(1);
    expect(unread).toBe(before + 1);
    await site.technician.post(`/v1/cases/${caseId}/replies`, { text: 'Stay there, help is on its way.' });
    await phone.getByText('Stay there, help is on its way.').waitFor();
  });

  it('what is agreed to there holds at the machine', { timeout: 120_000 }, async () => {
    await phone.getByRole('checkbox', { name: /may be passed to the technician/ }).check();
    await until('the consent at the edge', async () => (await site.operator.get(`/v1/sessions/${session}`)).consents?.contact === true);
  });

  it('asks with one tap how it was when it is over', { timeout: 120_000 }, async () => {
    await site.technician.post(`/v1/cases/${caseId}/resolve`, { text: 'A new coil.', draft: false });
    await phone.getByRole('button', { name: 'It helped', exact: true }).click();
    await phone.getByRole('button', { name: 'It helped', exact: true, pressed: true }).waitFor();
    await until('the panel asks no more', async () => (await site.operator.get(`/v1/sessions/${session}`)).handoff.rated === 'elsewhere');
    await shot(phone, 'customer-solved-en');
    expect(await barriers(phone)).toEqual([]);
  });

  it('opens once, for one case, and for nobody else', { timeout: 120_000 }, async () => {
    const { page: late } = await openPage(browser, link, { size: 'phone', locale: 'en-GB' });
    await late.getByRole('heading', { name: /was opened before/ }).waitFor();
    await shot(late, 'customer-gone-en');
    expect(await barriers(late)).toEqual([]);
    expect((await outside('/v1/customer')).status).toBe(401);
    expect((await outside('/v1/customer/messages', { method: 'POST', body: '{"id":"m","text":"x"}' })).status).toBe(401);
    expect((await outside('/v1/customer/open', { method: 'POST', body: '{"link":"wsl_x"}' })).status).toBe(401);
    expect((await outside('/v1/customer/open', { method: 'POST', body: '{"link":7}' })).status).toBe(400);
    const inPhone = (path: string, body: unknown) =>
      phone.evaluate(
        async ([to, what]) =>
          (await fetch(to as string, { method: 'POST', headers: { 'content-type': 'application/json' }, body: what as string })).status,
        [path, JSON.stringify(body)],
      );
    expect(await inPhone('v1/customer/messages', { id: 'm', text: 'x'.repeat(5_000) })).toBe(400);
    expect(await inPhone('v1/customer/satisfaction', { satisfaction: 'angry' })).toBe(400);
    expect(await inPhone(`v1/cases/${caseId}/claim`, {})).toBe(401);
    const strange = '<img src=x onerror=alert(1)>';
    expect(await inPhone('v1/customer/messages', { id: 'm-html', text: strange })).toBe(204);
    await phone.getByText(strange).waitFor();
  });
});

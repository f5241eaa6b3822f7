import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

const asked = 'Whats the gremlin under the bonnet';

/** What people ask in words no pack knows is given its meaning on the insight page, and taken back. */
describe('a question that becomes a phrase', () => {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    [site, browser] = await Promise.all([createSite(), launchBrowser()]);
    await site.play('vehicle/misfire', { thing: 'car-1' });
    for (const _ of ['one', 'two']) {
      const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'car-1' });
      await site.operator.post(`/v1/sessions/${session}/turns`, { text: asked });
      const { case: id } = await site.operator.post(`/v1/sessions/${session}/handoff`);
      await until('the case', async () => (await site.technician.raw(`/v1/cases/${id}`)).ok);
    }
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function understood(text: string): Promise<string> {
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'car-1' });
    const { understanding } = await site.operator.post(`/v1/sessions/${session}/turns`, { text });
    return understanding.intent ?? understanding.kind;
  }

  it('is understood at every edge once it was published, also as people mistype it, and no more once it was taken back', {
    timeout: 120_000,
  }, async () => {
    expect(await understood(asked)).not.toBe('why');
    const page = await signedIn(browser, site);
    await page.goto(`${site.hubUrl}/#/insight`);
    await page.getByRole('row', { name: asked }).getByRole('button', { name: 'Teach it' }).click();
    const dialog = page.getByRole('dialog');
    const sentences = dialog.getByLabel('Sentences, one a line');
    expect(await sentences.inputValue()).toContain(asked);
    await sentences.fill(`${asked}?\nWhat is it grumbling about`);
    await dialog.getByRole('combobox', { name: 'They mean' }).click();
    await page.getByRole('option', { name: 'What is wrong?' }).click();
    await shot(page, 'teach-dialog-en');
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Teach every edge' }).click();
    await until('it is understood', async () => (await understood(asked)) === 'why');
    expect(await understood('what is it grumbling abuot?')).toBe('why');
    await page.getByText('understood', { exact: true }).waitFor();
    await shot(page, 'teach-list-en');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByText('taken back', { exact: true }).waitFor();
    await until('it is forgotten', async () => (await understood(asked)) !== 'why');
  });

  it('takes no template, no empty set and no meaning it does not know', { timeout: 60_000 }, async () => {
    const set = { family: 'vehicle', locale: 'en', intent: 'why', sentences: ['what is up'] };
    const post = async (body: object) => (await site.technician.raw('/v1/phrases', { method: 'POST', body: JSON.stringify(body) })).status;
    expect(await post(set)).toBe(201);
    expect(await post({ ...set, sentences: ['[what] {signal}'] })).toBe(400);
    expect(await post({ ...set, sentences: [] })).toBe(400);
    expect(await post({ ...set, intent: 'emergency' })).toBe(400);
    expect((await site.technician.raw('/v1/phrases/nowhere/withdraw', { method: 'POST' })).status).toBe(404);
  });
});

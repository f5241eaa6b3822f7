import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { signedIn } from './signed-in.ts';

describe('an article in the console', () => {
  let site: Site;
  let browser: Browser;
  let console: Page;

  const body = () => console.getByRole('textbox', { name: 'Text (Markdown)' });
  const save = () => console.getByRole('button', { name: 'Save', exact: true }).click();

  beforeAll(async () => {
    site = await createSite();
    browser = await launchBrowser();
    console = await signedIn(browser, site);
    await site.technician.post('/v1/articles', {
      id: 'misfire-in-rain',
      locale: 'en',
      title: 'Misfire in the rain',
      body: 'Damp ignition coils misfire until they are dry.',
      family: 'vehicle',
      faults: ['misfire-cylinder-1'],
      tags: [],
      sources: [],
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('changed by two at once keeps both texts until one of them chooses', { timeout: 20_000 }, async () => {
    await console.goto(`${site.hubUrl}/#/articles/misfire-in-rain/en`);
    await body().fill('Mine: dry the coils with a cloth.');
    const read = await site.technician.get('/v1/articles/misfire-in-rain/en');
    await site.technician.put('/v1/articles/misfire-in-rain/en', { ...writable(read), body: 'Theirs: replace the coil boots.' });

    await save();
    const choice = console.getByRole('dialog');
    await choice.getByText('Theirs: replace the coil boots.').waitFor();
    await choice.getByText('Mine: dry the coils with a cloth.').waitFor();
    expect((await site.technician.get('/v1/articles/misfire-in-rain/en')).body).toBe('Theirs: replace the coil boots.');

    await choice.getByRole('button', { name: 'Go on editing mine' }).click();
    expect(await body().inputValue()).toBe('Mine: dry the coils with a cloth.');
    await save();
    await choice.getByRole('button', { name: 'Save mine over theirs' }).click();
    await until('mine is saved', async () =>
      /^Mine/.test((await site.technician.get<{ body: string }>('/v1/articles/misfire-in-rain/en')).body),
    );
  });

  it('published reaches the edge, where the person at the machine can read it', { timeout: 30_000 }, async () => {
    const { page: panel } = await openPage(browser, site.edge().panelLink(), { size: 'kiosk' });
    expect((await site.operator.raw('/v1/articles/misfire-in-rain?locale=en')).status).toBe(404);
    await console.getByRole('button', { name: 'Publish' }).click();
    await console.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await until('the edge has it', async () => (await site.operator.raw('/v1/articles/misfire-in-rain?locale=en')).ok);

    await panel.getByRole('textbox', { name: 'Message' }).fill('dry the coils misfire in the rain');
    await panel.keyboard.press('Enter');
    await panel.getByRole('button', { name: 'Misfire in the rain' }).first().click();
    await panel.getByRole('dialog').getByText('Mine: dry the coils with a cloth.').waitFor();
    await panel.context().close();
  });

  it('withdrawn is gone from the edge', { timeout: 20_000 }, async () => {
    await console.getByRole('button', { name: 'Withdraw' }).click();
    await console.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
    await until('the edge forgot it', async () => (await site.operator.raw('/v1/articles/misfire-in-rain?locale=en')).status === 404);
  });
});

/** What of a read article is written back. */
function writable(article: Record<string, unknown>) {
  const { title, body, family, faults, tags, sources, version } = article;
  return { title, body, family, faults, tags, sources, version };
}

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
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
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('changed by two at once keeps both texts until one of them chooses', { timeout: 120_000 }, async () => {
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

  it('is compared with what it was, and rolled back', { timeout: 120_000 }, async () => {
    await console.getByRole('button', { name: 'History' }).click();
    const history = console.getByRole('dialog', { name: 'History' });
    await history.locator('ins').getByText('Mine: dry the coils').waitFor();
    await history.locator('del').getByText('Theirs: replace the coil boots.').waitFor();
    expect(await barriers(console)).toEqual([]);
    await shot(console, 'article-history-desktop-en');
    await history.getByRole('button', { name: /version 2/ }).click();
    await history.getByRole('button', { name: 'Restore version 2' }).click();
    await until('theirs is back', async () => (await body().inputValue()).startsWith('Theirs'));
    await body().fill('Mine: dry the coils with a cloth.');
    await save();
    await console.getByText('Saved').waitFor();
  });

  it('takes in another that says the same, and is handed in, sent back and handed in again', { timeout: 120_000 }, async () => {
    await site.technician.post('/v1/articles', {
      id: 'misfire-when-wet',
      locale: 'en',
      title: 'Misfire in wet weather',
      body: 'Damp coils misfire: dry the coils with a cloth.\n\n## Seen\n\n- After a car wash',
      family: 'vehicle',
      faults: ['misfire-cylinder-1'],
      tags: [],
      sources: [],
    });
    await console.getByRole('link', { name: 'Misfire in wet weather' }).waitFor();
    await shot(console, 'article-similar-desktop-en');
    await console.getByRole('button', { name: 'Merge it in' }).click();
    const dialog = console.getByRole('dialog');
    await dialog.locator('ins').getByText('After a car wash').waitFor();
    expect(await barriers(console)).toEqual([]);
    await shot(console, 'article-merge-desktop-en');
    await dialog.getByRole('button', { name: 'Merge it in' }).click();
    await until('it says both', async () => (await body().inputValue()).includes('After a car wash'));

    await console.getByRole('button', { name: 'Only for some machines' }).click();
    await console.getByRole('textbox', { name: 'Model' }).fill('Leon');
    await save();
    await console.getByRole('button', { name: 'Submit for review' }).click();
    await console.getByRole('button', { name: 'Send back' }).click();
    await console.getByRole('dialog').getByRole('textbox').fill('Which coils?');
    await console.getByRole('dialog').getByRole('button', { name: 'Send back' }).click();
    await console.getByRole('button', { name: 'Submit for review' }).click();
    await console.getByRole('button', { name: 'Send back' }).waitFor();
    expect(await barriers(console)).toEqual([]);
    await shot(console, 'article-review-desktop-en');
    const zh = await signedIn(browser, site, { size: 'kiosk', locale: 'zh-CN', dark: true });
    await zh.goto(`${site.hubUrl}/#/articles`);
    await zh.getByRole('searchbox', { name: '搜索文章' }).fill('misfi');
    await zh.getByRole('link', { name: 'Misfire in the rain' }).waitFor();
    await shot(zh, 'articles-kiosk-zh');
    expect(await barriers(zh)).toEqual([]);
    await zh.getByRole('link', { name: 'Misfire in the rain' }).click();
    await zh.getByRole('button', { name: '退回修改' }).waitFor();
    await shot(zh, 'article-review-kiosk-zh');
    expect(await barriers(zh)).toEqual([]);
    await zh.context().close();
  });

  it('takes a picture, says what it shows, and refuses what is none', { timeout: 120_000 }, async () => {
    const dialog = console.getByRole('dialog');
    // Dropped or pasted, a file is asked about before anything is sent.
    await bring(body(), 'paste', '%PDF-1.7');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await bring(body(), 'drop', '<svg onload="alert(1)"/>');
    await dialog.getByRole('textbox', { name: 'What it shows' }).fill('Nothing');
    await dialog.getByRole('button', { name: 'Add the picture' }).click();
    await dialog.getByText(/no PNG, JPEG or WebP/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    const large = await noise(console);
    expect(large.length).toBeGreaterThan(512 * 1024);
    const [chooser] = await Promise.all([console.waitForEvent('filechooser'), console.getByRole('button', { name: 'Picture…' }).click()]);
    await chooser.setFiles({ name: 'coil.png', mimeType: 'image/png', buffer: large });
    expect(await dialog.getByRole('button', { name: 'Add the picture' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: 'What it shows' }).fill('The coil of cylinder 1');
    // Whoever is led through the repair sees it there, too.
    await dialog.getByRole('combobox', { name: /step of a repair/ }).click();
    await dialog.getByRole('option', { name: /^1\. Ease off/ }).click();
    expect(await barriers(console)).toEqual([]);
    await shot(console, 'article-picture-desktop-en');
    await dialog.getByRole('button', { name: 'Add the picture' }).click();
    await until('it is in the text', async () =>
      /!\[The coil of cylinder 1\]\(sha256:[0-9a-f]{64} "misfire\/ease-off"\)/.test(await body().inputValue()),
    );
    await seen(console.getByRole('region', { name: 'Preview' }).getByRole('img', { name: 'The coil of cylinder 1' }));
    await save();
    await console.getByText('Saved').waitFor();
    await shot(console, 'article-pictured-desktop-en');
  });

  it('published reaches the edge, where the person at the machine can read it', { timeout: 120_000 }, async () => {
    // It is about one model, and that is the car here.
    await site.play('vehicle/misfire', { thing: 'car-1' });
    const { page: panel } = await openPage(browser, site.edge().panelLink(), { size: 'kiosk' });
    expect((await site.operator.raw('/v1/articles/misfire-in-rain?locale=en')).status).toBe(404);
    await console.getByRole('button', { name: 'Publish' }).click();
    await console.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await until('the edge has it', async () => (await site.operator.raw('/v1/articles/misfire-in-rain?locale=en')).ok);

    await panel.getByRole('textbox', { name: 'Message' }).fill('dry the coils misfire in the rain');
    await panel.keyboard.press('Enter');
    await panel.getByRole('button', { name: 'Misfire in the rain' }).first().click();
    await panel.getByRole('dialog').getByText('Mine: dry the coils with a cloth.').waitFor();
    const [, hash] = /sha256:([0-9a-f]{64})/.exec(
      (await site.technician.get('/v1/articles/misfire-in-rain/en')).body,
    ) as unknown as string[];
    const picture = await until('the picture is there', async () => {
      const answer = await site.operator.raw(`/v1/pictures/${hash}`);
      return answer.ok && answer;
    });
    expect(picture.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
    await site.stopHub();
    await panel.keyboard.press('Escape');
    await panel.getByRole('button', { name: 'Misfire in the rain' }).first().click();
    await seen(panel.getByRole('dialog').getByRole('img', { name: 'The coil of cylinder 1' }));
    await shot(panel, 'article-pictured-panel-en');
    await panel.keyboard.press('Escape');
    await panel.getByRole('textbox', { name: 'Message' }).fill('How do I fix it?');
    await panel.keyboard.press('Enter');
    const step = panel.getByRole('region', { name: /Deal with a misfire/ });
    await seen(step.getByRole('img', { name: 'The coil of cylinder 1' }));
    expect(await barriers(panel)).toEqual([]);
    await shot(panel, 'step-pictured-panel-en');
    await site.startHub();
    await panel.context().close();
  });

  it('withdrawn is gone from the edge', { timeout: 120_000 }, async () => {
    await console.getByRole('button', { name: 'Archive' }).click();
    await console.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
    await until('the edge forgot it', async () => (await site.operator.raw('/v1/articles/misfire-in-rain?locale=en')).status === 404);
  });
});

/** A file that says it is a PNG comes over a field by the mouse or from the clipboard. */
const bring = (field: Locator, by: 'drop' | 'paste', text: string) =>
  field.evaluate(
    (element, [by, text]) => {
      const carried = new DataTransfer();
      carried.items.add(new File([text], 'picture.png', { type: 'image/png' }));
      const how = { bubbles: true, cancelable: true };
      element.dispatchEvent(
        by === 'drop'
          ? new DragEvent('drop', { ...how, dataTransfer: carried })
          : new ClipboardEvent('paste', { ...how, clipboardData: carried }),
      );
    },
    [by, text] as const,
  );

/** A picture that was loaded and drawn, not only named. */
const seen = (picture: Locator) =>
  until('the picture is drawn', () => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0));

/** A PNG of noise, which is larger than the hub takes. */
const noise = async (page: Page): Promise<Buffer> =>
  Buffer.from(
    await page.evaluate(() => {
      const [width, height] = [640, 400];
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const dots = new ImageData(width, height);
      for (let i = 0; i < dots.data.length; i++) dots.data[i] = i % 4 === 3 ? 255 : 256 * Math.random();
      canvas.getContext('2d')?.putImageData(dots, 0, 0);
      return canvas.toDataURL('image/png').split(',')[1] as string;
    }),
    'base64',
  );

/** What of a read article is written back. */
function writable(article: Record<string, unknown>) {
  const { title, body, family, faults, tags, sources, version } = article;
  return { title, body, family, faults, tags, sources, version };
}

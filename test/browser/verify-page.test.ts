import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { createSite, type Site } from '../support/site.ts';

const root = resolve(import.meta.dirname, '../..');
const record = (name: string) => resolve(root, `record/vectors/records/${name}.jsonl`);

describe('the page that checks a record', () => {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    site = await createSite();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function verdictOf(page: Page, file: string): Promise<string> {
    await page.setInputFiles('#file', file);
    await page.waitForSelector('#verdict.good, #verdict.bad');
    return (await page.textContent('#verdict h2')) ?? '';
  }

  it.each([
    ['a disk', () => pathToFileURL(resolve(root, 'record/dist/verify.html')).href],
    ['an edge', () => `${site.edge().url}/verify.html`],
    ['a hub', () => `${site.hubUrl}/verify.html`],
  ])('works from %s, and says what is wrong and where', async (_, url) => {
    const { page, complaints } = await openPage(browser, url());
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    expect(await verdictOf(page, record('witnessed'))).toMatch(/^(Whole|完好)/);
    const colour = () => page.locator('#verdict h2').evaluate((title) => getComputedStyle(title).color);
    expect(await colour()).toBe('rgb(20, 105, 47)');
    expect(await verdictOf(page, record('conversation-old-key'))).toMatch(/^(Not to be trusted: line \d+|不可信：第 \d+ 行)/);
    expect(await page.locator('#entries li').count()).toBeGreaterThan(0);
    expect(await colour()).toBe('rgb(163, 22, 31)');
    // Nothing leaves the page.
    expect(asked.filter((one) => !one.startsWith('blob:'))).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is one file with nothing beside it', () => {
    expect(readFileSync(resolve(root, 'record/dist/verify.html'), 'utf8')).not.toMatch(/(src|href)="/);
  });
});

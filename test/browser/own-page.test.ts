import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { createSite, type Site } from '../support/site.ts';
import { barriers } from './barriers.ts';

/** The page of `docs/how-to/panel-on-your-page.md`, served by somebody else, with styles that would spoil anything they reach. */
const markup = /```html\n(.*?)```/s.exec(readFileSync(join(import.meta.dirname, '../../docs/how-to/panel-on-your-page.md'), 'utf8'))![1]!;
const spoiling = '* { color: rgb(255, 0, 0) !important; display: inline; font-size: 40px }';

describe('a maker’s own page with <wayside-panel> in it', () => {
  let site: Site;
  let browser: Browser;
  let shop: Server;
  let page: Page;
  let address: string;

  beforeAll(async () => {
    shop = createServer((_, response) => {
      const body = markup.replaceAll('http://edge.local:8080', site.edge().url).replace('boiler-1', 'car-1');
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><html lang="en"><title>Own page</title><style>${spoiling}</style><main><h1>My machine</h1>${body}</main></html>`,
      );
    });
    await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done));
    address = `http://localhost:${(shop.address() as AddressInfo).port}`;
    site = await createSite({ settings: { pages: [address] } });
    await site.play('vehicle/misfire', { thing: 'car-1' });
    browser = await launchBrowser();
    ({ page } = await openPage(browser, address));
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    shop.close();
  });
  const open = async (code: string) => {
    await page.getByRole('textbox', { name: 'Code or link from the edge' }).fill(code);
    await page.getByRole('button', { name: 'Open' }).click();
  };

  it('asks for a code, says so when it is no good, and shows with a good one what is wrong', async () => {
    await open('not-a-code');
    await page.getByText(/used before or has run out/).waitFor();
    await open(site.edge().panelLink());
    await page
      .getByRole('heading', { name: 'car-1' })
      .or(page.getByRole('heading', { name: /car/i }))
      .waitFor();
    await page
      .getByRole('list', { name: 'What is wrong' })
      .getByText(/misfire|ignition|spark/i)
      .first()
      .waitFor();
  });

  it('holds a conversation, tells the page of it, and is kept over a reload', async () => {
    await page.evaluate(() =>
      document.addEventListener('wayside-answer', (event) => ((window as any).heard = (event as CustomEvent).detail)),
    );
    await page.getByRole('textbox', { name: 'Ask about it' }).fill('Why did the warning light come on?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page
      .getByRole('log')
      .getByText(/drive gently/i)
      .waitFor();
    // What to do stands out, and what that rests on folds.
    await page
      .getByRole('log')
      .locator('strong')
      .getByText(/gently/i)
      .waitFor();
    const basis = page.getByRole('log').locator('details p');
    expect(await basis.isVisible()).toBe(false);
    await page.getByText('Why I say this').click();
    expect(await basis.textContent()).toMatch(/P0301/);
    expect(await page.evaluate(() => (window as any).heard)).toMatchObject({ rung: 'diagnosis', text: expect.stringMatching(/gently/i) });
    const taps = page.getByRole('group', { name: 'Answers to tap' }).getByRole('button');
    await taps.first().click();
    await page.getByRole('log').locator('[data-by=operator]').nth(1).waitFor();
    await page.getByRole('button', { name: 'Talk to a person' }).click();
    await page.getByText('A person was asked for.').waitFor();
    await page.reload();
    await page.getByRole('textbox', { name: 'Ask about it' }).waitFor();
  });

  it('says that the disk is full, which is not that nobody answers, and keeps what was written', async () => {
    const full = async (route: Route) =>
      route.fulfill({
        status: 507,
        headers: { 'access-control-allow-origin': address },
        contentType: 'application/problem+json',
        body: '{}',
      });
    await page.route('**/turns', full);
    const text = page.getByRole('textbox', { name: 'Ask about it' });
    await text.fill('And now?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page
      .getByRole('status')
      .getByText(/disk of the machine’s computer is full/)
      .waitFor();
    expect(await text.inputValue()).toBe('And now?');
    await page.unroute('**/turns', full);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('log').getByText('And now?').waitFor();
  });

  it('is not touched by the page’s styles, and has no barrier', async () => {
    const colour = await page.evaluate(
      () => getComputedStyle(document.querySelector('wayside-panel')!.shadowRoot!.querySelector('input')!).fontSize,
    );
    expect(colour).not.toBe('40px');
    expect(await barriers(page)).toEqual([]);
  });

  it('has a key that opens a conversation and nothing else, and none for a page the edge does not know', async () => {
    const key = await page.evaluate(() => Object.entries(localStorage).find(([name]) => name.startsWith('wayside-panel'))![1] as string);
    const ask = (path: string, origin: string, method = 'GET') =>
      fetch(new URL(path, site.edge().url), { method, headers: { authorization: `Bearer ${key}`, origin } }).then(({ status }) => status);
    expect(await ask('/v1/faults', address)).toBe(200);
    expect(await ask('/v1/faults', 'http://evil.example')).toBe(401);
    for (const path of ['/v1/devices', '/v1/people', '/v1/status', '/v1/sessions/s_1/export', '/metrics'])
      expect(await ask(path, address)).toBe(401);
    expect(await ask('/v1/auth/links', address, 'POST')).toBe(401);
    const stranger = await fetch(new URL('/v1/auth/page', site.edge().url), {
      method: 'POST',
      headers: { origin: 'http://evil.example', 'content-type': 'application/json' },
      body: JSON.stringify({ token: new URL(site.edge().panelLink()).hash.slice('#token='.length) }),
    });
    expect(stranger.status).toBe(403);
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('looks as it should', async () => {
    await page.screenshot({ path: join(site.folder, 'own-page.png') });
    if (process.env.PICTURES) await page.locator('wayside-panel').screenshot({ path: join(process.env.PICTURES, 'own-page.png') });
  });
});

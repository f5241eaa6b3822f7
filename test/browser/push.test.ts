import type { Browser, CDPSession, Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { signedIn } from './signed-in.ts';

/** What the browser was told to show, in its service worker. */
type Shown = { title: string; body: string; tag: string };

/**
 * A push message comes to the console's service worker as from a push service (Chrome DevTools Protocol, `ServiceWorker.deliverPushMessage`). A browser with
 * no screen lets nobody show notices nor bring a window to the front, and has no notice to click: what it is told to show is written down, and the click
 * comes as its event. All else is the browser's own: the worker, the message, the page that changes its address.
 */
describe('a push message in the browser', () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  let worker: Worker;
  let cdp: CDPSession;
  let registrationId: string;
  let id: string;
  const origin = () => new URL(site.hubUrl).origin;

  beforeAll(async () => {
    [site, browser] = await Promise.all([createSite(), launchBrowser()]);
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en' });
    ({ case: id } = await site.operator.post(`/v1/sessions/${session}/handoff`));
    await until('the case is at the hub', async () => (await site.technician.raw(`/v1/cases/${id}`)).ok);
    page = await signedIn(browser, site);
    cdp = await page.context().newCDPSession(page);
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      registrationId = registrations.at(-1)?.registrationId ?? registrationId;
    });
    await cdp.send('ServiceWorker.enable');
    const coming = page.context().waitForEvent('serviceworker');
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('push.js');
      await navigator.serviceWorker.ready;
    });
    worker = await coming;
    await worker.evaluate(() => {
      const scope = globalThis as any;
      scope.shown = [];
      scope.registration.showNotification = async (title: string, more: object) => void scope.shown.push({ title, ...more });
      scope.WindowClient.prototype.focus = async function () {
        return this;
      };
    });
    // From now on its pages are the worker's.
    await page.reload();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('is shown in the words that came, those of one case in one place', { timeout: 60_000 }, async () => {
    const deliver = (notice: object) =>
      cdp.send('ServiceWorker.deliverPushMessage', { origin: origin(), registrationId, data: JSON.stringify(notice) });
    await deliver({ title: '紧急工单', body: '制动失效', case: 'other' });
    await deliver({ title: 'Urgent case', body: 'Brakes lost', case: id });
    const shown = () => worker.evaluate(() => (globalThis as any).shown as Shown[]);
    await until('both are shown', async () => (await shown()).length === 2);
    expect(await shown()).toMatchObject([
      { title: '紧急工单', body: '制动失效', tag: 'other' },
      { title: 'Urgent case', body: 'Brakes lost', tag: id, requireInteraction: true },
    ]);
  });

  it('opens the case in the page that is there when it is clicked, and is gone', { timeout: 60_000 }, async () => {
    const click = (of: string | undefined) =>
      worker.evaluate((data) => {
        let closed = false;
        const notification = {
          data,
          close() {
            closed = true;
          },
        };
        const scope = globalThis as any;
        scope.dispatchEvent(Object.assign(new scope.ExtendableEvent('notificationclick'), { notification }));
        return closed;
      }, of);
    expect(await click(undefined), 'of a rollout').toBe(true);
    await until('the fleet is open', async () => page.url().endsWith('#/fleet'));
    expect(await click(id)).toBe(true);
    await until('the case is open', async () => page.url().endsWith(`#/cases/${id}`));
    await page
      .getByRole('button', { name: 'Resolve' })
      .or(page.getByRole('button', { name: 'Claim' }))
      .first()
      .waitFor();
    expect(page.context().pages()).toHaveLength(1);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { createSite, type Site } from '../support/site.ts';
import { journey } from './desk/journey.ts';

describe('two technicians and three edges', () => {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    [site, browser] = await Promise.all([createSite(), launchBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('what one case taught answers the next person at another machine (with a hub killed on PostgreSQL: npm run prove:desk)', {
    timeout: 240_000,
  }, async () => {
    const [plant, sister] = await Promise.all([site.addEdge('plant'), site.addEdge('sister')]);
    const place = ({ running, operator }: typeof plant) => ({ edge: () => running, operator });
    await journey({ browser, hubUrl: site.hubUrl, admin: site.technician, car: site, plant: place(plant), sister: place(sister) });
  });
});

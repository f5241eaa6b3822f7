import { join } from 'node:path';
import { bundleOf, packsRoot } from '@wayside/packs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackRow, RolloutList } from '../../cloud/hub/src/api/types.ts';
import { type Edge, fault, handoff, type Scenario, startScenario, thing } from '../../cloud/hub/src/scenario.ts';
import { launchBrowser, type PageOptions, shot } from '../support/browser.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

const many = 40;
const longName = 'workshop-with-a-rather-long-name-of-hamburg-and-surroundings';
const overhangs = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
/** Buttons whose words do not fit into them. */
const cutOff = (page: Page) =>
  page
    .locator('main button:visible, main a[class*=Button]:visible')
    .evaluateAll((all) =>
      all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).map(({ textContent }) => textContent),
    );

describe('a lead with a large fleet', () => {
  let site: Scenario;
  let browser: Browser;
  let edges: Edge[];
  const enter = (options: PageOptions = {}) => signedIn(browser, { hubUrl: site.url }, options, site.firstAdmin);

  beforeAll(async () => {
    [site, browser] = await Promise.all([startScenario(), launchBrowser()]);
    edges = await Promise.all([longName, ...Array.from({ length: many }, (_, n) => `site-${n + 10}`)].map((id) => site.edge(id)));
    for (const edge of edges.slice(1, 3)) {
      await edge.tell('thing', thing());
      await edge.tell('handoff', handoff(`c-${edge.id}`));
    }
    await (edges[3] as Edge).tell('thing', { ...thing('car-9'), title: 'Reefer lorry', model: 'Ateca' });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.end();
  });

  it('sees some edges at a time, finds the others by words, and no button is cut off on a phone', { timeout: 60_000 }, async () => {
    const page = await enter();
    await page.goto(`${site.url}/#/fleet`);
    const cards = page.getByRole('link', { name: 'Link and losses' });
    await expect.poll(() => cards.count()).toBe(30);
    await page.getByRole('button', { name: `Show the other ${many + 1 - 30}` }).click();
    await expect.poll(() => cards.count()).toBe(many + 1);
    await page.getByRole('searchbox').fill('reefer ateca');
    await expect.poll(() => cards.count()).toBe(1);
    await page.getByRole('searchbox').fill('nowhere');
    await page.getByText('No edge or machine has these words').waitFor();
    await page.getByRole('searchbox').fill('hamburg');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('heading', { name: longName }).waitFor();
    expect(await overhangs(page)).toBeLessThanOrEqual(1);
    expect(await cutOff(page)).toEqual([]);
    expect(await barriers(page)).toEqual([]);
    await shot(page, 'fleet-of-many-phone-en');
    await page.context().close();
  });

  it('reads why a rollout stopped by itself, who still has it, and what comes next', { timeout: 60_000 }, async () => {
    const { body: pack } = await site.as<PackRow>('POST', '/v1/packs', { files: await bundleOf(join(packsRoot, 'generic')) });
    const { family, version, fingerprint } = pack;
    const rules = { soakMinutes: 60, silentMinutes: 60 };
    const [one, two] = edges as [Edge, Edge];
    const what = { of: 'pack', family, version, fingerprint };
    await site.as('POST', '/v1/rollouts', { what, first: [one.id, two.id], share: 0.2, rules });
    const newest = async () => (await site.as<RolloutList>('GET', '/v1/rollouts')).body.rollouts[0]!;
    const { id } = await newest();
    const at = Date.now();
    await two.tell('edge', { at, startedAt: at, version: '1', tier: 'lite', packs: [], disk: { freeBytes: 1, state: 'ok' }, errors: 9 });
    await one.tell('took', { rollout: id, state: 'runs', at });
    await two.tell('took', { rollout: id, state: 'runs', at });
    await expect.poll(async () => (await newest()).state, { timeout: 20_000 }).toBe('stopped');
    const page = await enter();
    await page.goto(`${site.url}/#/fleet`);
    const card = page.getByRole('article', { name: /generic/i });
    await card.getByText('stopped; 2 edges still have it').waitFor();
    await card.getByText(`${two.id} has logged 9 errors since.`).waitFor();
    await card.getByText('correct it as a new version', { exact: false }).waitFor();
    // Of the others twenty of each ring, with how many there are.
    expect(await card.getByText('never got it').count()).toBe(28);
    await card.getByText(`${many + 1 - 2 - 8} edges`, { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await shot(page, 'rollout-stopped-en');
    await one.tell('took', { rollout: id, state: 'back', at });
    await two.tell('took', { rollout: id, state: 'back', at });
    await card.getByText('stopped, rolled back').waitFor();
    await page.context().close();
  });

  it('warns of a known issue as gravely as the fault was, and is told what is solved once', { timeout: 60_000 }, async () => {
    const page = await enter({ locale: 'zh-CN', size: 'kiosk', dark: true });
    await page.goto(`${site.url}/#/insight`);
    await page.getByRole('button', { name: '发布问题' }).first().click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('combobox', { name: '严重程度' }).inputValue()).toBe('警告');
    expect(await dialog.getByRole('combobox', { name: '能否继续使用' }).inputValue()).toMatch(/小心/);
    await dialog.getByLabel('该怎么做（英文）').fill('Drive gently.');
    await dialog.getByLabel('该怎么做（中文）').fill('请慢行。');
    await dialog.getByRole('button', { name: '告知所有边缘端' }).click();
    // What every edge was told stands in the fleet, where it is taken back or closed.
    await page.getByRole('button', { name: '发布已知问题' }).click();
    expect(await dialog.getByRole('combobox', { name: '能否继续使用' }).inputValue(), 'nobody says for them what is safe').toBe('');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '已解决…' }).click();
    await dialog.getByLabel(/如何解决的（英文）/).fill('A new coil.');
    await dialog.getByLabel(/如何解决的（中文）/).fill('换新线圈。');
    await dialog.getByRole('button', { name: '发布解决公告' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('已解决', { exact: true }).waitFor();
    await page.context().close();
  });

  it('the choice by edge or model goes under the head of the page as one scrolls, and many rows are asked for', {
    timeout: 60_000,
  }, async () => {
    for (const edge of edges) await edge.tell('fault', { ...fault(), state: 'active' });
    const page = await enter();
    await page.goto(`${site.url}/#/insight`);
    const rows = page.getByRole('region', { name: /Who needs most help/ }).getByRole('row');
    await page.getByRole('heading', { name: /Who needs most help/ }).waitFor();
    await page.setViewportSize({ width: 1280, height: 300 });
    const choice = page.getByRole('radiogroup', { name: 'By' });
    await choice.evaluate((it) => it.scrollIntoView({ block: 'start' }));
    const covered = await choice.evaluate((it) => {
      const { x, y, width, height } = it.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2)?.closest('header') !== null;
    });
    expect(covered).toBe(true);
    expect(await rows.count()).toBeLessThanOrEqual(11);
    await page.context().close();
  });
});

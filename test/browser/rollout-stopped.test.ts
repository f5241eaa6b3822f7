import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Edge, type Scenario, startScenario } from '../../cloud/hub/src/scenario.ts';
import { launchBrowser, shot } from '../support/browser.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

const account = (name: string) => ({ name, password: `${name} has a password` });

/** What a lead sees of a rollout over many edges, and that it tells them when it stops itself. */
describe('a rollout over many edges that stops itself', () => {
  let site: Scenario;
  let browser: Browser;
  const edges: Edge[] = [];

  beforeAll(async () => {
    [site, browser] = await Promise.all([startScenario(), launchBrowser()]);
    for (const [name, role] of [
      ['Ada', 'technician'],
      ['Ben', 'lead'],
    ] as const)
      await site.as('POST', '/v1/technicians', { ...account(name), role, languages: ['en', 'zh'] });
    for (let n = 10; n < 70; n++) edges.push(await site.edge(`depot-${n}`));
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await site?.end();
  });

  it('is begun by name among more than are shown, and says itself on every page of who may roll out', { timeout: 120_000 }, async () => {
    const ben = await signedIn(browser, { hubUrl: site.url }, { size: 'kiosk' }, account('Ben'));
    const ada = await signedIn(browser, { hubUrl: site.url }, {}, account('Ada'));
    await ben.goto(`${site.url}/#/fleet`);
    await ben.getByRole('button', { name: 'Roll out…' }).click();
    const dialog = ben.getByRole('dialog');
    await dialog.getByText('No edge is online now.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Begin' }).isDisabled()).toBe(true);
    const first = dialog.getByRole('combobox', { name: 'First' });
    await first.click();
    await dialog.getByText('50 of 60 are shown').waitFor();
    await first.fill('nowhere');
    await ben.getByText('No edge or machine has these words').waitFor();
    await first.fill('depot-69');
    await ben.getByRole('option', { name: 'depot-69' }).click();
    await dialog.getByText('Offline now: depot-69.').waitFor();
    await dialog.getByRole('combobox', { name: 'What' }).fill('none such');
    await ben.getByText('Nothing is named so.').waitFor();
    await dialog.getByRole('combobox', { name: 'What' }).fill('lite');
    await ben.getByRole('option', { name: /No language model/ }).click();
    await shot(ben, 'rollout-many-new-en');
    expect(await barriers(ben)).toEqual([]);
    await dialog.getByRole('button', { name: 'Begin', exact: true }).click();
    const card = ben.getByRole('article', { name: 'No language model' });
    await card.getByText('1 edge, 1 on the way').waitFor();
    await card.getByRole('button', { name: 'Show all 47' }).click();
    const list = card.getByRole('list', { name: 'All' });
    await expect.poll(() => list.getByRole('listitem').count()).toBe(47);
    const some = ((await list.getByRole('listitem').first().textContent()) ?? '').slice(0, 'depot-10'.length);
    await card.getByRole('searchbox', { name: 'Find an edge' }).fill(some);
    await expect.poll(() => list.getByRole('listitem').count()).toBe(1);
    expect(await barriers(ben)).toEqual([]);

    await ben.goto(`${site.url}/#/queue`);
    const { rollouts } = (await site.as<{ rollouts: { id: string }[] }>('GET', '/v1/rollouts')).body;
    await edges.at(-1)?.tell('took', { rollout: rollouts[0]?.id, state: 'refused', problem: 'no room left', at: Date.now() });
    const notice = ben.getByRole('status').filter({ hasText: 'stopped itself' });
    await notice.getByText('depot-69 refused it: no room left').waitFor();
    await shot(ben, 'rollout-notice-en');
    expect(await barriers(ben)).toEqual([]);
    await ada.goto(`${site.url}/#/fleet`);
    await ada.getByText('stopped, rolled back').waitFor();
    expect(await ada.getByText('stopped itself').count()).toBe(0);
    await notice.getByRole('link', { name: 'Look at it' }).click();
    await ben.getByRole('article', { name: 'No language model' }).getByText('depot-69 refused it').waitFor();
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await notice.waitFor({ state: 'detached' });
    await ben.reload();
    await ben.getByRole('article', { name: 'No language model' }).waitFor();
    expect(await notice.count()).toBe(0);
  });

  it('says so in Chinese, in the dark and on a phone', { timeout: 60_000 }, async () => {
    const look = { size: 'phone', locale: 'zh-CN', dark: true } as const;
    const ben = await signedIn(browser, { hubUrl: site.url }, look, account('Ben'));
    await ben.getByText('不用语言模型 的发布已自行停止并撤回。').waitFor();
    await ben.getByText('depot-69 拒绝了它：no room left').waitFor();
    await shot(ben, 'rollout-notice-zh');
    expect(await barriers(ben)).toEqual([]);
    expect(await ben.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});

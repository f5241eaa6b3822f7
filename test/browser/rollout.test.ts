import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packsRoot } from '@wayside/packs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, shot } from '../support/browser.ts';
import { type Client, createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

/** A lead brings a new pack to two edges from the fleet page, and takes the next one back. */
describe('a pack that is rolled out', () => {
  let folder: string;
  let site: Site;
  let second: Client;
  let browser: Browser;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-packs-'));
    const packs = join(folder, 'shipped');
    for (const family of ['core', 'generic']) await cp(join(packsRoot, family), join(packs, family), { recursive: true });
    [site, browser] = await Promise.all([createSite({ packs }), launchBrowser()]);
    second = (await site.addEdge('edge-two', { packs })).operator;
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function newPack(version: string): Promise<string> {
    const dir = join(folder, `generic-${version}`);
    await cp(join(packsRoot, 'generic'), dir, { recursive: true });
    const head = await readFile(join(dir, 'pack.yaml'), 'utf8');
    await writeFile(join(dir, 'pack.yaml'), head.replace(/^version: .*$/m, `version: ${version}`));
    return dir;
  }
  const runs = async (edge: Client) => (await edge.get('/v1/status')).packs.find(({ family }: any) => family === 'generic').version;
  const showsEverywhere = (edges: Client[], version: string) =>
    until(`${version} runs`, async () => (await Promise.all(edges.map(runs))).every((is) => is === version), 60_000);

  async function rollOut(page: Page, version: string, minutes: string, zh: boolean): Promise<void> {
    await page.getByRole('button', { name: zh ? '发布…' : 'Roll out…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input[type=file]').setInputFiles(await newPack(version));
    await until('the pack is chosen', async () => (await dialog.getByRole('combobox').first().inputValue()).includes(version));
    await dialog.getByLabel(zh ? '每批观察（分钟）' : 'Minutes in each ring').fill(minutes);
    await shot(page, `rollout-new-${zh ? 'zh' : 'en'}`);
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: zh ? '开始' : 'Begin', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  it('reaches first one edge, then the other, and each runs it without anybody going there', { timeout: 180_000 }, async () => {
    const page = await signedIn(browser, site);
    await page.goto(`${site.hubUrl}/#/fleet`);
    await rollOut(page, '9.0.0', '0', false);
    await showsEverywhere([site.operator, second], '9.0.0');
    const card = page.getByRole('article', { name: 'Device 9.0.0' });
    await card.getByText('done').waitFor();
    expect(await card.getByText('running', { exact: true }).count()).toBe(2);
    await page
      .getByText(/Packs: .*Device 9\.0\.0/)
      .first()
      .waitFor();
    await shot(page, 'rollout-done-en');
    expect(await barriers(page)).toEqual([]);
  });

  it('is taken back where it runs, and never reaches the others', { timeout: 180_000 }, async () => {
    const page = await signedIn(browser, site, { locale: 'zh-CN', dark: true });
    await page.goto(`${site.hubUrl}/#/fleet`);
    await rollOut(page, '9.1.0', '60', true);
    const card = page.getByRole('article', { name: '普通设备 9.1.0' });
    await card.getByText('已启用 ·').waitFor({ timeout: 60_000 });
    await shot(page, 'rollout-going-zh');
    await card.getByRole('button', { name: '停止并撤回…' }).click();
    await page.getByRole('dialog').getByText('已收到的边缘端会退回原来的版本').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '停止并撤回', exact: true }).click();
    await card.getByText('已停止并撤回').waitFor();
    await card.getByText('已退回', { exact: true }).waitFor({ timeout: 60_000 });
    await showsEverywhere([site.operator, second], '9.0.0');
    expect(await barriers(page)).toEqual([]);
  });
});

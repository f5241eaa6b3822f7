import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handoff, type Scenario, startScenario, turn } from '../../cloud/hub/src/scenario.ts';
import { launchBrowser, shot } from '../support/browser.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

/** A model that knows these sentences. */
const said: Record<string, string> = {
  '发动机一直抖，P0301。': 'The engine keeps shaking, P0301.',
  'Drive for 5 minutes at most.': '最多开 5 分钟。',
};
const model = createServer((request, response) => {
  let body = '';
  request.on('data', (piece) => {
    body += piece;
  });
  request.on('end', () => {
    const text = said[JSON.parse(body).messages.at(-1).content] ?? 'Something with 7 in it.';
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`data: ${JSON.stringify({ choices: [{ delta: { content: JSON.stringify({ text }) } }] })}\n\n`);
  });
});

describe('an admin at the desk', () => {
  let site: Scenario;
  let browser: Browser;
  const enter = (options: object = {}) => signedIn(browser, { hubUrl: site.url }, options, site.firstAdmin);

  beforeAll(async () => {
    await new Promise<void>((done) => model.listen(0, '127.0.0.1', done));
    const assistUrl = `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`;
    [site, browser] = await Promise.all([startScenario({ assistUrl, assistModel: 'tiny' }), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.end();
    model.close();
    model.closeAllConnections();
  });

  it('asks somebody in, gives them a role, and lets them in no more, by keyboard alone', async () => {
    const page = await enter();
    await page.goto(`${site.url}/#/technicians`);
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    // A dialog takes the focus a moment after it is seen, and gives it back a moment after it is gone; before that, Enter would go elsewhere.
    const open = async (name: string) => {
      await press(name);
      await page.getByRole('dialog').locator(':focus').waitFor();
    };
    const closed = () => page.getByRole('button', { name: /…/ }).and(page.locator(':focus')).waitFor();
    await open('Invite…');
    await page.keyboard.type('Bo');
    await page.keyboard.press('Enter');
    const link = await page.getByRole('textbox', { name: 'Link; give it to nobody else' }).inputValue();
    expect(link).toMatch(/#once=once_/);
    await shot(page, 'technicians-invite-en');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await closed();
    await open('Edit…: Bo');
    await page.getByRole('combobox', { name: 'Role' }).selectOption('lead');
    await page.getByRole('checkbox', { name: '中文' }).check();
    await shot(page, 'technicians-edit-en');
    await press('Save');
    const bo = page.getByRole('listitem').filter({ hasText: 'Bo' });
    await closed();
    await bo.getByText('lead').waitFor();
    await shot(page, 'technicians-en');
    expect(await barriers(page)).toEqual([]);
    await open('Block…: Bo');
    await press('Block');
    await bo.getByText('blocked', { exact: true }).waitFor();
    const none = await fetch(new URL('/v1/auth/once', site.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: link.split('=')[1] }),
    });
    expect(none.status, 'the link is good no more').toBe(401);
  });

  it('reads what is said in another language beside the original, and answers in it', async () => {
    const edge = await site.edge('e1');
    const session = 'session-of-c1';
    const transcript = [turn('t1', session, 'operator', '发动机一直抖，P0301。'), turn('t2', session, 'operator', '已经三天了。')];
    await edge.tell('handoff', handoff('c1', { locale: 'zh', transcript }));
    const page: Page = await enter();
    await page.goto(`${site.url}/#/cases/c1`);
    await page.getByRole('button', { name: 'Translate the conversation' }).click();
    await page.getByText('The engine keeps shaking, P0301.').waitFor();
    await page.getByText('发动机一直抖，P0301。').first().waitFor();
    await page.getByText('Translated by a machine (tiny); the original counts').waitFor();
    await page.getByText('There is a translation, but it is not shown: the number').waitFor();
    const reply = page.getByRole('textbox', { name: 'Reply' });
    await reply.fill('Drive for 5 minutes at most.');
    await page.getByRole('button', { name: 'Translate into Chinese' }).click();
    await page.getByRole('button', { name: 'Put it into the reply' }).click();
    await expect.poll(() => reply.inputValue()).toBe('最多开 5 分钟。');
    await shot(page, 'translation-en');
    expect(await barriers(page)).toEqual([]);
    expect(
      (await edge.down()).envelopes.filter(({ kind }) => kind === 'reply'),
      'nothing is sent by itself',
    ).toEqual([]);
  });

  it('reads both in Chinese, and is told where a desk elsewhere sends its answers', async () => {
    const added = await site.as<{ id: string }>('POST', '/v1/technicians', { name: 'Mai', password: 'Mai has a password' });
    await site.as('POST', `/v1/technicians/${added.body.id}/leave`);
    const page = await enter({ locale: 'zh-CN', dark: true });
    await page.goto(`${site.url}/#/technicians`);
    await page.getByRole('button', { name: '恢复…: Mai' }).waitFor();
    await shot(page, 'technicians-zh');
    await page.goto(`${site.url}/#/hooks`);
    await page.getByRole('button', { name: '添加通知…' }).click();
    await page.getByRole('radio', { name: /Chatwoot/ }).check();
    await page.getByRole('textbox', { name: '地址' }).fill('https://chat.example.com/public/api/v1/inboxes/x');
    await page.getByRole('button', { name: '开始通知' }).click();
    await page.getByText(/\/v1\/bridges\/chatwoot\/hook_\w+\?key=desk_/).waitFor();
    await shot(page, 'hooks-chatwoot-zh');
    expect(await barriers(page)).toEqual([]);
  });
});

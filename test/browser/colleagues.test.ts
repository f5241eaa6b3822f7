import { packsRoot } from '@wayside/packs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handoff, type Scenario, startScenario } from '../../cloud/hub/src/scenario.ts';
import { launchBrowser, type PageOptions, shot } from '../support/browser.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

describe('colleagues at the desk', () => {
  let site: Scenario;
  let browser: Browser;
  const account = (name: string) => ({ name, password: `${name} has a password` });
  const enter = (name: string, options: PageOptions = {}) => signedIn(browser, { hubUrl: site.url }, options, account(name));
  const act = async (page: Page, name: string) => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name }).click();
  };

  beforeAll(async () => {
    [site, browser] = await Promise.all([startScenario({ packsRoot }), launchBrowser()]);
    for (const name of ['Ada', 'Ben']) await site.as('POST', '/v1/technicians', { ...account(name), languages: ['en', 'zh'] });
    const edge = await site.edge('e1');
    for (const [id, en] of [
      ['c1', 'It shakes when cold'],
      ['c2', 'It smells of petrol'],
      ['c3', 'It defrosts all the time'],
      ['c4', 'It hums'],
      ['c5', 'It rattles'],
      ['c6', 'It drips'],
      ['c7', 'It howls'],
    ] as const)
      await edge.tell('handoff', handoff(id, { summary: { en, zh: en } }));
    await (await site.edge('e2')).tell('handoff', handoff('c8'));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await site?.end();
  });

  it('one who declines is heard of by who asked', { timeout: 60_000 }, async () => {
    const ada = await enter('Ada');
    const ben = await enter('Ben');
    await ada.goto(`${site.url}/#/cases/c1`);
    await ada.getByRole('button', { name: 'Claim' }).click();
    await ada.getByRole('button', { name: 'Claim' }).waitFor({ state: 'detached' });
    await act(ada, 'Ask a colleague');
    await ada.getByRole('dialog').getByRole('combobox', { name: 'Colleague' }).click();
    await ada.getByRole('option', { name: /Ben/ }).click();
    await ada.getByRole('dialog').getByRole('button', { name: 'Ask', exact: true }).click();
    await ben.goto(`${site.url}/#/cases/c1`);
    await ben.getByRole('button', { name: 'Decline' }).click();
    await ada.getByText('Ben declined. The case is still yours', { exact: false }).waitFor();
    expect(await barriers(ada)).toEqual([]);
    await ben.context().close();

    // Two cases of one fault are told apart by what was said of them.
    await act(ada, 'Merge with another case');
    await ada.getByRole('dialog').getByText('It smells of petrol').click();
    expect(await barriers(ada)).toEqual([]);
    await ada.getByRole('dialog').getByRole('button', { name: 'Merge' }).click();
    // Where one comes to lie the other is named, and may be taken out again.
    const held = ada.getByRole('note').filter({ hasText: 'Merged into this case' });
    await held.waitFor();
    expect(await barriers(ada)).toEqual([]);
    await shot(ada, 'merged-en');
    await held.getByRole('button', { name: 'Not the same' }).click();
    await held.waitFor({ state: 'detached' });
    await ada.context().close();
  });

  it('what one was writing when a colleague took the case is not gone', { timeout: 60_000 }, async () => {
    const ada = await enter('Ada');
    await ada.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await ada.goto(`${site.url}/#/cases/c8`);
    await ada.getByRole('textbox', { name: 'Reply' }).fill('Stop at the next workshop.');
    expect((await site.as('POST', '/v1/cases/c8/claim')).body).toMatchObject({ state: 'claimed' });
    await ada.getByText(/has this case/).waitFor();
    const unsent = ada.getByRole('textbox', { name: 'You were writing this' });
    expect(await unsent.inputValue()).toBe('Stop at the next workshop.');
    expect(await barriers(ada)).toEqual([]);
    await shot(ada, 'unsent-en');
    await ada.getByRole('button', { name: 'Copy it' }).click();
    expect(await ada.evaluate(() => navigator.clipboard.readText())).toBe('Stop at the next workshop.');
    await ada.getByRole('button', { name: 'Throw it away' }).click();
    await unsent.waitFor({ state: 'detached' });
    await ada.context().close();
  });

  it.each([
    ['en', 'c3', ['Ask a colleague or a team', 'Whoever knows it', 'Needs to know', 'Hand over']],
    ['zh', 'c4', ['请同事或团队协助', '懂这方面的人', '需要懂', '转交']],
  ] as const)(
    'a case goes to whoever knows it, by keyboard, taken back, and taken once the note is read, in %s',
    { timeout: 90_000 },
    async (locale, id, words) => {
      const zh = locale === 'zh';
      const skill = { en: 'Refrigerant circuits (certified)', zh: '制冷剂回路（持证人员）' };
      const w = (en: string, inZh: string) => (zh ? inZh : en);
      const [menu, way, field, button] = words;
      const options = zh ? ({ locale: 'zh-CN', size: 'phone', dark: true } as const) : {};
      const ada = await enter('Ada', options);
      const ben = await enter('Ben', options);
      await ada.goto(`${site.url}/#/cases/${id}`);
      await ada.getByRole('button', { name: w('Claim', '接手') }).click();
      const open = async () => {
        await ada.getByRole('button', { name: w('More', '更多操作'), exact: true }).click();
        await ada.getByRole('menuitem', { name: menu }).click();
      };
      const dialog = ada.getByRole('dialog');
      await open();
      await dialog.getByText(way).click();
      await dialog.getByRole('combobox', { name: field }).fill(skill[locale].slice(0, 3));
      await ada.getByRole('option', { name: skill[locale] }).waitFor();
      await ada.keyboard.press('ArrowDown');
      await ada.keyboard.press('Enter');
      await dialog.getByText(w('can do this', '位同事符合条件')).waitFor();
      await dialog.getByRole('textbox', { name: w('What they need to know', '对方需要知道的') }).fill('Sensor −40');
      await shot(ada, `hand-on-${locale}`);
      expect(await barriers(ada)).toEqual([]);
      await dialog.getByRole('button', { name: button, exact: true }).press('Enter');
      await ada.getByRole('button', { name: w('Take it back', '收回') }).click();
      await ada.getByText(w('You took it back', '您收回了')).waitFor();
      await open();
      await dialog.getByText(way).click();
      await dialog.getByRole('textbox', { name: w('What they need to know', '对方需要知道的') }).fill('Sensor −40');
      await dialog.getByRole('button', { name: button, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await ben.goto(`${site.url}/#/cases/${id}`);
      const note = ben.getByRole('region', { name: w('Ada handed this over', 'Ada 把工单转交给') });
      await note.getByText('Sensor −40').waitFor();
      await shot(ben, `hand-on-note-${locale}`);
      expect(await barriers(ben)).toEqual([]);
      await note.getByRole('button', { name: w('I have read it; take it', '已读，由我接手') }).click();
      await note.waitFor({ state: 'detached' });
      await ben.getByRole('log').getByText(w('You took it', '您接手了'), { exact: false }).waitFor();
      await ada.getByText(w('Ben took it', 'Ben 接手了')).waitFor();
      await shot(ada, `hand-on-taken-${locale}`);
      await Promise.all([ada.context().close(), ben.context().close()]);
    },
  );

  it.each([
    ['en', 'c5'],
    ['zh', 'c6'],
  ] as const)(
    'two who have a case open see each other, and that one writes; who is slower reads the other’s answer first, in %s',
    { timeout: 90_000 },
    async (locale, id) => {
      const zh = locale === 'zh';
      const w = (en: string, inZh: string) => (zh ? inZh : en);
      const options = zh ? ({ locale: 'zh-CN', size: 'phone', dark: true } as const) : {};
      const ada = await enter('Ada', options);
      const ben = await enter('Ben', options);
      const post = (page: Page, path: string, body: object = {}) =>
        page.evaluate(
          async ([to, text]) => {
            const headers = { 'content-type': 'application/json' };
            const response = await fetch(to, { method: 'POST', headers, body: text });
            return (await response.json()) as { briefings: { id: string }[] };
          },
          [`v1/${path}`, JSON.stringify(body)] as const,
        );
      const to = (await site.as<{ technicians: { id: string; name: string }[] }>('GET', '/v1/technicians')).body.technicians.find(
        ({ name }) => name === 'Ben',
      )?.id;
      await post(ada, `cases/${id}/claim`);
      const { briefings } = await post(ada, `cases/${id}/briefings`, { to, wants: 'help', text: 'Please look at the sensor.' });
      const briefing = briefings[0]?.id as string;
      await post(ben, `briefings/${briefing}/seen`);
      await post(ben, `briefings/${briefing}/accept`);
      for (const page of [ada, ben]) await page.goto(`${site.url}/#/cases/${id}`);
      await ada.getByText(w('Ben has this case open too', 'Ben 也打开了这个工单')).waitFor();
      await ben.getByText(w('Ada has this case open too', 'Ada 也打开了这个工单')).waitFor();
      const field = (page: Page) => page.getByRole('textbox', { name: w('Reply', '回复'), exact: true });
      const send = (page: Page) => page.getByRole('button', { name: w('Send reply', '发送回复') });
      await field(ben).fill('Is the valve open?');
      await ada.getByText(w('Ben is writing', 'Ben 正在输入')).waitFor();
      await shot(ada, `others-writing-${locale}`);
      expect(await barriers(ada)).toEqual([]);
      await field(ada).fill('Please close the valve.');
      await send(ada).click();
      const warning = ben.getByRole('alert').filter({ hasText: w('Ada answered while you were writing', 'Ada 已经回复了') });
      await warning.waitFor();
      expect(await send(ben).isDisabled()).toBe(true);
      await field(ben).press('Control+Enter');
      await shot(ben, `others-answered-${locale}`);
      expect(await barriers(ben)).toEqual([]);
      await ben.getByRole('button', { name: w('I have read it', '我已读过') }).click();
      await warning.waitFor({ state: 'detached' });
      await send(ben).click();
      await expect.poll(() => field(ben).inputValue()).toBe('');
      const { turns } = (await site.as<{ turns: { by: string; text: string }[] }>('GET', `/v1/cases/${id}`)).body;
      expect(turns.filter(({ by }) => by === 'technician').map(({ text }) => text)).toEqual([
        'Please close the valve.',
        'Is the valve open?',
      ]);
      await ben.goto(`${site.url}/#/queue`);
      await ada.getByText(w('Ben has this case open too', 'Ben 也打开了这个工单')).waitFor({ state: 'detached' });
      await Promise.all([ada.context().close(), ben.context().close()]);
    },
  );

  it('a case that is not here is said in their language, with the way back, and not to be tried again', { timeout: 60_000 }, async () => {
    const ben = await enter('Ben', { locale: 'zh-CN', size: 'phone' });
    await ben.goto(`${site.url}/#/cases/gone`);
    await ben.getByRole('alert').getByText('该内容已不存在', { exact: false }).waitFor();
    expect(await ben.getByRole('button', { name: '重试' }).count()).toBe(0);
    await ben.goto(`${site.url}/#/hooks`);
    await ben.getByRole('alert').getByText('您没有权限这样做', { exact: false }).waitFor();
    expect(await ben.getByRole('button', { name: '添加通知…' }).count()).toBe(0);
    await ben.goto(`${site.url}/#/cases/gone`);
    await ben.getByRole('link', { name: '回到队列' }).click();
    await ben.getByText('It smells of petrol').waitFor();
    await ben.context().close();
  });
});

import { rm } from 'node:fs/promises';
import { type Run, runScenario } from '@wayside/simulators';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boilerPacks, cloggedBoiler } from '../support/boiler.ts';
import { launchBrowser, openPage, shot } from '../support/browser.ts';
import { client, createSite, type Site, until } from '../support/site.ts';
import { barriers } from './barriers.ts';
import { signedIn } from './signed-in.ts';

/** A technician looks at the machine live: both screens, from beginning to end, and what is kept of it at both ends. */
describe('a visit', () => {
  let packs: string;
  let site: Site;
  let boiler: Run;
  let browser: Browser;
  let desk: Page;
  let panel: Page;
  let session: string;
  let caseId: string;

  const visits = async () => (await site.technician.get(`/v1/cases/${caseId}`)).visits;
  const over = (why: string, count: number) =>
    until(`the visit is over: ${why}`, async () => {
      const all = await visits();
      return all.length === count && all[0].why === why && (await site.operator.get('/v1/visits')).visits.length === 0;
    });

  beforeAll(async () => {
    packs = await boilerPacks();
    [site, browser] = await Promise.all([createSite({ packs }), launchBrowser()]);
    const { mqttPort, mqtt } = site.edge();
    boiler = runScenario({ scenario: cloggedBoiler(true), actions: ['flush', 'lamp'], url: `mqtt://127.0.0.1:${mqttPort}`, ...mqtt });
    await boiler.start();
    await until('the fault', async () => (await site.operator.get('/v1/faults')).faults.length === 1);
    panel = (await openPage(browser, site.edge().panelLink(), { size: 'kiosk', locale: 'zh-CN' })).page;
    await panel.getByRole('textbox', { name: '消息' }).fill('我要找人');
    await panel.getByRole('button', { name: '发送' }).click();
    const { cases } = await until<any>('the case', async () => {
      const list = await site.technician.get('/v1/cases');
      return list.cases.length > 0 && list;
    });
    caseId = cases[0].id;
    session = (await site.technician.get(`/v1/cases/${caseId}`)).handoff.session;
    desk = await signedIn(browser, site);
    await desk.goto(`${site.hubUrl}/#/cases/${caseId}`);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await boiler?.stop();
    await site?.close();
    await rm(packs, { recursive: true, force: true });
  });

  it('begins on both screens, shows what is measured now, and is said in the conversation', { timeout: 120_000 }, async () => {
    await desk.getByRole('button', { name: 'Look at the machine live' }).click();
    await desk.getByText('The person sees that you look.').waitFor();
    const flow = desk.locator('[data-signal="flow"]').first();
    await flow.waitFor();
    await panel.getByText(/正在查看实时数据：Boiler/).waitFor();
    await panel
      .getByText(/您可以随时停止/)
      .first()
      .waitFor();
    await shot(desk, 'visit-console-en');
    await shot(panel, 'visit-panel-zh');
    expect(await barriers(desk)).toEqual([]);
    expect(await barriers(panel)).toEqual([]);
  });

  it('a command is asked for, agreed to at the machine, carried out and read back', { timeout: 120_000 }, async () => {
    await desk.getByRole('button', { name: 'Ask for a command…' }).click();
    await desk.getByRole('radio', { name: /Flush the filter/ }).check();
    await shot(desk, 'visit-ask-en');
    expect(await barriers(desk)).toEqual([]);
    await desk.getByRole('button', { name: 'Ask the person' }).click();
    await panel.getByText(/请求执行：/).waitFor();
    expect((await site.technician.get(`/v1/cases/${caseId}`)).commands).toMatchObject([{ report: { state: 'proposed' } }]);
    await panel.getByRole('button', { name: '执行', exact: true }).click();
    await desk.getByText(/the signal shows it/).waitFor();
    const [{ report }] = (await site.technician.get(`/v1/cases/${caseId}`)).commands;
    expect(report).toMatchObject({ state: 'confirmed', origin: { kind: 'technician' } });
  });

  it('is ended by the button at the machine, and is not begun again at once', { timeout: 120_000 }, async () => {
    await panel.getByRole('button', { name: '停止' }).click();
    await desk.getByText('Ended by the person at the machine.').waitFor();
    await over('stopped', 1);
    await desk.getByRole('button', { name: 'Look at the machine live' }).click();
    await over('refused', 2);
    await desk.getByText(/The edge did not let you in/).waitFor();
    const file = await (await site.operator.raw(`/v1/sessions/${session}/export`)).text();
    expect(file.match(/"state":"(began|over)"/g)).toEqual(['"state":"began"', '"state":"over"', '"state":"over"']);
  });

  it('ends when the page is closed, when the case is resolved, and takes nothing that is not a frame', { timeout: 120_000 }, async () => {
    // Another conversation: there nobody was shown out.
    const made = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'boiler-1' });
    ({ case: caseId } = await site.operator.post(`/v1/sessions/${made.session}/handoff`));
    await until('the case', async () => (await site.technician.raw(`/v1/cases/${caseId}`)).ok);
    const other = await signedIn(browser, site, { locale: 'zh-CN', dark: true });
    await other.goto(`${site.hubUrl}/#/cases/${caseId}`);
    const live = other.waitForResponse((response) => response.url().endsWith('/visit') && response.request().method() === 'GET');
    await other.getByRole('button', { name: '实时查看设备' }).click();
    await live;
    await other.locator('[data-signal="flow"]').first().waitFor();
    await shot(other, 'visit-console-zh');
    await other.context().close();
    await over('left', 1);

    await site.technician.post(`/v1/cases/${caseId}/visit`);
    await until('it began', async () => (await visits())[0].beganAt !== null);
    await site.technician.post(`/v1/cases/${caseId}/resolve`, { text: 'Flushed.', draft: false });
    await over('left', 2);
    expect((await site.technician.raw(`/v1/cases/${caseId}/visit`, { method: 'POST' })).status).toBe(409);

    expect((await site.technician.raw(`/v1/cases/${caseId}/commands`, { method: 'POST', body: '{"action":"../x"}' })).status).toBe(400);
    const stranger = client(
      () => site.hubUrl,
      () => 'nobody',
    );
    expect((await stranger.raw('/v1/sync/live', { method: 'POST', body: '{}' })).status).toBe(401);
    expect((await site.operator.raw('/v1/visits/none/stop', { method: 'POST' })).status).toBe(404);
  });
});

import type { Run } from '@wayside/simulators';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { createSite, type Site, until } from '../support/site.ts';
import { misfiringCar } from './live-thing.ts';
import { createWire, type Wire } from './wire.ts';

describe('a panel whose edge or hub is away', () => {
  let site: Site;
  let car: Run;
  let browser: Browser;
  let wire: Wire;
  let panel: Page;

  const say = async (text: string) => {
    await panel.getByRole('textbox', { name: 'Message' }).fill(text);
    await panel.keyboard.press('Enter');
  };
  /** What the person said, as the edge has it. */
  const heard = async (): Promise<string[]> => {
    const kept = await panel.evaluate(() => localStorage.getItem('wayside.conversation.car-1'));
    const { session } = JSON.parse(kept ?? '{}') as { session?: string };
    if (!session) return [];
    const { turns } = await site.operator.get<{ turns: { by: string; text: string }[] }>(`/v1/sessions/${session}`);
    return turns.filter((turn) => turn.by === 'operator').map((turn) => turn.text);
  };

  beforeAll(async () => {
    site = await createSite({ hub: false });
    [browser, car] = await Promise.all([launchBrowser(), misfiringCar(site)]);
    wire = await createWire(site.edge().url);
    const link = new URL(site.edge().panelLink());
    link.port = new URL(wire.url).port;
    ({ page: panel } = await openPage(browser, link.href, { size: 'kiosk' }));
  });
  afterAll(async () => {
    await browser?.close();
    await wire?.cut();
    await car?.stop();
    await site?.close();
  });

  it('what was sent while the edge was away is said to be kept, survives a reload, and goes out once', async () => {
    await panel.getByText('Go gently').first().waitFor();
    await wire.cut();
    await say('Why did the warning light come on?');
    await panel.getByText('Kept here. It goes out as soon as the machine answers.').waitFor();
    await panel.getByRole('alert').getByText('The machine’s own computer does not answer.').waitFor();
    await panel.getByText('Not heard from').first().waitFor();
    expect(await heard()).toEqual([]);

    await wire.mend();
    await panel.reload();
    await panel.getByRole('article', { name: 'Wayside' }).getByText(/P0301/).first().waitFor();
    expect(await heard()).toEqual(['Why did the warning light come on?']);
  });

  it('what arrived though its answer was lost is answered once, not asked twice', async () => {
    wire.deafen();
    await say('What is the coolant temperature?');
    await until('the edge heard it', async () => (await heard()).length === 2);
    await wire.cut();
    await wire.mend();
    await panel
      .getByText(/Coolant temperature/)
      .first()
      .waitFor();
    await until('the panel is done', () =>
      panel
        .getByRole('article', { name: 'You' })
        .last()
        .getAttribute('data-pending')
        .then((p) => p !== 'true'),
    );
    expect(await heard()).toEqual(['Why did the warning light come on?', 'What is the coolant temperature?']);
    expect(await panel.getByRole('article', { name: 'You' }).count()).toBe(2);
  });

  it('text not yet sent stays in the box while the edge goes and comes back', async () => {
    await panel.getByRole('textbox', { name: 'Message' }).fill('The engine shakes when I');
    await wire.cut();
    await panel.getByRole('alert').getByText('The machine’s own computer does not answer.').waitFor();
    await wire.mend();
    await panel.getByRole('button', { name: 'Try now' }).click();
    await panel.getByRole('alert').getByText('The machine’s own computer does not answer.').waitFor({ state: 'detached' });
    expect(await panel.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('The engine shakes when I');
    await panel.getByRole('textbox', { name: 'Message' }).fill('');
  });

  it('what the edge has no room to keep is said to wait for room, and not that the edge is gone; it goes out once there is', async () => {
    await panel.route('**/turns', (route) => route.fulfill({ status: 507, body: '{}' }));
    await say('What is the oil temperature?');
    await panel.getByRole('alert').getByText('The disk of the machine’s computer is full.').waitFor();
    await panel.getByText('Kept here. It goes out as soon as there is room.').waitFor();
    expect(await panel.getByText('Looking at the signals').count()).toBe(0);
    await panel.unroute('**/turns');
    await until('it is heard', async () => (await heard()).filter((text) => text === 'What is the oil temperature?').length === 1);
    await panel.getByRole('alert').getByText('The disk of the machine’s computer is full.').waitFor({ state: 'detached' });
  });

  it('a person asked for with no hub is said to be saved here, and at the hub once there is one', async () => {
    const state = panel.getByRole('status', { name: 'Your request to a person' });
    await panel.getByRole('button', { name: 'Talk to a person' }).click();
    await state.getByText('Saved here.', { exact: false }).waitFor();
    await panel.getByRole('button', { name: /State of the system. Offline. \d+ not sent yet/ }).waitFor();
    await site.startHub();
    await state.getByText('At the hub.', { exact: false }).waitFor({ timeout: 30_000 });
    expect((await site.technician.get<{ cases: unknown[] }>('/v1/cases')).cases).toHaveLength(1);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Help } from '../api/insight-types.ts';
import { call, handoff, type Scenario, startScenario, turn } from '../scenario.ts';

const day = 86_400_000;

describe('whether people are helped', () => {
  let at = Date.parse('2026-11-26T10:00:00Z');
  let site: Scenario;
  const read = async () => (await site.as<Help>('GET', '/v1/insight/help?days=7')).body;

  beforeAll(async () => {
    site = await startScenario({}, () => at);
    const edge = await site.edge('e1');
    const talk = async (session: string) => {
      await edge.tell('session', { session, at, channel: 'panel', locale: 'en' });
      await edge.tell('turn', turn(`t-${session}`, session));
    };
    for (const session of ['s1', 's2', 's3', 'session-of-c1']) await talk(session);
    // Somebody who opened a screen and said nothing was not helped, and not left alone either.
    await edge.tell('session', { session: 'silent', at, channel: 'panel', locale: 'en' });
    await edge.tell('handoff', handoff('c1', { at }));
    at += day;
    await edge.tell('handoff', handoff('c2', { at }));
    await site.as('POST', '/v1/cases/c1/resolve', { text: 'Done.', draft: false });
    const { link } = (await site.as<{ link: string }>('POST', '/v1/cases/c2/customer-link')).body;
    await site.as('POST', '/v1/cases/c2/resolve', { text: 'Done.', draft: false });
    const opened = await call(site.url, 'POST', '/v1/customer/open', { body: { link: link.split('#')[1] } });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] as string;
    for (const satisfaction of ['bad', 'good'])
      await call(site.url, 'POST', '/v1/customer/satisfaction', { cookie, body: { satisfaction } });
    const repair = {
      thing: 'car-1',
      family: 'vehicle',
      fault: 'misfire',
      faultTitle: { en: 'x', zh: 'x' },
      procedure: 'p',
      procedureTitle: { en: 'x', zh: 'x' },
    };
    for (const [id, state] of [
      ['r1', 'fixed'],
      ['r2', 'fixed'],
      ['r3', 'not-fixed'],
      ['r4', 'too-early'],
      ['r5', 'watching'],
    ])
      await edge.tell('outcome', { repair: id, ...repair, state, finishedAt: at, until: at, needs: 1, symptoms: [] });
  });
  afterAll(() => site.end());

  it('counts whom the agent helped alone, what machines confirmed and what people said, changed minds once', async () => {
    expect(await read()).toMatchObject({
      talks: 4,
      handedOver: 1,
      repairs: { fixed: 2, notFixed: 1, tooEarly: 1 },
      satisfaction: { good: 1, bad: 0 },
    });
  });

  it('has an entry for every day, also those on which nothing happened, for a spreadsheet too', async () => {
    const { byDay } = await read();
    expect(byDay).toHaveLength(7);
    expect(byDay.slice(-2)).toEqual([
      { day: '2026-11-26', opened: 1, resolved: 0 },
      { day: '2026-11-27', opened: 1, resolved: 2 },
    ]);
    const csv = (await site.as<string>('GET', '/v1/insight/days.csv?days=7')).body as unknown as string;
    expect(csv).toContain('2026-11-27,1,2\r\n');
  });

  it('counts a conversation once, on the day it last changed, whichever of it is told first, and no more of one that was erased', async () => {
    const edge = await site.edge('e2');
    const counted = async () => {
      const { talks, handedOver } = await read();
      return [talks, handedOver];
    };
    await edge.tell('handoff', handoff('c3', { at, session: 'late' }));
    await edge.tell('turn', turn('t-late', 'late'));
    expect(await counted(), 'nothing is known of the conversation yet').toEqual([4, 1]);
    const talk = { session: 'late', at, channel: 'panel', locale: 'en', person: 'p_01KAPX2T9D0000000000000000' };
    await edge.tell('session', talk);
    await edge.tell('turn', turn('t-more', 'late'));
    expect(await counted()).toEqual([5, 2]);
    at += 6 * day;
    await edge.tell('session', { ...talk, locale: 'zh' });
    expect(await counted(), 'the others are of a week ago').toEqual([1, 1]);
    await edge.tell('person', { person: 'p_01KAPX2T9D0000000000000000', at, state: 'erased' });
    expect(await counted()).toEqual([0, 0]);
    at -= 6 * day;
  });

  it('knows no technician', async () => expect(JSON.stringify(await read())).not.toMatch(/technician|admin/));

  it('refuses a time that is none', async () => expect((await site.as('GET', '/v1/insight/help?days=0')).status).toBe(400));
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

describe('what is agreed with a customer', () => {
  let site: Site;
  const open = async (locale: 'en' | 'zh' = 'en') =>
    (await site.operator.post('/v1/sessions', { channel: 'panel', locale, thing: 'car-1' })).session as string;
  const say = (session: string, text: string) => site.operator.post(`/v1/sessions/${session}/turns`, { text });
  beforeAll(async () => {
    site = await createSite({ customers: '*: fleet 0.9 (contract 2026-114)' });
    await site.play('vehicle/misfire', { thing: 'car-1' });
    await until('all at the hub', async () => (await site.operator.get('/v1/status')).hub.waiting === 0, 40_000);
  }, 120_000);
  afterAll(() => site?.close());

  it('comes from the hub, offers a person earlier with the reason, and tells its source in the route', async () => {
    const { answer, route } = await say(await open(), 'why is the light on?');
    expect(answer).toMatchObject({ offerPerson: true, offerBecause: expect.stringMatching(/fleet customer/) });
    expect(route).toMatchObject({ customerValue: 0.9, customer: { tier: 'fleet', source: 'contract 2026-114' } });
  });

  it('reaches the case, and with it the queue', async () => {
    const session = await open('zh');
    const { handoff } = await say(session, '转人工');
    await until('the case', async () =>
      (await site.technician.get('/v1/cases')).cases.find((one: { id: string }) => one.id === handoff.case),
    );
    const { handoff: capsule } = await site.technician.get(`/v1/cases/${handoff.case}`);
    expect(capsule.route).toMatchObject({ customerValue: 0.9, customer: { tier: 'fleet' } });
  });

  it('changes nothing in danger', async () => {
    const { answer, route } = await say(await open(), 'the brakes do not work');
    expect(answer.text).toMatch(/^Foot off the accelerator/);
    expect(route).toMatchObject({ to: 'emergency' });
  });
});

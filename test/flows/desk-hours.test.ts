import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

describe('nobody is on shift', () => {
  let site: Site;
  const open = async (locale: 'en' | 'zh') =>
    (await site.operator.post('/v1/sessions', { channel: 'panel', locale, thing: 'car-1' })).session as string;
  beforeAll(async () => {
    // The day after tomorrow, whatever day it is: closed now and for long.
    const day = days[(new Date().getUTCDay() + 2) % 7];
    site = await createSite({ deskHours: `${day} 08:00-09:00` });
    await site.play('vehicle/misfire', { thing: 'car-1' });
    await until('all at the hub', async () => (await site.operator.get('/v1/status')).hub.waiting === 0, 40_000);
  }, 120_000);
  afterAll(() => site.close());

  it('is said with when somebody is, and what is safe until then, by a tap and in words', async () => {
    const byTap = await open('en');
    await site.operator.post(`/v1/sessions/${byTap}/handoff`);
    const { turns } = await site.operator.get(`/v1/sessions/${byTap}`);
    expect(turns.at(-1).text).toMatch(
      /It is saved here\. Nobody is on shift before \d\d:\d\d on \w+day\. Until then: You may drive gently/,
    );
    const inWords = await open('zh');
    const { answer, handoff } = await site.operator.post(`/v1/sessions/${inWords}/turns`, { text: '转人工' });
    expect(answer.text).toMatch(/已保存，正在发送。星期.+之前没有技术员值班。/);
    expect(handoff).toMatchObject({ rule: 'asked' });
    const asks = await open('en');
    const told = await site.operator.post(`/v1/sessions/${asks}/turns`, { text: 'is anyone on duty?' });
    expect(told.answer.text).toMatch(/Nobody has been asked for yet.*Nobody is on shift before/);
    expect(told.handoff).toBeNull();
  });

  it('is known with the hub gone, and nobody in danger is told to wait', async () => {
    await site.stopHub();
    await site.stopEdge();
    await site.startEdge();
    const session = await open('en');
    const { answer } = await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'the brakes do not work' });
    expect(answer.text).toMatch(/^Foot off the accelerator.*There is no connection now.*Nobody is on shift before.*Do not wait for them/);
  });
});

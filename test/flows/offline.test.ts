import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

describe('with the hub gone from the start', () => {
  let site: Site;
  let session: string;
  beforeAll(async () => {
    site = await createSite({ hub: false });
    await site.play('vehicle/misfire', { thing: 'car-1' });
    await until('the fault', async () => (await site.operator.get('/v1/faults')).faults.length > 0);
  });
  afterAll(() => site.close());

  it('everything at the edge works, in Chinese too', async () => {
    ({ session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'zh', thing: 'car-1' }));
    const { answer, faults } = await site.operator.post(`/v1/sessions/${session}/turns`, { text: '故障灯为什么亮了？' });
    expect(faults[0].fault).toBe('misfire-cylinder-1');
    expect(answer.text).toMatch(/慢慢开/);
    expect((await site.operator.get('/v1/status')).hub.state).toBe('offline');
  });

  it('a handoff is kept within 100 ms and said to be kept; asked in words, it is too', async () => {
    const started = performance.now();
    const { answer, handoff } = await site.operator.post(`/v1/sessions/${session}/turns`, { text: '转人工' });
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(handoff).toMatchObject({ state: 'saved' });
    expect(answer.text).toMatch(/保存|已/);
  });

  it('it outlives a restart of the edge, and arrives once within seconds of the hub coming back', async () => {
    await site.stopEdge();
    await site.startEdge();
    await site.startHub();
    const row = await until('the case', async () => (await site.technician.get('/v1/cases?state=open')).cases[0]);
    expect(row).toMatchObject({ locale: 'zh', thing: 'car-1' });
    await until('said to be at the hub', async () => (await site.operator.get(`/v1/sessions/${session}`)).handoff.state === 'at-hub');
    await site.stopHub();
    await site.startHub();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await site.technician.get('/v1/cases')).cases).toHaveLength(1);
  });
});

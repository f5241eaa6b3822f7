import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

describe('a hub that lost everything', () => {
  let site: Site;
  let session: string;
  beforeAll(async () => {
    site = await createSite();
    ({ session } = await site.operator.post('/v1/sessions', { channel: 'api', locale: 'en' }));
    await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'hello' });
    await until('all at the first hub', async () => (await site.operator.get('/v1/status')).hub.waiting === 0);
  });
  afterAll(() => site.close());

  it('is joined again with a new code, and what waited arrives, once and in order', async () => {
    await site.stopHub();
    await rm(join(site.folder, 'hub'), { recursive: true });
    const { case: caseId } = await site.operator.post(`/v1/sessions/${session}/handoff`);
    await site.stopEdge();
    await site.startHub();
    await site.startEdge(await site.enrolmentCode());
    const view = await until<any>('the case at the new hub', () => site.technician.get(`/v1/cases/${caseId}`).catch(() => undefined));
    expect(view.turns.map((t: { text: string }) => t.text)).toContain('hello');
    await until('nothing waits', async () => (await site.operator.get('/v1/status')).hub.waiting === 0);
    await site.technician.post(`/v1/cases/${caseId}/replies`, { id: 'r1', text: 'I am here again.' });
    await until('the reply', async () =>
      (await site.operator.get(`/v1/sessions/${session}`)).turns.some((t: { id: string }) => t.id === 'r1'),
    );
    expect((await site.technician.get('/v1/cases')).cases).toHaveLength(1);
  });
});

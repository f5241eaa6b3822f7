import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';
import { type Visitor, visitor } from '../support/visitor.ts';

/** A technician with a browser of their own, signed in. */
async function technician(site: Site, name: string, languages: string[]): Promise<Visitor> {
  const password = `${name} has a password`;
  await site.technician.post('/v1/technicians', { name, password, languages });
  const browser = visitor(() => site.hubUrl);
  await browser.post('/v1/auth/sign-in', { name, password });
  return browser;
}

describe('two technicians and one site', () => {
  let site: Site;
  let ada: Visitor;
  let ben: Visitor;
  beforeAll(async () => {
    site = await createSite();
    ada = await technician(site, 'Ada', ['en', 'zh']);
    ben = await technician(site, 'Ben', ['en']);
  });
  afterAll(() => site.close());

  const ask = async (locale: string, text: string) => {
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale });
    await site.operator.post(`/v1/sessions/${session}/turns`, { text });
    const { case: id } = await site.operator.post(`/v1/sessions/${session}/handoff`);
    await until('the case is at the hub', async () => (await site.technician.raw(`/v1/cases/${id}`)).ok);
    return { session, id } as { session: string; id: string };
  };
  const said = async (session: string) =>
    (await site.operator.get(`/v1/sessions/${session}`)).turns as { by: string; name?: string; text: string }[];

  it('somebody who speaks Chinese gets the one who does, and “next” gives each their own', async () => {
    const chinese = await ask('zh', '请帮帮我');
    const english = await ask('en', 'Please help me');
    const { cases } = (await ada.get('/v1/cases?state=open')).body;
    const offered = Object.fromEntries(cases.map((each: any) => [each.id, each.offered?.name]));
    expect(offered[chinese.id]).toBe('Ada');
    expect((await ben.post('/v1/queue/next', { which: 'any' })).body.case).toBe(english.id);
    expect((await ben.post('/v1/queue/next', { which: 'any' })).body.case).toBeNull();
    expect((await ada.post('/v1/queue/next', { which: 'any' })).body.case).toBe(chinese.id);
  });

  it('a colleague who was briefed takes over, and the person sees one conversation', async () => {
    const { session, id } = await ask('en', 'It rattles');
    await ada.post(`/v1/cases/${id}/claim`);
    await ada.post(`/v1/cases/${id}/replies`, { text: 'I will bring in a colleague who knows this.' });
    const bens = (await ben.get('/v1/me')).body.id;
    await ada.post(`/v1/cases/${id}/briefings`, { to: bens, wants: 'take-over', text: 'Rattles since this morning; nothing tried.' });
    const asked = (await ben.get(`/v1/cases/${id}`)).body.briefings[0];
    expect((await ben.post(`/v1/briefings/${asked.id}/accept`)).status).toBe(409);
    await ben.post(`/v1/briefings/${asked.id}/seen`);
    await ben.post(`/v1/briefings/${asked.id}/accept`);
    expect((await ben.post(`/v1/cases/${id}/replies`, { text: 'Ben here. Which corner does it come from?' })).status).toBe(200);
    await until('both reached the person', async () => (await said(session)).filter((turn) => turn.by === 'technician').length === 2);
    expect((await said(session)).filter((turn) => turn.by === 'technician').map((turn) => turn.name)).toEqual(['Ada', 'Ben']);
  });

  it('asked twice is one case: both conversations are answered and resolved together', async () => {
    const first = await ask('en', 'The heater is cold');
    const again = await ask('en', 'Still cold, is anybody there?');
    const merged = await ada.post(`/v1/cases/${again.id}/merge`, { into: first.id });
    expect(merged.body).toMatchObject({ id: first.id, merged: [{ id: again.id }] });
    await ada.post(`/v1/cases/${first.id}/replies`, { text: 'We are on it.' });
    for (const { session } of [first, again])
      await until('the reply is there', async () => (await said(session)).some((turn) => turn.text === 'We are on it.'));
    await ada.post(`/v1/cases/${first.id}/resolve`, { text: 'Opened the valve.', draft: false });
    for (const { session } of [first, again])
      await until('it is resolved there', async () => (await site.operator.get(`/v1/sessions/${session}`)).handoff?.state === 'resolved');
  });

  it('a case that sleeps wakes when the person writes', async () => {
    const { session, id } = await ask('en', 'Waiting for a part');
    await ada.post(`/v1/cases/${id}/claim`);
    await ada.post(`/v1/cases/${id}/snooze`, { until: Date.now() + 3_600_000, why: 'The part comes tomorrow' });
    expect((await ada.get('/v1/cases?state=snoozed')).body.cases.map((each: any) => each.id)).toEqual([id]);
    await site.operator.post(`/v1/sessions/${session}/turns`, { text: 'The part is here already' });
    await until('it is awake', async () => (await ada.get(`/v1/cases/${id}`)).body.snoozed === null);
  });
});

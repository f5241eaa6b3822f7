import { packsRoot } from '@wayside/packs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { down, duty, ids, queue, skilled, startDesk, view } from './desk-scenario.ts';

describe('a case given to a skill', () => {
  let desk: Awaited<ReturnType<typeof startDesk>>;
  beforeAll(async () => {
    desk = await startDesk({ packsRoot });
    await desk.ben('PUT', '/v1/me/duty', { ...duty, skills: ['home-hvac'], languages: ['en', 'zh'] });
  });
  afterAll(() => desk.site.end());
  const note = { skill: 'home-hvac', language: 'zh', text: 'Defrosts all the time; the outdoor sensor reads −40.' };
  const give = (id: string, more: object = {}) => desk.ada('POST', `/v1/cases/${id}/transfer`, { ...note, ...more });
  const opened = async (id: string, more: object = {}) => {
    await desk.tell(id, more);
    await desk.ada('POST', `/v1/cases/${id}/claim`);
  };
  const seen =
    (as = desk.ben) =>
    (id: string) =>
      as('POST', `/v1/cases/${id}/transfer/seen`);

  it('waits again, kept for who has it, and is taken only by one who has read the note', async () => {
    await opened('c-warm');
    expect((await give('c-warm')).status).toBe(200);
    const row = (await queue(desk.ben)).cases.find((each) => each.id === 'c-warm');
    expect(row).toMatchObject({
      state: 'open',
      technician: null,
      offered: { name: 'Ben' },
      locale: 'zh',
      skill: { zh: expect.any(String) },
    });
    expect(row?.fits).toEqual({ skill: true, language: true });
    expect(await desk.ben('POST', '/v1/cases/c-warm/claim')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('Read it first') },
    });
    expect((await desk.ben('POST', '/v1/cases/c-warm/replies', { text: 'Hello' })).status).toBe(409);
    expect((await desk.ben('POST', '/v1/cases/c-warm/resolve', { text: 'Done', draft: false })).status).toBe(409);
    expect((await view(desk.ben, 'c-warm')).transfers).toMatchObject([
      { from: { name: 'Ada' }, text: note.text, read: false, outcome: null },
    ]);
    await seen()('c-warm');
    await seen()('c-warm');
    expect((await desk.ben('POST', '/v1/cases/c-warm/claim')).status).toBe(200);
    expect(await view(desk.ada, 'c-warm')).toMatchObject({
      technician: { name: 'Ben' },
      transfers: [{ to: { name: 'Ben' }, outcome: 'taken', language: 'zh', skill: { id: 'home-hvac' } }],
    });
    const told = (await down(desk.edge, 'case')).filter((body) => body.case === 'c-warm');
    expect(told.map(({ state, by }) => [state, by])).toEqual([
      ['claimed', 'Ada'],
      ['open', undefined],
      ['claimed', 'Ben'],
    ]);
    expect(await desk.ada('POST', '/v1/cases/c-warm/transfer/withdraw')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('Ben') },
    });
  });

  it('is given by “next” to who has not read the note only to read it, and meanwhile to nobody else', async () => {
    await opened('c-next');
    await give('c-next');
    desk.pass(3 * 60_000);
    expect((await desk.ben('POST', '/v1/queue/next', { which: 'any' })).body).toEqual({ case: 'c-next' });
    expect(await view(desk.ben, 'c-next')).toMatchObject({ state: 'open', offered: { name: 'Ben' } });
    const cy = await desk.site.technician('Cy');
    expect((await cy('POST', '/v1/queue/next', { which: 'any' })).body).toEqual({ case: null });
    await seen()('c-next');
    expect((await desk.ben('POST', '/v1/queue/next', { which: 'any' })).body).toEqual({ case: 'c-next' });
    expect((await view(desk.ben, 'c-next')).technician).toMatchObject({ name: 'Ben' });
  });

  it('is offered to nobody who cannot, and taken back as it was', async () => {
    await opened('c-back', skilled('c-back', 'vehicle'));
    const { skill: vehicle } = await view(desk.ada, 'c-back');
    // Cy, who names no skill, does a bit of everything.
    await give('c-back', { skill: 'industrial-pump', language: 'en' });
    expect((await queue(desk.ben)).cases.find((each) => each.id === 'c-back')?.offered).toMatchObject({ name: 'Cy' });
    expect((await desk.ben('POST', '/v1/cases/c-back/transfer/withdraw')).status).toBe(404);
    expect((await desk.ada('POST', '/v1/cases/c-back/transfer/withdraw')).status).toBe(200);
    expect((await desk.ada('POST', '/v1/cases/c-back/transfer/withdraw')).status).toBe(200);
    const back = await view(desk.ada, 'c-back');
    expect(back).toMatchObject({ technician: { name: 'Ada' }, locale: 'en', skill: vehicle, transfers: [{ outcome: 'withdrawn' }] });
  });

  it('still wants what the technician found when its edge says more', async () => {
    await opened('c-raised');
    await give('c-raised');
    await desk.edge.tell('raise', {
      case: 'c-raised',
      session: 'session-of-c-raised',
      at: desk.now(),
      urgency: 'urgent',
      rule: { id: 'danger', because: { en: 'x', zh: 'x' } },
      faults: [],
      route: skilled('c-raised', 'vehicle').route,
    });
    const row = (await queue(desk.ben)).cases.find((each) => each.id === 'c-raised');
    expect(row).toMatchObject({ locale: 'zh', fits: { skill: true }, urgency: 'urgent' });
  });

  it.each([
    ['a skill there is not', { skill: 'alchemy' }, 404],
    ['a language there is not', { language: 'xx' }, 400],
    ['no word', { text: '  ' }, 400],
    ['more than is asked', { more: 1 }, 400],
  ])('with %s is not given', async (_, more, status) => {
    await desk.tell('c-odd');
    expect((await give('c-odd')).status).toBe(409);
    await desk.ada('POST', '/v1/cases/c-odd/claim');
    expect((await give('c-odd', more)).status).toBe(status);
    await desk.ada('POST', '/v1/cases/c-odd/release');
    expect(await ids(desk.ben)).toContain('c-odd');
  });
});

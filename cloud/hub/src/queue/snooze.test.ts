import { describe, expect, it } from 'vitest';
import { turn } from '../scenario.ts';
import { down, hour, ids, queue, startDesk, view } from './desk-scenario.ts';

describe('a case that sleeps', () => {
  it('is out of the queue until its time, and then back in its place', async () => {
    const desk = await startDesk();
    await desk.tell('c-part');
    const until = desk.now() + 2 * hour;
    await desk.ada('POST', '/v1/cases/c-part/snooze', { until, why: 'The part comes at noon.' });
    const asleep = await queue(desk.ada);
    expect(asleep).toMatchObject({ cases: [], counts: { open: 0, snoozed: 1 }, nextWake: until });
    expect((await queue(desk.ada, '?state=snoozed')).cases[0]).toMatchObject({
      id: 'c-part',
      clock: null,
      snoozed: { until, why: 'The part comes at noon.' },
    });
    expect((await desk.ada('POST', '/v1/queue/next', { which: 'any' })).body).toEqual({ case: null });
    desk.pass(2 * hour);
    expect(await queue(desk.ada)).toMatchObject({
      cases: [{ id: 'c-part', snoozed: null }],
      counts: { open: 1, snoozed: 0 },
      nextWake: null,
    });
    await desk.site.end();
  });

  it('wakes when the person writes, when it becomes urgent and when somebody wakes it', async () => {
    const desk = await startDesk();
    const sleep = (id: string) => desk.ada('POST', `/v1/cases/${id}/snooze`, { until: desk.now() + hour });
    for (const id of ['c-a', 'c-b', 'c-c']) {
      await desk.tell(id);
      await sleep(id);
    }
    await desk.edge.tell('turn', turn('u', 'session-of-c-a'));
    await desk.edge.tell('raise', {
      case: 'c-b',
      session: 'session-of-c-b',
      at: desk.now(),
      urgency: 'urgent',
      rule: { id: 'danger', because: { en: 'x', zh: 'x' } },
      faults: [],
    });
    await desk.ada('POST', '/v1/cases/c-c/wake');
    expect((await ids(desk.ada)).sort()).toEqual(['c-a', 'c-b', 'c-c']);
    for (const until of [desk.now() - 1, desk.now() + 91 * 24 * hour])
      expect((await desk.ada('POST', '/v1/cases/c-a/snooze', { until })).status).toBe(400);
    await desk.ben('POST', '/v1/cases/c-a/claim');
    expect((await sleep('c-a')).status).toBe(409);
    await desk.site.end();
  });

  it('is open again, at the edge too, when danger comes after it was resolved', async () => {
    const desk = await startDesk();
    await desk.tell('c-back');
    await desk.ada('POST', '/v1/cases/c-back/resolve', { text: 'Done.', draft: false });
    const rule = { id: 'danger', because: { en: 'x', zh: 'x' } };
    await desk.edge.tell('raise', { case: 'c-back', session: 's', at: desk.now(), urgency: 'urgent', rule, faults: [] });
    expect(await view(desk.ada, 'c-back')).toMatchObject({ state: 'open' });
    expect((await down(desk.edge, 'case')).map(({ state }) => state)).toEqual(['resolved', 'open']);
    await desk.site.end();
  });
});

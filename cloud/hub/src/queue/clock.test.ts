import { describe, expect, it } from 'vitest';
import { hour, startDesk, view } from './desk-scenario.ts';

describe('the clock of a case', () => {
  it('runs to the first reply, then to the resolution, in the desk’s own hours', async () => {
    const desk = await startDesk({ deskHours: 'Mon-Fri 08:00-18:00' });
    desk.pass(7.5 * hour); // 17:30
    await desk.tell('c-late');
    await desk.tell('c-urgent', { urgency: 'urgent' });
    const clock = async (id: string) => (await view(desk.ada, id)).clock;
    const iso = (at: number | undefined) => at && new Date(at).toISOString();
    expect(iso((await clock('c-urgent'))?.dueAt)).toBe('2026-11-26T17:35:00.000Z');
    expect(iso((await clock('c-late'))?.dueAt)).toBe('2026-11-27T08:30:00.000Z');
    await desk.ada('POST', '/v1/cases/c-urgent/replies', { text: 'Stop.' });
    expect(await clock('c-urgent')).toMatchObject({ for: 'resolve' });
    expect(iso((await clock('c-urgent'))?.dueAt)).toBe('2026-11-27T11:30:00.000Z');
    await desk.ada('POST', '/v1/cases/c-urgent/resolve', { text: 'Done.', draft: false });
    expect(await clock('c-urgent')).toBeNull();
    await desk.site.end();
  });

  it('is set forward when the case becomes urgent, never back', async () => {
    const desk = await startDesk();
    await desk.tell('c-raised');
    const before = (await view(desk.ada, 'c-raised')).clock!.dueAt;
    const raise = {
      case: 'c-raised',
      session: 'session-of-c-raised',
      at: desk.now(),
      rule: { id: 'danger', because: { en: 'x', zh: 'x' } },
      faults: [],
    };
    await desk.edge.tell('raise', { ...raise, urgency: 'urgent' });
    const urgent = (await view(desk.ada, 'c-raised')).clock!.dueAt;
    expect(before - urgent).toBe(55 * 60_000);
    desk.pass(10_000);
    await desk.edge.tell('raise', { ...raise, urgency: 'normal' });
    expect((await view(desk.ada, 'c-raised')).clock!.dueAt).toBe(urgent);
    await desk.site.end();
  });
});

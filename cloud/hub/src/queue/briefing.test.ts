import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Briefing, CaseView } from '../api/types.ts';
import { down, idOf, queue, startDesk, view } from './desk-scenario.ts';

describe('a colleague', () => {
  let desk: Awaited<ReturnType<typeof startDesk>>;
  let ben: string;
  beforeAll(async () => {
    desk = await startDesk();
    ben = await idOf(desk.ben);
  });
  afterAll(() => desk.site.end());
  const ask = (id: string, wants: string, more = {}) =>
    desk.ada<CaseView>('POST', `/v1/cases/${id}/briefings`, { to: ben, wants, text: 'It shakes; P0301.', ...more });
  const waiting = async (id: string) => (await view(desk.ben, id)).briefings.at(-1) as Briefing;

  it('comes in only after they have read the briefing, and then both may write', async () => {
    await desk.tell('c-help');
    expect((await ask('c-help', 'help')).status).toBe(409);
    await desk.ada('POST', '/v1/cases/c-help/claim');
    expect((await ask('c-help', 'help')).body.briefings).toMatchObject([
      { wants: 'help', to: { name: 'Ben' }, seenAt: null, answer: null },
    ]);
    expect((await queue(desk.ben, '?state=claimed')).cases.find((each) => each.id === 'c-help')?.asked).toBe(true);
    // Hers is none that waits, and Ben sees it there all the same; she does not.
    expect((await queue(desk.ben, '?state=open')).asked.map((each) => each.id)).toEqual(['c-help']);
    expect((await queue(desk.ada, '?state=open')).asked).toEqual([]);
    const { id } = await waiting('c-help');
    expect((await desk.ben('POST', '/v1/cases/c-help/replies', { text: 'Hello' })).status).toBe(409);
    expect(await desk.ben('POST', `/v1/briefings/${id}/accept`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('Read the briefing') },
    });
    await desk.ben('POST', `/v1/briefings/${id}/seen`);
    expect((await desk.ben<Briefing>('POST', `/v1/briefings/${id}/accept`)).body.answer).toBe('accepted');
    expect((await queue(desk.ben, '?state=open')).asked).toEqual([]);
    expect(await view(desk.ben, 'c-help')).toMatchObject({ technician: { name: 'Ada' }, helpers: [{ name: 'Ben' }], asked: false });
    expect((await desk.ben('POST', '/v1/cases/c-help/replies', { text: 'From Ben' })).status).toBe(200);
    expect((await desk.ada('POST', '/v1/cases/c-help/replies', { text: 'From Ada' })).status).toBe(200);
    expect((await desk.ben('POST', '/v1/cases/c-help/resolve', { text: 'x' })).status).toBe(409);
  });

  it('who answered meanwhile is read before one more answer goes', async () => {
    await desk.tell('c-two');
    await desk.ada('POST', '/v1/cases/c-two/claim');
    await ask('c-two', 'help');
    const { id } = await waiting('c-two');
    await desk.ben('POST', `/v1/briefings/${id}/seen`);
    await desk.ben('POST', `/v1/briefings/${id}/accept`);
    const write = (as: typeof desk.ada, text: string, seen: string | null) =>
      as<{ id: string }>('POST', '/v1/cases/c-two/replies', { id: `r-${text}`, text, seen });
    const first = await write(desk.ada, 'Stop', null);
    expect(first.status).toBe(200);
    expect(await write(desk.ben, 'Drive', null)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('Ada has answered') },
    });
    desk.pass(1_000);
    expect((await write(desk.ben, 'Wait', first.body.id)).status).toBe(200);
    // The same again is the same reply, whatever was said since.
    expect((await write(desk.ada, 'Stop', null)).status).toBe(200);
    expect((await write(desk.ada, 'Go', null)).status).toBe(409);
    expect((await view(desk.ada, 'c-two')).turns.filter(({ by }) => by === 'technician').map(({ text }) => text)).toEqual(['Stop', 'Wait']);
  });

  it('takes over only once they agree; until then it is still hers, and the edge hears who has it', async () => {
    await desk.tell('c-over');
    await desk.ada('POST', '/v1/cases/c-over/claim');
    await ask('c-over', 'take-over');
    const { id } = await waiting('c-over');
    await desk.ben('POST', `/v1/briefings/${id}/seen`);
    expect((await desk.ada('POST', '/v1/cases/c-over/replies', { text: 'A colleague will take this on.' })).status).toBe(200);
    await desk.ben('POST', `/v1/briefings/${id}/accept`);
    expect((await view(desk.ada, 'c-over')).technician).toMatchObject({ name: 'Ben' });
    expect((await desk.ada('POST', '/v1/cases/c-over/replies', { text: 'Late' })).status).toBe(409);
    const told = (await down(desk.edge, 'case')).filter((body) => body.case === 'c-over');
    expect(told.map((body) => body.by)).toEqual(['Ada', 'Ben']);
  });

  it('may decline, be asked no longer, and cannot take what has gone elsewhere', async () => {
    await desk.tell('c-no');
    await desk.ada('POST', '/v1/cases/c-no/claim');
    await ask('c-no', 'take-over');
    const first = await waiting('c-no');
    expect((await ask('c-no', 'help')).status).toBe(409);
    expect((await desk.ada('POST', `/v1/briefings/${first.id}/seen`)).status).toBe(404);
    await desk.ben('POST', `/v1/briefings/${first.id}/decline`);
    expect((await desk.ben('POST', `/v1/briefings/${first.id}/accept`)).status).toBe(409);
    await ask('c-no', 'take-over');
    const second = await waiting('c-no');
    await desk.ben('POST', `/v1/briefings/${second.id}/seen`);
    await desk.ada('POST', '/v1/cases/c-no/release');
    expect((await desk.ben('POST', `/v1/briefings/${second.id}/accept`)).status).toBe(409);
    expect((await desk.ada<Briefing>('POST', `/v1/briefings/${second.id}/withdraw`)).body.answer).toBe('withdrawn');
    expect((await view(desk.ben, 'c-no')).technician).toBeNull();
  });

  it.each([
    [{ to: 'nobody' }, 404],
    [{ text: '  ' }, 400],
    [{ wants: 'everything' }, 400],
    [{ more: 1 }, 400],
  ])('asked like %j is not', async (more, status) => {
    await desk.tell('c-odd');
    await desk.ada('POST', '/v1/cases/c-odd/claim');
    expect((await ask('c-odd', 'help', more)).status).toBe(status);
  });
});

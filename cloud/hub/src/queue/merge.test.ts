import { describe, expect, it } from 'vitest';
import type { CaseView } from '../api/types.ts';
import { handoff, turn } from '../scenario.ts';
import { down, ids, queue, startDesk, view } from './desk-scenario.ts';

describe('two cases that are one', () => {
  it('are worked on as one: every conversation shows there, is answered and resolved with it', async () => {
    const desk = await startDesk();
    await desk.tell('c-one');
    await desk.tell('c-two', { urgency: 'urgent' });
    const merged = await desk.ada<CaseView>('POST', '/v1/cases/c-two/merge', { into: 'c-one' });
    expect(merged.body).toMatchObject({
      id: 'c-one',
      urgency: 'urgent',
      unread: 2,
      technician: { name: 'Ada' },
      merged: [{ id: 'c-two' }],
    });
    expect(await ids(desk.ada, '?state=claimed')).toEqual(['c-one']);
    await desk.edge.tell('turn', turn('again', 'session-of-c-two'));
    expect(await view(desk.ada, 'c-one')).toMatchObject({ unread: 3 });
    await desk.ada('POST', '/v1/cases/c-one/replies', { id: 'r-both', text: 'It is the coil.' });
    const after = await view(desk.ada, 'c-one');
    expect(after.turns.map((each) => each.id)).toEqual(['c-one-t1', 'c-one-t2', 'c-two-t1', 'c-two-t2', 'again', 'r-both']);
    expect((await down(desk.edge, 'reply')).map((body) => [body.case, body.session])).toEqual([
      ['c-one', 'session-of-c-one'],
      ['c-two', 'session-of-c-two'],
    ]);
    await desk.ada('POST', '/v1/cases/c-one/resolve', { text: 'New coil', draft: false });
    expect((await down(desk.edge, 'case')).filter((body) => body.state === 'resolved').map((body) => body.case)).toEqual([
      'c-one',
      'c-two',
    ]);
    expect(await queue(desk.ada, '?state=resolved')).toMatchObject({ cases: [{ id: 'c-one' }], counts: { resolved: 1, claimed: 0 } });
    await desk.site.end();
  });

  it('were two after all: each stands by itself again, is answered and resolved alone', async () => {
    const desk = await startDesk();
    await desk.tell('c-one');
    await desk.tell('c-two');
    await desk.ada('POST', '/v1/cases/c-two/merge', { into: 'c-one' });
    expect((await desk.ben('POST', '/v1/cases/c-two/split')).status).toBe(409);
    expect((await desk.ada<CaseView>('POST', '/v1/cases/c-two/split')).body).toMatchObject({
      mergedInto: null,
      technician: { name: 'Ada' },
    });
    expect((await desk.ada('POST', '/v1/cases/c-two/split')).status).toBe(200);
    expect((await ids(desk.ada, '?state=claimed')).sort()).toEqual(['c-one', 'c-two']);
    expect(await view(desk.ada, 'c-one')).toMatchObject({ merged: [] });
    await desk.ada('POST', '/v1/cases/c-two/replies', { id: 'r-two', text: 'Only you.' });
    expect((await down(desk.edge, 'reply')).map((body) => body.case)).toEqual(['c-two']);
    await desk.ada('POST', '/v1/cases/c-one/resolve', { text: 'Done', draft: false });
    expect(await ids(desk.ada, '?state=claimed')).toEqual(['c-two']);
    await desk.site.end();
  });

  it('are refused where they are not: of two edges, another’s, closed, or the very same', async () => {
    const desk = await startDesk();
    const other = await desk.site.edge('e2');
    await desk.tell('c-1');
    await desk.tell('c-2');
    await desk.tell('c-3');
    await other.tell('handoff', handoff('c-far', { at: desk.now() }));
    await desk.ben('POST', '/v1/cases/c-2/claim');
    await desk.ada('POST', '/v1/cases/c-3/resolve', { text: 'x', draft: false });
    const merge = async (id: string, into: string) => (await desk.ada('POST', `/v1/cases/${id}/merge`, { into })).status;
    expect([
      await merge('c-1', 'c-far'),
      await merge('c-1', 'c-2'),
      await merge('c-1', 'c-3'),
      await merge('c-1', 'c-1'),
      await merge('c-1', 'none'),
    ]).toEqual([409, 409, 409, 400, 404]);
    await desk.site.end();
  });
});

import { expect, it } from 'vitest';
import { down, ids, queue, startDesk, view } from './desk-scenario.ts';

it('what was resolved too early is taken up again, with its parts, and the machine is told', async () => {
  const desk = await startDesk();
  for (const id of ['c-one', 'c-two', 'c-free']) await desk.tell(id);
  await desk.ada('POST', '/v1/cases/c-two/merge', { into: 'c-one' });
  await desk.ada('POST', '/v1/cases/c-one/resolve', { text: 'New coil', draft: false });
  expect((await desk.ben('POST', '/v1/cases/c-one/reopen')).status).toBe(200);
  expect(await view(desk.ben, 'c-one')).toMatchObject({ state: 'claimed', technician: { name: 'Ben' }, merged: [{ id: 'c-two' }] });
  expect((await desk.ben('POST', '/v1/cases/c-one/reopen')).status, 'twice changes nothing').toBe(200);
  expect(await ids(desk.ben, '?state=claimed')).toEqual(['c-one']);
  expect(await queue(desk.ben, '?state=resolved')).toMatchObject({ cases: [], counts: { resolved: 0, claimed: 1, open: 1 } });
  const told = (await down(desk.edge, 'case')).filter((body) => body.case === 'c-one');
  expect(told.slice(-3).map(({ state, by }) => [state, by])).toEqual([
    ['resolved', 'Ada'],
    ['open', undefined],
    ['claimed', 'Ben'],
  ]);
  await desk.ben('POST', '/v1/cases/c-one/replies', { id: 'r-again', text: 'Once more.' });
  expect((await desk.ben('POST', '/v1/cases/c-one/resolve', { text: 'New plug', draft: false })).status).toBe(200);
  await desk.site.end();
});

it('what is not resolved, is part of another, or is not there is refused', async () => {
  const desk = await startDesk();
  for (const id of ['c-one', 'c-two']) await desk.tell(id);
  const detail = async (id: string) => {
    const { status, body } = await desk.ada<{ detail: string }>('POST', `/v1/cases/${id}/reopen`);
    return `${status} ${body.detail}`;
  };
  expect(await detail('c-one')).toBe('409 The case is not resolved.');
  await desk.ada('POST', '/v1/cases/c-two/merge', { into: 'c-one' });
  expect(await detail('c-two')).toMatch(/^409 .*part of case c-one/);
  expect(await detail('none')).toMatch(/^404/);
  await desk.site.end();
});

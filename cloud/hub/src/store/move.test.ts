import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../api/types.ts';
import { storeFile } from '../config.ts';
import { call, handoff, record, type Scenario, startScenario, testDatabase, thing, turn } from '../scenario.ts';
import { moveStore } from './move.ts';

// In the round of the tests on PostgreSQL only.
describe('a hub that moves from its file to PostgreSQL', () => {
  let site: Scenario;
  let database: string;
  beforeAll(async () => {
    site = await startScenario({ database: undefined });
    database = (await testDatabase('template1')).database as string;
  });
  afterAll(() => rm(site.data, { recursive: true }));

  it('has everything there, and goes on where it was', async () => {
    const edge = await site.edge('mover');
    await edge.up('e1', [
      record(1, 'handoff', handoff('c-1')),
      record(2, 'handoff', handoff('c-2')),
      record(3, 'thing', { ...thing(), title: 'Zoë’s 车\u0000' }),
      record(4, 'turn', turn('t4', 'session-of-c-1')),
    ]);
    await site.as('POST', '/v1/cases/c-1/replies', { id: 'r1', text: 'On my way' });
    await site.as('POST', '/v1/cases/c-2/claim');
    await site.as('POST', '/v1/cases/c-1/merge', { into: 'c-2' });
    const article = {
      id: 'a1',
      locale: 'zh',
      title: '冷却液',
      body: '检查液位。',
      family: 'vehicle',
      faults: ['misfire'],
      tags: [],
      sources: [],
    };
    await site.as('POST', '/v1/articles', article);
    const before = (await site.as<CaseView>('GET', '/v1/cases/c-1')).body;

    await expect(moveStore(storeFile(site), database, () => {})).rejects.toMatchObject({ code: 'conflict' });
    await site.hub.stop();
    const moved: Record<string, number> = {};
    await moveStore(storeFile(site), database, ({ table, rows }) => {
      moved[table] = rows;
    });
    expect(moved).toMatchObject({ case: 2, turn: 6, reply: 1, article: 1, upRecord: 4, edge: 1 });
    await expect(moveStore(storeFile(site), database, () => {})).rejects.toMatchObject({ code: 'conflict' });

    const there = await startScenario({ database, data: site.data });
    const as = (method: string, path: string, body?: unknown) =>
      call(there.url, method, path, { token: there.token, ...(body ? { body } : {}) });
    expect((await as('GET', '/v1/cases/c-1')).body).toMatchObject({ turns: before.turns, mergedInto: 'c-2' });
    expect((await as('GET', `/v1/articles?q=${encodeURIComponent('冷却')}`)).body).toMatchObject({ articles: [{ id: 'a1' }] });
    const asked = {
      method: 'POST',
      path: '/v1/sync/up',
      body: { epoch: 'e1', records: [record(5, 'turn', turn('t5', 'session-of-c-2'))] },
    };
    const next = await call(there.url, asked.method, asked.path, { headers: await edge.proof(asked), body: asked.body });
    expect(next.body).toMatchObject({ durableThrough: 5, quarantined: [] });
    await there.hub.stop();
  });
});

import { join } from 'node:path';
import type { Take } from '@wayside/contract';
import { bundleOf, packsRoot } from '@wayside/packs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PackRow, RolloutEdges, RolloutList } from '../api/types.ts';
import type { UpdateStatus } from '../api/update-types.ts';
import { type Edge, fault, record, type Scenario, startScenario, turn } from '../scenario.ts';

let site: Scenario;
let edges: Edge[];
let pack: PackRow;
let at = Date.UTC(2026, 10, 1);
beforeAll(async () => {
  site = await startScenario({}, () => at);
  edges = [await site.edge('a'), await site.edge('b'), await site.edge('c')];
  const files = await bundleOf(join(packsRoot, 'generic'));
  pack = (await site.as<PackRow>('POST', '/v1/packs', { files })).body;
});
afterAll(() => site.end());

const rules = { soakMinutes: 0, silentMinutes: 5 };
const begin = (share: number) => {
  const { family, version, fingerprint } = pack;
  return site.as<RolloutList>('POST', '/v1/rollouts', { what: { of: 'pack', family, version, fingerprint }, first: ['a'], share, rules });
};
const newest = async () => (await site.as<RolloutList>('GET', '/v1/rollouts')).body.rollouts[0]!;
const ordersOf = async (edge: Edge): Promise<Take[]> =>
  (await edge.down(0)).envelopes.filter(({ kind }) => kind === 'take').map(({ body }) => body as Take);
const last = async (edge: Edge) => (await ordersOf(edge)).at(-1);
const say = async (edge: Edge, state: 'runs' | 'refused' | 'back', problem?: string) =>
  edge.tell('took', { rollout: (await newest()).id, state, at, ...(problem ? { problem } : {}) });

it('keeps a pack that passes its check, once, and gives it to edges as it came', async () => {
  expect(pack).toMatchObject({ family: 'generic', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const files = await bundleOf(join(packsRoot, 'generic'));
  expect((await site.as<PackRow>('POST', '/v1/packs', { files })).body.fingerprint).toBe(pack.fingerprint);
  expect((await site.as<{ packs: PackRow[] }>('GET', '/v1/packs')).body.packs).toHaveLength(1);
  const { wanted } = (await site.as<UpdateStatus>('GET', '/v1/updates')).body;
  const target = wanted.find(({ path }) => path === `packs/${pack.fingerprint}`)!;
  expect(target).toMatchObject({ signed: true, custom: { family: 'generic' } });
  const path = `/v1/sync/updates/targets/packs/${target.sha256}.${pack.fingerprint}`;
  expect((await edges[0]!.ask({ method: 'GET', path })).body).toEqual({ files });
});

it('refuses what is no pack, leads out of its folder or is too large, with what to correct', async () => {
  const files = await bundleOf(join(packsRoot, 'generic'));
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const add = (more: Record<string, string>) =>
    site.as<{ code: string; detail: string }>('POST', '/v1/packs', { files: { ...files, ...more } });
  expect((await add({ 'faults.yaml': base64('faults: 3') })).body).toMatchObject({
    code: 'pack-invalid',
    detail: expect.stringContaining('faults'),
  });
  expect((await add({ '../out.yaml': base64('x') })).body.code).toBe('invalid');
  expect((await add({ 'notes.txt': base64('x'.repeat(1_100_000)) })).status).toBeGreaterThanOrEqual(400);
  expect((await site.as('POST', '/v1/packs', { files: 'all' })).status).toBe(400);
});

it('goes from ring to ring as each says that it runs, and is done; who comes later gets it too', async () => {
  expect((await begin(0.5)).status).toBe(201);
  expect((await begin(0.5)).body).toMatchObject({ code: 'conflict' });
  expect(await ordersOf(edges[0]!)).toHaveLength(1);
  const second = (await newest()).edges.find(({ ring }) => ring === 1)!.edge;
  await say(edges[0]!, 'runs');
  await expect.poll(async () => (await newest()).ring).toBe(1);
  expect((await newest()).edges.filter(({ state }) => state === 'waiting')).toHaveLength(1);
  const [ahead, behind] = edges.slice(1).sort((one) => (one.id === second ? -1 : 1)) as [Edge, Edge];
  await say(ahead, 'runs');
  await expect.poll(async () => (await newest()).ring).toBe(2);
  await say(behind, 'runs');
  await expect.poll(async () => (await newest()).state).toBe('done');
  const late = await site.edge('late');
  expect(await last(late)).toMatchObject({ what: { family: 'generic' } });
  await late.tell('took', { rollout: (await newest()).id, state: 'runs', at });
});

it('stops by itself when one refuses, and is taken back where it runs; the others never hear of it', async () => {
  at += 60_000;
  await begin(0);
  await say(edges[0]!, 'runs');
  await expect.poll(async () => (await newest()).ring).toBe(2);
  await say(edges[1]!, 'refused', 'faults.yaml: broken');
  await expect.poll(async () => (await newest()).state).toBe('stopped');
  expect((await newest()).why).toEqual({ reason: 'refused', edge: 'b', detail: 'faults.yaml: broken' });
  expect(await last(edges[0]!)).toMatchObject({ back: true });
  expect(await last(edges[1]!)).not.toHaveProperty('back');
  await say(edges[0]!, 'back');
  expect((await newest()).edges.find(({ edge }) => edge === 'a')?.state).toBe('back');
});

it('counts what an edge told since it runs it: its log’s errors stop it too', async () => {
  at += 60_000;
  await begin(0);
  const says = { at, startedAt: at, version: '1', tier: 'lite', packs: [], disk: { freeBytes: 1, state: 'ok' }, errors: 9 };
  await edges[0]!.tell('edge', says);
  await say(edges[0]!, 'runs');
  await expect.poll(async () => (await newest()).state).toBe('stopped');
  expect((await newest()).why).toMatchObject({ reason: 'errors', edge: 'a', is: 9 });
});

it('says what became of faults and of what was said before and since, and what an edge tells later stops it too', async () => {
  at += 60_000;
  const { family, version, fingerprint } = pack;
  const what = { of: 'pack', family, version, fingerprint };
  await site.as('POST', '/v1/rollouts', { what, first: ['b'], share: 0, rules: { ...rules, soakMinutes: 60, faultsPerDay: 2 } });
  await say(edges[1]!, 'runs');
  let seq = 0;
  const told = (kind: string, when: number, body: object) => ({ ...record(++seq, kind, body), at: when });
  const broke = (id: string, since: number, when = since) => told('fault', when, { ...fault(id), since, state: 'active' });
  const said = (when: number, unmatched: number) => told('turn', when, { ...turn(`t${seq}`, 's'), measured: { measures: { unmatched } } });
  const since = at;
  at += 10_000;
  // Told again, a fault arose once; one that stood before did not arise since; the agent's own words were not heard.
  await edges[1]!.up('e2', [
    broke('old', since - 5_000),
    broke('old', since - 5_000, since + 1_000),
    broke('new', since + 1_000),
    broke('new', since + 1_000, since + 2_000),
    said(since - 1_000, 0),
    said(since + 1_000, 0),
    said(since + 2_000, 1),
    told('turn', since + 3_000, turn('by-agent', 's', 'agent')),
  ]);
  const health = async () => (await newest()).edges.find(({ edge }) => edge === 'b')?.health;
  expect(await health()).toEqual({
    now: { faults: 1, heard: 2, understood: 1, days: 1 },
    before: { faults: 1, heard: 1, understood: 1, days: 7 },
    errors: 0,
  });
  // The hub has looked at it, and looks again since the edge has told something.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect((await newest()).state).toBe('running');
  await edges[1]!.up('e2', [broke('second', since + 4_000), broke('third', since + 5_000)]);
  await expect.poll(async () => (await newest()).state).toBe('stopped');
  expect((await newest()).why).toMatchObject({ reason: 'faults', edge: 'b', is: 3 });
});

it('lists some edges of each ring with the counts of all, the one it was stopped for among them, and the others by page and name', async () => {
  const many = await startScenario({}, () => at);
  try {
    const names = Array.from({ length: 130 }, (_, n) => `e${String(n).padStart(3, '0')}`);
    const last = [];
    for (const name of names) last.push(await many.edge(name));
    const files = await bundleOf(join(packsRoot, 'generic'));
    const { family, version, fingerprint } = (await many.as<PackRow>('POST', '/v1/packs', { files })).body;
    const what = { of: 'pack', family, version, fingerprint };
    await many.as('POST', '/v1/rollouts', { what, first: ['e000', 'e129'], share: 0, rules });
    const row = async () => (await many.as<RolloutList>('GET', '/v1/rollouts')).body.rollouts[0]!;
    const { id } = await row();
    for (const edge of [last[0]!, last[129]!]) await edge.tell('took', { rollout: id, state: 'runs', at });
    await expect.poll(async () => (await row()).ring).toBe(2);
    await last[128]!.tell('took', { rollout: id, state: 'refused', at, problem: 'no room' });
    await expect.poll(async () => (await row()).state).toBe('stopped');
    const { rings, edges } = await row();
    expect(rings).toMatchObject([
      { ring: 0, edges: 2, runs: 2 },
      { ring: 2, edges: 128, told: 127, refused: 1 },
    ]);
    expect(edges.filter(({ ring }) => ring === 2)).toHaveLength(20);
    expect(edges.find(({ ring }) => ring === 2)).toMatchObject({ edge: 'e128', problem: 'no room' });
    const page = async (query: string) => (await many.as<RolloutEdges>('GET', `/v1/rollouts/${id}/edges?${query}`)).body;
    const one = await page('ring=2');
    expect([one.edges.length, one.more, one.edges[0]?.edge]).toEqual([100, true, 'e001']);
    const two = await page(`ring=2&after=${one.edges.at(-1)?.edge}`);
    expect([two.edges.length, two.more, two.edges.at(-1)?.edge]).toEqual([28, false, 'e128']);
    expect((await page('q=E12')).edges.map(({ edge }) => edge)).toEqual(names.slice(120));
    expect((await page('q=%25')).edges).toEqual([]);
    expect((await many.as('GET', '/v1/rollouts/none/edges')).status).toBe(404);
    expect((await many.as('GET', `/v1/rollouts/${id}/edges?ring=x`)).status).toBe(400);
  } finally {
    await many.end();
  }
});

it('a person may stop it; a technician may not begin one', async () => {
  at += 60_000;
  await begin(0);
  const tess = await site.technician('Tess');
  expect((await tess('POST', `/v1/rollouts/${(await newest()).id}/stop`)).status).toBe(403);
  await site.as('POST', `/v1/rollouts/${(await newest()).id}/stop`);
  expect(await newest()).toMatchObject({ state: 'stopped', why: { reason: 'person' } });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Breakdown, Ledger } from '../api/types.ts';
import { headOf } from '../insight/breakdown.ts';
import { type Edge, fault, handoff, type Scenario, startScenario, thing } from '../scenario.ts';
import { interruptions } from './ledger.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('when a link was down', () => {
  const now = 100 * minute;
  const of = (spans: [number, number][], online = true) =>
    interruptions(
      spans.map(([since, until]) => ({ since, until })),
      0,
      now,
      online,
    );

  it('is between what several hubs wrote down, which may lie over each other', () => {
    const two: [number, number][] = [
      [0, 10 * minute],
      [5 * minute, 30 * minute],
      [8 * minute, 20 * minute],
      [40 * minute, now],
    ];
    expect(of(two)).toEqual([{ from: 30 * minute, to: 40 * minute }]);
  });

  it('lasts until now for who is not there, and what is shorter than ten seconds is none', () => {
    const blink: [number, number][] = [
      [0, 10 * minute],
      [10 * minute + 9_000, 50 * minute],
    ];
    expect(of(blink, false)).toEqual([{ from: 50 * minute, to: null }]);
    expect(of(blink, true)).toEqual([]);
  });
});

describe('the ledger of an edge', () => {
  let at = Date.parse('2026-11-26T10:00:00Z');
  let site: Scenario;
  let edge: Edge;
  const read = async (id = 'e') => (await site.as<Ledger>('GET', `/v1/fleet/${id}/ledger`)).body;
  const pass = (ms: number) => {
    at += ms;
  };
  const csv = async (path: string) => (await site.as<string>('GET', path)).body as unknown as string;

  beforeAll(async () => {
    site = await startScenario({}, () => at);
    edge = await site.edge('e');
  });
  afterAll(() => site.end());

  /** Holds the wake socket until what `meanwhile` does is done. */
  async function linked(meanwhile: () => Promise<void> | void): Promise<void> {
    const wake = { method: 'GET', path: '/v1/sync/wake' };
    const socket = new WebSocket(`${site.url.replace('http', 'ws')}${wake.path}`, { headers: await edge.proof(wake) });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    await expect.poll(async () => (await site.as<{ edges: { online: boolean }[] }>('GET', '/v1/fleet')).body.edges[0]?.online).toBe(true);
    await meanwhile();
    socket.close();
    await expect.poll(async () => (await site.as<{ edges: { online: boolean }[] }>('GET', '/v1/fleet')).body.edges[0]?.online).toBe(false);
  }

  it('knows nothing of an edge that never held a link, and of no other at all', async () => {
    expect(await read()).toMatchObject({ from: null, downMs: 0, downs: [], losses: [], late: [], setAside: [] });
    expect((await site.as('GET', '/v1/fleet/nobody/ledger')).status).toBe(404);
  });

  it('says when the link was down and for how long, also across a start of the hub', async () => {
    const began = at;
    await linked(() => pass(hour));
    at += 2 * hour;
    await linked(() => pass(hour));
    // What came and went stands in the store before the hub ends.
    await site.again();
    at += 30 * minute;
    const { from, downs, downMs } = await read();
    expect(from).toBe(began);
    expect(downs).toEqual([
      { from: began + 4 * hour, to: null },
      { from: began + hour, to: began + 3 * hour },
    ]);
    expect(downMs).toBe(2.5 * hour);
    expect((await read()).to).toBe(at);
  });

  it('goes on where a blink was, and adds nothing for it', async () => {
    await linked(() => pass(minute));
    at += 5_000;
    await linked(() => pass(minute));
    await site.again();
    const { downs } = await read();
    expect(downs.map(({ to }) => to !== null)).toEqual([true, true]);
  });

  it('counts what came late by day, and what no clock can be right about not at all', async () => {
    const late = (seq: number, made: number) => ({ seq, id: `l${seq}`, kind: 'thing', at: made, body: thing(`t${seq}`) });
    await edge.up('late', [late(1, at - minute), late(2, at - hour), late(3, at - 3 * hour), late(4, 1_000)]);
    await edge.up('late', [late(5, at - 2 * hour)]);
    const today = new Date(at).toISOString().slice(0, 10);
    expect((await read()).late).toEqual([{ day: today, count: 3, worstMs: 3 * hour }]);
    // Sent again, it is known already.
    await edge.up('late', [late(5, at - 2 * hour)]);
    expect((await read()).late[0]?.count).toBe(3);
  });

  it('tells what the edge said is gone, and what could not be understood', async () => {
    await edge.tell('gap', { of: 'telemetry', reason: 'room', from: at - day, to: at - hour, count: 12, at });
    pass(minute);
    await edge.tell('gap', { of: 'records', reason: 'damage', detail: 'a page of the store', at });
    await edge.tell('thing', { nonsense: true });
    const { losses, setAside } = await read();
    expect(losses).toMatchObject([
      { of: 'records', reason: 'damage', from: null, count: null, detail: 'a page of the store' },
      { of: 'telemetry', reason: 'room', from: at - day - minute, to: at - hour - minute, count: 12, detail: null },
    ]);
    expect(setAside).toEqual([{ at, reason: expect.stringContaining('thing'), count: 1 }]);
  });

  it('is there for a spreadsheet, of one edge and of all', async () => {
    await site.edge('other');
    const lines = (await csv('/v1/fleet/ledger.csv?days=28')).trim().split('\r\n');
    expect(lines[0]).toBe('edge,what,from,to,seconds,count,why');
    expect(lines).toContain('e,link down,2026-11-26T11:00:00.000Z,2026-11-26T13:00:00.000Z,7200,,');
    expect(lines.some((line) => line.startsWith('e,lost telemetry,'))).toBe(true);
    expect(lines.some((line) => /^e,came late,\d{4}-\d\d-\d\d,.*,10800,3,$/.test(line))).toBe(true);
    expect(lines.some((line) => line.startsWith('e,set aside,'))).toBe(true);
    expect(await csv('/v1/fleet/ledger.csv?edge=other')).toBe('edge,what,from,to,seconds,count,why\r\n');
  });

  it('forgets what lies before the days that are asked for', async () => {
    const before = at;
    at += 40 * day;
    expect(await read()).toMatchObject({ losses: [], late: [], setAside: [], from: at - 28 * day });
    expect((await site.as<Ledger>('GET', '/v1/fleet/e/ledger?days=90')).body.losses).toHaveLength(2);
    at = before;
  });
});

describe('how it goes by edge, model, firmware and pack', () => {
  let at = Date.parse('2026-11-26T10:00:00Z');
  let site: Scenario;
  const read = async () => (await site.as<Breakdown>('GET', '/v1/insight/breakdown?days=7')).body;

  beforeAll(async () => {
    site = await startScenario({}, () => at);
    const packs = (version: string) => [{ family: 'vehicle', version, state: 'ok' }];
    const says = { startedAt: at, version: '1.0.0', tier: 'lite', disk: { freeBytes: 1, state: 'ok' }, errors: 0 };
    const [a, b] = [await site.edge('a'), await site.edge('b', 'other-house')];
    for (const [edge, version] of [
      [a, '1.0.0'],
      [b, '2.0.0'],
    ] as const)
      await edge.tell('edge', { at, ...says, packs: packs(version) });
    for (const [edge, id, firmware] of [
      [a, 'car-1', '7.1'],
      [a, 'car-2', '7.2'],
      [b, 'car-3', '7.1'],
    ] as const)
      await edge.tell('thing', { ...thing(id), firmware });
    await a.tell('fault', { ...fault('misfire', 'car-1'), state: 'active' });
    await a.tell('fault', { ...fault('leak', 'car-1'), state: 'active' });
    await a.tell('fault', { ...fault('leak', 'car-2'), state: 'cleared' });
    await a.tell('handoff', handoff('old', { at: at - 20 * day, thing: thing('car-1') }));
    for (const [edge, id, of] of [
      [a, 'c1', 'car-1'],
      [a, 'c2', 'car-1'],
      [b, 'c3', 'car-3'],
    ] as const)
      await edge.tell('handoff', handoff(id, { at, thing: thing(of) }));
    const { thing: _, ...nothing } = handoff('c4', { at });
    await a.tell('handoff', nothing);
    await a.tell('outcome', {
      ...{ repair: 'r1', thing: 'car-1', family: 'vehicle', fault: 'misfire', faultTitle: { en: 'x', zh: 'x' }, procedure: 'p' },
      ...{ procedureTitle: { en: 'x', zh: 'x' }, state: 'fixed', finishedAt: at, until: at, needs: 1, symptoms: [] },
    });
    at += minute;
  });
  afterAll(() => site.end());

  it('counts machines, those with faults, cases of these days and repairs', async () => {
    const { by } = await read();
    expect(by.edge).toMatchObject([
      { key: 'a', things: 2, faulty: 1, cases: 3, fixed: 1, notFixed: 0, downMs: null },
      { key: 'b', things: 1, faulty: 0, cases: 1 },
    ]);
    expect(by.model).toMatchObject([{ key: 'Seat Leon', family: 'vehicle', things: 3, faulty: 1, cases: 3, fixed: 1 }]);
    expect(by.firmware).toMatchObject([
      { key: 'Seat Leon · 7.1', things: 2, cases: 3 },
      { key: 'Seat Leon · 7.2', things: 1, cases: 0 },
    ]);
    expect(by.pack).toMatchObject([
      { key: '1.0.0', family: 'vehicle', things: 2, cases: 2 },
      { key: '2.0.0', family: 'vehicle', things: 1, cases: 1 },
    ]);
  });

  it('is as many rows as a screen is for, and how many there are beyond them', () => {
    const row = { key: 'e', family: null, things: 1, faulty: 0, cases: 0, fixed: 0, notFixed: 0, downMs: null };
    const { by, more } = headOf({ days: 7, by: { edge: Array(507).fill(row), model: [row], firmware: [], pack: [] } });
    expect([by.edge.length, by.model.length]).toEqual([50, 1]);
    expect(more).toEqual({ edge: 457, model: 0, firmware: 0, pack: 0 });
  });

  it('is there for a spreadsheet', async () => {
    const csv = (await site.as<string>('GET', '/v1/insight/breakdown.csv?days=7')).body as unknown as string;
    expect(csv).toContain('by,which,family,machines,with faults,cases,repairs fixed,not fixed,link down (s)\r\nedge,a,,2,1,3,1,0,\r\n');
  });
});

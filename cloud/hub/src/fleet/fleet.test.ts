import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { FleetEdge } from '../api/types.ts';
import { call, type Edge, fault, handoff, type Scenario, startScenario, thing } from '../scenario.ts';

let site: Scenario;
let edge: Edge;
beforeAll(async () => {
  site = await startScenario();
  edge = await site.edge('e');
});
afterAll(() => site.end());

const fleet = async () => (await site.as<{ edges: FleetEdge[] }>('GET', '/v1/fleet')).body.edges;

const wake = { method: 'GET', path: '/v1/sync/wake' };

function wakeSocket(headers: Record<string, string>) {
  const socket = new WebSocket(`${site.url.replace('http', 'ws')}${wake.path}`, { headers });
  const frames: unknown[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  const opened = new Promise<number>((resolve) => {
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => resolve(0));
  });
  return { socket, frames, opened };
}

/** Reads server-sent events until one has been heard for which `enough` is true. */
async function listen(enough: (events: string[]) => boolean): Promise<string[]> {
  const stop = new AbortController();
  const response = await fetch(`${site.url}/v1/events`, { headers: { authorization: `Bearer ${site.token}` }, signal: stop.signal });
  const events: string[] = [];
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    events.splice(0, events.length, ...[...text.matchAll(/event: (\w+)\ndata: (.*)\n/g)].map((m) => `${m[1]} ${m[2]}`));
    if (enough(events)) break;
  }
  stop.abort();
  return events;
}

describe('the fleet', () => {
  it('shows each thing with what ails it now', async () => {
    await edge.tell('thing', { ...thing(), title: '<b>Car</b>' });
    await edge.tell('fault', { ...fault('misfire'), state: 'active' });
    await edge.tell('fault', { ...fault('leak'), state: 'active' });
    await edge.tell('fault', { ...fault('leak'), state: 'cleared' });
    const [shown] = await fleet();
    expect(shown).toMatchObject({ id: 'e', online: false, things: [{ id: 'car-1', title: '<b>Car</b>', presence: 'unknown' }] });
    expect(shown?.things[0]?.faults.map((f) => f.fault)).toEqual(['misfire']);
  });

  it('shows an edge online while its wake socket is open, and hears at once what waits for it', async () => {
    await edge.tell('handoff', handoff('c-wake'));
    const { socket, frames, opened } = wakeSocket(await edge.proof(wake));
    expect(await opened).toBe(101);
    expect((await fleet())[0]).toMatchObject({ online: true, things: [{ presence: 'online' }] });
    const atCase = async () => (await site.as<{ presence: string }>('GET', '/v1/cases/c-wake')).body.presence;
    expect(await atCase()).toBe('online');
    await edge.tell('thing', { ...thing(), presence: 'offline' });
    expect(await atCase(), 'as it is now, not as it was handed over').toBe('offline');
    await site.as('POST', '/v1/cases/c-wake/replies', { text: 'Hello' });
    await expect.poll(() => frames).toContainEqual({ wake: true });
    socket.close();
    await expect.poll(async () => (await fleet())[0]?.online).toBe(false);
    expect(await atCase()).toBe('unknown');

    const late = wakeSocket(await edge.proof(wake));
    await expect.poll(() => late.frames).toEqual([{ wake: true }]);
    late.socket.close();
  });

  it('opens no socket for a stranger', async () => {
    for (const token of ['wse_guess', site.token]) expect(await wakeSocket({ authorization: `Bearer ${token}` }).opened).toBe(401);
    expect(await wakeSocket({}).opened).toBe(401);
  });
});

describe('the event stream', () => {
  it('says what changed as soon as it is stored', async () => {
    const heard = listen((events) => events.some((e) => e.startsWith('article')));
    await expect
      .poll(async () => (await call<string>(site.url, 'GET', '/metrics', { token: site.token })).body)
      .toContain('wayside_hub_listeners 1');
    await edge.tell('handoff', handoff('c-heard'));
    await site.as('POST', '/v1/cases/c-heard/resolve', { text: 'Done' });
    expect(await heard).toEqual(expect.arrayContaining(['case {"case":"c-heard"}', expect.stringMatching(/^article/)]));
    await expect
      .poll(async () => (await call<string>(site.url, 'GET', '/metrics', { token: site.token })).body)
      .toContain('wayside_hub_listeners 0');
  });
});

describe('the figures', () => {
  it('are medians and counts over all cases', async () => {
    let at = Date.now();
    const other = await startScenario({}, () => at);
    const from = await other.edge('e');
    expect((await other.as('GET', '/v1/insight')).body).toMatchObject({ medianFirstReplyMs: null, medianResolveMs: null, topFaults: [] });
    for (const [id, reply, solve] of [
      ['a', 10, 100],
      ['b', 20, 300],
      ['c', 90, 200],
    ] as const) {
      await from.tell('handoff', handoff(id, { at, faults: [fault(id === 'c' ? 'leak' : 'misfire')] }));
      at += reply;
      await other.as('POST', `/v1/cases/${id}/replies`, { text: 'Hello' });
      at += solve - reply;
      await other.as('POST', `/v1/cases/${id}/resolve`, { text: 'Done' });
    }
    const recommended = { thing: 't', family: 'vehicle', recommendation: 'rest', title: fault().title };
    for (const state of ['given', 'done', 'undone', 'no'] as const) await from.tell('recommendation', { ...recommended, state, at: ++at });
    for (const state of ['given', 'done'] as const) await from.tell('recommendation', { ...recommended, state, at: ++at });
    expect((await other.as('GET', '/v1/insight')).body).toEqual({
      cases: { open: 0, claimed: 0, resolved: 3, snoozed: 0 },
      medianFirstReplyMs: 20,
      medianResolveMs: 200,
      topFaults: [
        { fault: 'misfire', title: fault().title, count: 2 },
        { fault: 'leak', title: fault('leak').title, count: 1 },
      ],
      rules: [{ rule: 'asked', because: handoff('c').rule.because, count: 3 }],
      recommendations: [{ family: 'vehicle', recommendation: 'rest', title: fault().title, given: 2, done: 1, later: 0, no: 1 }],
    });
    await other.end();
  });
});

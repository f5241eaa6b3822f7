import { once } from 'node:events';
import type { DownBatch } from '@wayside/contract';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Started } from '../hub.ts';
import { call, handoff, record, twoHubs } from '../scenario.ts';
import { askAs, enrolAt, type SigningEdge, signed } from '../signing-edge.ts';

let hubs: Awaited<ReturnType<typeof twoHubs>>;
let me: SigningEdge;
beforeAll(async () => {
  hubs = await twoHubs();
  me = await enrolAt(hubs.other, 'far-edge');
});
afterAll(() => hubs.end());

/** The edge, at one hub: its wake socket and what it tells and fetches there. */
async function edgeAt({ url }: Started) {
  const wake = { method: 'GET', path: '/v1/sync/wake' };
  const { headers } = await signed(me, wake);
  const socket = new WebSocket(`${url.replace('http', 'ws')}${wake.path}`, { headers });
  const woken = vi.fn();
  socket.on('message', woken);
  let seq = 0;
  return {
    here: once(socket, 'open'),
    woken,
    leave: () => socket.terminate(),
    tell: (kind: string, body: unknown) =>
      askAs(url, me, { method: 'POST', path: '/v1/sync/up', body: { epoch: url, records: [record(++seq, kind, body)] } }),
    live: async (visit: string, readings: object, more: object = {}) =>
      (await askAs<{ on: boolean }>(url, me, { method: 'POST', path: '/v1/sync/live', body: { visit, at: 1_000, readings, ...more } })).body
        .on,
    waits: async () => (await askAs<DownBatch>(url, me, { method: 'GET', path: '/v1/sync/down' })).body.envelopes.map(({ kind }) => kind),
  };
}

it('a technician at one hub looks at a machine whose edge holds its socket at another, asks it for something, and goes on when that hub is gone', async () => {
  const { one: atDesk, other: atEdge } = hubs;
  const desk = <T>(method: string, path: string, body?: object) =>
    call<T>(atDesk.url, method, `/v1/cases/c${path}`, { token: atDesk.token, ...(body ? { body } : {}) });
  const edge = await edgeAt(atEdge);
  await edge.here;
  expect((await edge.tell('handoff', handoff('c'))).status).toBe(200);
  // That the edge is there is told from hub to hub.
  const { visit } = await vi.waitFor(async () => {
    const { status, body } = await desk<{ visit: string }>('POST', '/visit');
    expect(status).toBe(200);
    return body;
  });
  await vi.waitFor(() => expect(edge.woken).toHaveBeenCalled(), { timeout: 20_000 });
  expect(await edge.waits()).toContain('visit');

  const stream = await fetch(`${atDesk.url}/v1/cases/c/visit`, { headers: { authorization: `Bearer ${atDesk.token}` } });
  let seen = '';
  const reading = (async () => {
    for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) seen += part;
  })().catch(() => {});
  const report = { visit, case: 'c', session: 'session-of-c', thing: 'car-1', by: 'Ada', at: 1_000 };
  await edge.tell('visit', { ...report, state: 'began' });
  const speed = { 'Vehicle.Speed': { at: 1_000, value: 83 } };
  const signals = { 'Vehicle.Speed': { title: { en: 'Speed', zh: '车速' }, unit: 'km/h' } };
  expect(await edge.live(visit, speed, { signals })).toBe(true);
  await vi.waitFor(() => expect(seen).toMatch(/event: frame\ndata: .*"value":83/), { timeout: 20_000 });

  edge.woken.mockClear();
  expect((await desk('POST', '/commands', { action: 'lights', args: {} })).status).toBe(202);
  await vi.waitFor(() => expect(edge.woken).toHaveBeenCalled(), { timeout: 20_000 });
  expect(await edge.waits()).toContain('wish');

  // Its hub goes; the edge comes to the other, and the visit goes on.
  edge.leave();
  await atEdge.hub.stop();
  const again = await edgeAt(atDesk);
  await again.here;
  expect(await again.live(visit, { 'Vehicle.Speed': { at: 2_000, value: 84 } })).toBe(true);
  await vi.waitFor(() => expect(seen).toContain('"value":84'), { timeout: 20_000 });
  await again.tell('visit', { ...report, state: 'over', why: 'stopped' });
  await vi.waitFor(() => expect(seen).toMatch(/event: over\ndata: "stopped"/), { timeout: 20_000 });
  expect(await again.live(visit, {})).toBe(false);
  again.leave();
  await stream.body?.cancel().catch(() => {});
  await atDesk.hub.stop();
  await reading;
});

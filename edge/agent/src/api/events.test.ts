import { WaysideError } from '@wayside/protocol';
import type { MiddlewareHandler } from 'hono';
import { describe, expect, it } from 'vitest';
import { Events } from '../events.ts';
import type { Door } from './auth.ts';
import { Backlog, type Told } from './backlog.ts';
import { createRoutes } from './routes.ts';
import type { Site } from './site.ts';

const open: MiddlewareHandler = async (_, next) => next();

function routes() {
  const events = new Events();
  const app = createRoutes({ events } as Site, { guard: open } as Door);
  app.onError((error, c) => c.text(error instanceof WaysideError ? error.code : String(error), 400));
  return { events, app };
}

/** What the stream says until it has said `last`. */
async function hear(response: Response, last: string): Promise<string> {
  let text = '';
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  while (!text.includes(last)) text += (await reader.read()).value ?? '';
  await reader.cancel();
  return text;
}

const readings = (thing: string, signals: Record<string, number>): Told => ({ event: 'readings', data: { thing, signals } });

describe('the events of a site', () => {
  it('reach a listener that asked for some of them, and no others do', async () => {
    const { events, app } = routes();
    const response = await app.request('/events?only=things,faults');
    expect(events.isHeard('faults')).toBe(true);
    expect(events.isHeard('readings')).toBe(false);
    events.tellSite({ event: 'readings', data: { thing: 'car-1', signals: {} } });
    events.tellSite({ event: 'faults', data: [] });
    events.tellSite({ event: 'things', data: { thing: 'car-1' } });
    expect(await hear(response, 'car-1')).toBe(
      'event: ready\ndata: {}\n\nevent: faults\ndata: []\n\nevent: things\ndata: {"thing":"car-1"}\n\n',
    );
  });

  it('all reach a listener that did not choose', async () => {
    const { events, app } = routes();
    const response = await app.request('/events');
    events.tellSite({ event: 'readings', data: { thing: 'car-1', signals: {} } });
    events.tellSite({ event: 'faults', data: [] });
    expect(await hear(response, 'faults')).toContain('event: readings');
  });

  it('refuse a name there is none of', async () => {
    const { app } = routes();
    const response = await app.request('/events?only=faults,fault');
    expect(await response.text()).toBe('invalid');
    expect((await app.request('/events?only=')).status).toBe(400);
  });
});

describe('what waits for a slow reader', () => {
  it('holds each thing once, with the newest of every signal, in its first place', () => {
    const backlog = new Backlog();
    backlog.add(readings('a', { x: 1, y: 1 }));
    backlog.add({ event: 'faults', data: [] });
    backlog.add(readings('b', { x: 1 }));
    backlog.add(readings('a', { x: 2 }));
    expect(backlog.take()).toEqual([readings('a', { x: 2, y: 1 }), { event: 'faults', data: [] }, readings('b', { x: 1 })]);
    expect(backlog.take()).toEqual([]);
  });

  it('is too long when other events pile up, not when a large site speaks for hours', () => {
    const backlog = new Backlog();
    for (let n = 0; n < 20_000; n++) backlog.add(readings(`thing-${n % 2_000}`, { x: n }));
    expect(backlog.isTooLong).toBe(false);
    for (let n = 0; n < 500; n++) backlog.add({ event: 'things', data: { thing: 'a' } });
    expect(backlog.isTooLong).toBe(true);
  });

  it('leaves what was told to others as it was', () => {
    const told = readings('a', { x: 1 });
    const backlog = new Backlog();
    backlog.add(told);
    backlog.add(readings('a', { x: 2 }));
    expect(told).toEqual(readings('a', { x: 1 }));
  });
});

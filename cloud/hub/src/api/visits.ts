import { createRoute } from '@hono/zod-openapi';
import { visitAnswer, visitFrame } from '@wayside/contract';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { ask, come, hear, leave, stillHere } from '../visits/visits.ts';
import { createRoutes, type Doors, json, jsonBody, problems } from './context.ts';
import { newWish, visitMade } from './types.ts';

const params = z.object({ case: z.string().min(1).max(64) });
const tags = ['visits'];
const aliveMs = 5_000;
/** An edge that says nothing for so long is gone. */
const silentMs = 20_000;
/** A page that is loaded anew is back within this time. */
const graceMs = 3_000;
/** A slow reader holds no more frames than this; older ones are dropped. */
const mostWaiting = 30;

/** Looking at a machine live: come, see, ask for a command, go. */
export function visitRoutes({ ground, isOnline, live, log, welcome }: Doors) {
  const routes = createRoutes()
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/sync/live',
        summary: 'What a machine measures now, for whoever looks; kept nowhere',
        tags: ['sync'],
        request: { body: jsonBody(visitFrame) },
        responses: { 200: json(visitAnswer, 'Whether anybody looks'), ...problems },
      }),
      async (c) => c.json({ on: await hear(ground, c.get('edge'), c.req.valid('json')) }, 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/cases/{case}/visit',
        summary: 'Look at the machine live, for ten minutes; claims the case when nobody has. Open the stream at once: without it, it ends',
        tags,
        request: { params },
        responses: { 200: json(visitMade, 'It begins when the edge says so'), ...problems },
      }),
      async (c) => c.json(await come(ground, c.req.valid('param').case, c.get('me'), isOnline), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/cases/{case}/visit/end',
        summary: 'Go',
        tags,
        request: { params },
        responses: { 204: { description: 'Gone' }, ...problems },
      }),
      async (c) => {
        await leave(ground, c.req.valid('param').case, 'left');
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/cases/{case}/commands',
        summary: 'Ask the person at the machine to let it do something, while you look at it live; it happens after their yes',
        tags,
        request: { params, body: jsonBody(newWish) },
        responses: { 202: { description: 'Asked; what comes of it is on the case' }, ...problems },
      }),
      async (c) => {
        await ask(ground, c.req.valid('param').case, c.get('me'), c.req.valid('json'));
        return c.body(null, 202);
      },
    );

  routes.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/cases/{case}/visit',
    summary: 'Server-sent events `frame` (what the machine measures now) and `over` (why it ended). Closing it ends the visit',
    tags,
    request: { params },
    responses: { 200: { description: 'A stream', content: { 'text/event-stream': { schema: { type: 'string' } } } }, ...problems },
  });
  routes.get('/v1/cases/:case/visit', (c) => {
    const id = c.req.param('case');
    const secret = c.get('secret') as string;
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async (stream) => {
      const waiting: { event: string; data: string }[] = [];
      let heardAt = Date.now();
      let wakeUp = () => {};
      const away = live.look(id, (news) => {
        heardAt = Date.now();
        waiting.push(
          'over' in news ? { event: 'over', data: JSON.stringify(news.over) } : { event: 'frame', data: JSON.stringify(news.frame) },
        );
        if (waiting.length > mostWaiting) waiting.shift();
        wakeUp();
      });
      stream.onAbort(() => wakeUp());
      try {
        await stream.write(': here\n\n');
        while (!stream.aborted && !stream.closed) {
          // Who was signed out since sees nothing more.
          if (!(await welcome(secret))) break;
          await stillHere(ground, id);
          const next = Date.now() + aliveMs;
          while (!stream.aborted && Date.now() < next) {
            const one = waiting.shift();
            if (one) await stream.writeSSE(one);
            else
              await new Promise<void>((resolve) => {
                const timer = setTimeout(resolve, next - Date.now());
                wakeUp = () => {
                  clearTimeout(timer);
                  resolve();
                };
              });
          }
          if (Date.now() - heardAt > silentMs) await leave(ground, id, 'link');
          await stream.write(': still here\n\n');
        }
      } finally {
        away();
        setTimeout(() => void goUnlessBack(id), graceMs).unref();
      }
    });
  });

  async function goUnlessBack(id: string): Promise<void> {
    if (live.looks(id)) return;
    await leave(ground, id, 'left').catch((err) => log.error({ err, case: id }, 'that nobody looks any more could not be kept'));
  }
  return routes;
}

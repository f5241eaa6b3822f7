import { createRoute } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { readFleet } from '../fleet/fleet.ts';
import { readInsight } from '../insight/insight.ts';
import type { Db } from '../store/schema.ts';
import { createRoutes, type Doors, json, problems } from './context.ts';
import { fleetList, type HubEvent, insight } from './types.ts';

const heartbeatMs = 15_000;

/** Fleet, figures, and the news that something changed. */
export function overviewRoutes({ ground, isOnline, audience, welcome }: Doors) {
  const routes = createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/fleet',
        summary: 'Every edge and thing',
        tags: ['fleet'],
        responses: { 200: json(fleetList, 'By id'), ...problems },
      }),
      async (c) => c.json({ edges: await readFleet(c.get('view'), isOnline, ground.now()) }, 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/insight',
        summary: 'How the desk is doing',
        tags: ['insight'],
        responses: { 200: json(insight, 'Figures'), ...problems },
      }),
      async (c) => c.json(await readInsight(c.get('view'), ground.now()), 200),
    );

  routes.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/events',
    summary: 'Server-sent events `case`, `article`, `fleet`, `issue`, `queue`: something changed, fetch it. They are not replayed',
    tags: ['events'],
    responses: { 200: { description: 'A stream', content: { 'text/event-stream': { schema: { type: 'string' } } } }, ...problems },
  });
  routes.get('/v1/events', (c) => {
    const secret = c.get('secret') as string;
    // Tells nginx not to hold the stream back.
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async (stream) => {
      const listener = audience.join();
      stream.onAbort(() => listener.leave());
      try {
        await stream.write(': here\n\n');
        for (;;) {
          const news = await listener.next(heartbeatMs);
          if (stream.aborted || stream.closed || listener.isOver()) break;
          // A stream outlives the request that was let in: who was signed out since hears nothing more.
          if (!(await welcome(secret))) break;
          if (news && !(await isTheirs(c.get('view'), news))) continue;
          if (news) await stream.writeSSE({ event: news.event, data: JSON.stringify(news.data) });
          else await stream.write(': still here\n\n');
        }
      } finally {
        listener.leave();
      }
    });
  });
  return routes;
}

/** News of a case or an edge is for those who may see it. */
async function isTheirs(view: Db, { event, data }: HubEvent): Promise<boolean> {
  if (event === 'case') return (await view.selectFrom('case').select('id').where('id', '=', data.case).executeTakeFirst()) !== undefined;
  if (event === 'fleet') return (await view.selectFrom('edge').select('id').where('id', '=', data.edge).executeTakeFirst()) !== undefined;
  return true;
}

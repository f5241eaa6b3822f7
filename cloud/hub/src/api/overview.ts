import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createRoute } from '@hono/zod-openapi';
import { hashOf } from '../auth/secret.ts';
import { readFleet } from '../fleet/fleet.ts';
import { readInsight } from '../insight/insight.ts';
import { createRoutes, type Doors, json, problems } from './context.ts';
import { fleetList, insight } from './types.ts';

/** Fleet, figures, and the news that something changed. */
export function overviewRoutes({ ground, isOnline, audience }: Doors) {
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
      async (c) => c.json(await readInsight(c.get('view'), c.get('me').tenant, ground.now()), 200),
    );

  routes.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/events',
    summary:
      'Server-sent events `case`, `article`, `fleet`, `issue`, `queue`, `rollout`: something changed, fetch it. `attend`: who has the case open that you have open. They are not replayed',
    tags: ['events'],
    responses: { 200: { description: 'A stream', content: { 'text/event-stream': { schema: { type: 'string' } } } }, ...problems },
  });
  routes.get('/v1/events', (c) => {
    const secret = c.get('secret') as string;
    const { outgoing } = c.env;
    const { socket } = c.env.incoming;
    // As long as the connection, not in chunks: what is written is then the same for everybody, and written once (RFC 9112 §6.3).
    outgoing.removeHeader('transfer-encoding');
    // The last one tells nginx not to hold the stream back.
    outgoing.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'close',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
    });
    outgoing.write(': here\n\n');
    const listener = audience.join({
      secret,
      hash: hashOf(secret),
      tenant: c.get('me').tenant,
      technician: c.get('me').id,
      // Past the response, which would keep what it is given until the end of the turn, and so the loop for as long as thousands of writes take.
      write: (text) => socket.write(text),
      end: () => outgoing.end(),
    });
    socket.on('drain', listener.drained);
    outgoing.once('close', listener.leave);
    return RESPONSE_ALREADY_SENT;
  });
  return routes;
}

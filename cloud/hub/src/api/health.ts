import { createRoute } from '@hono/zod-openapi';
import { WaysideError } from '@wayside/protocol';
import { sql } from 'kysely';
import { z } from 'zod';
import { countCases } from '../cases/list.ts';
import { createRoutes, type Doors, json, problems } from './context.ts';

const patienceMs = 2_000;

/** What watches the hub: is it well, which a load balancer asks of everybody; and how is it doing, which says how much goes on here. */
export function healthRoutes({ ground, wake, audience, meter }: Doors) {
  const routes = createRoutes().openapi(
    createRoute({
      method: 'get',
      path: '/healthz',
      summary: 'Can the hub serve? Asks its store',
      tags: ['health'],
      responses: { 200: json(z.object({ ok: z.literal(true) }), 'It can'), ...problems },
    }),
    async (c) => {
      const late = new Promise<never>((_, reject) => {
        setTimeout(() => reject(new WaysideError('unavailable', 'The store does not answer.')), patienceMs).unref();
      });
      const asked = sql`select 1`.execute(ground.db).catch((cause: unknown) => {
        throw new WaysideError('unavailable', 'The store cannot be read. The log says why.', { cause });
      });
      await Promise.race([asked, late]);
      return c.json({ ok: true as const }, 200);
    },
  );

  routes.openAPIRegistry.registerPath({
    method: 'get',
    path: '/metrics',
    summary: 'Figures for Prometheus, for whoever is signed in, and for a monitor with its token',
    tags: ['health'],
    responses: { 200: { description: 'In its text format', content: { 'text/plain': { schema: { type: 'string' } } } }, ...problems },
  });
  routes.get('/metrics', async (c) => {
    meter.edges.set(wake.count());
    meter.listeners.set(audience.count());
    for (const [state, count] of Object.entries(await countCases(ground.db, ground.now()))) meter.cases.set({ state }, count);
    return c.body(await meter.registry.metrics(), 200, { 'content-type': meter.registry.contentType });
  });
  return routes;
}

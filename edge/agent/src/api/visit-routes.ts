import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { answer, failed } from './describe.ts';
import type { Site } from './site.ts';

/** Who looks at a machine live, and the way to end it. */
export function addVisitRoutes(app: OpenAPIHono, site: Site): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/visits',
      summary: 'Technicians who see live values now',
      responses: { 200: answer('visitList', 'Those that go on'), ...failed },
    }),
    (c) => c.json({ visits: site.visits.open() }, 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/visits/{visit}/stop',
      summary: 'End it: the technician sees nothing more',
      request: { params: z.object({ visit: z.string().max(80) }) },
      responses: { 204: { description: 'It is over' }, ...failed },
    }),
    async (c) => {
      await site.visits.stop(c.req.valid('param').visit);
      return c.body(null, 204);
    },
  );
}

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { WaysideError } from '@wayside/protocol';
import type { Door } from './auth.ts';
import { body, failed, json } from './describe.ts';
import type { Site } from './site.ts';

/** A release of this agent, fetched as its operator signed it. It is not switched to: that is for whoever owns the machine. */
export function addReleaseRoutes(app: OpenAPIHono, site: Site, door: Door): void {
  app.openapi(
    createRoute({
      method: 'post',
      path: '/releases',
      summary: 'Fetch a signed release of the agent into a folder; asked again until it is done',
      request: { body: body(z.object({ release: z.string().regex(/^[\w.-]{1,120}$/) }).strict()) },
      responses: {
        200: json(
          z.object({ folder: z.string(), files: z.int(), fetched: z.int(), done: z.boolean() }),
          'How far it is, and where it lies',
        ),
        ...failed,
      },
    }),
    async (c) => {
      if (!site.people.me(door.who(c)).manages)
        throw new WaysideError('forbidden', 'Only the owner brings a release here. Ask them to choose their name here.');
      return c.json(await site.takeRelease(c.req.valid('json').release), 200);
    },
  );
}

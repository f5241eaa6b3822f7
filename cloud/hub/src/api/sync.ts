import { createRoute } from '@hono/zod-openapi';
import { aboutAsked, downBatch, knownAtHub, linkClaim, linkCode, linked, linkOffer, upAcknowledgment, upBatch } from '@wayside/contract';
import { z } from 'zod';
import { aboutPerson } from '../people/about.ts';
import { createLinks } from '../people/link.ts';
import { createDesk } from '../queue/desk.ts';
import { envelopesAfter } from '../sync/envelopes.ts';
import { createRoutes, type Doors, json, jsonBody, problems } from './context.ts';

const downQuery = z.object({
  after: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).default(0),
  limit: z.coerce.number().int().min(1).max(256).default(100),
  mark: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional(),
});

/** The two doors of an edge: what it reports, and what waits for it. */
export function syncRoutes({ config, ground }: Doors) {
  const links = createLinks(ground);
  const desk = createDesk(ground, config);
  const routes = createRoutes()
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/sync/people/offers',
        summary: 'A one-time code with which another edge joins one of this edge’s people',
        tags: ['sync'],
        request: { body: jsonBody(linkOffer) },
        responses: { 201: json(linkCode, 'The code, for ten minutes'), ...problems },
      }),
      async (c) => c.json(await links.offer(c.get('edge'), c.req.valid('json')), 201),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/sync/people/claims',
        summary: 'Join the person behind a one-time code of another edge',
        tags: ['sync'],
        request: { body: jsonBody(linkClaim) },
        responses: { 200: json(linked, 'Who it is, or why not'), ...problems },
      }),
      async (c) => c.json(await links.claim(c.get('edge'), c.req.valid('json').code), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/sync/people/about',
        summary: 'What this hub holds of a person of this edge, for them to take along',
        tags: ['sync'],
        request: { body: jsonBody(aboutAsked) },
        responses: { 200: json(knownAtHub, 'All beyond what the edge has itself'), ...problems },
      }),
      async (c) => c.json(await aboutPerson(ground.db, c.get('edge'), c.req.valid('json').person, ground.now()), 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/sync/down',
        summary: 'What waits for an edge after the last envelope it has stored',
        tags: ['sync'],
        request: { query: downQuery },
        responses: { 200: json(downBatch, 'In order, without a gap'), ...problems },
      }),
      async (c) => {
        const { after, limit, mark } = c.req.valid('query');
        const batch = await envelopesAfter(ground, c.get('edge'), after, limit, mark);
        return c.json({ ...batch, desk: await desk(c.get('edge')) }, 200);
      },
    );
  // Answered in `up.ts`.
  routes.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/sync/up',
    summary: 'Store a batch of an edge’s records; answers after they are on disk',
    tags: ['sync'],
    request: { body: jsonBody(upBatch) },
    responses: { 200: json(upAcknowledgment, 'How far the records are stored'), ...problems },
  });
  return routes;
}

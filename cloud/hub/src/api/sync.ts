import { createRoute } from '@hono/zod-openapi';
import { downBatch, linkClaim, linkCode, linked, linkOffer, upAcknowledgment } from '@wayside/contract';
import { z } from 'zod';
import { deskNow } from '../cases/desk.ts';
import { createLinks } from '../people/link.ts';
import { envelopesAfter } from '../sync/envelopes.ts';
import { incomingBatch } from '../sync/read-record.ts';
import { receive } from '../sync/receive.ts';
import { createRoutes, type Doors, json, jsonBody, problems } from './context.ts';

const downQuery = z.object({
  after: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).default(0),
  limit: z.coerce.number().int().min(1).max(256).default(100),
});

/** The two doors of an edge: what it reports, and what waits for it. */
export function syncRoutes({ config, ground, effects, log, meter }: Doors) {
  const links = createLinks(ground);
  return createRoutes()
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
        path: '/v1/sync/up',
        summary: 'Store a batch of an edge’s records; answers after they are on disk',
        tags: ['sync'],
        request: { body: jsonBody(incomingBatch) },
        responses: { 200: json(upAcknowledgment, 'How far the records are stored'), ...problems },
      }),
      async (c) => {
        const edge = c.get('edge');
        const { epoch, records } = c.req.valid('json');
        const answer = await receive(ground, effects, edge, epoch, records, (seq, err) =>
          log.error({ edge, seq, err }, 'a record could not be applied and is set aside'),
        );
        meter.records.inc(records.length);
        meter.quarantined.inc(answer.quarantined.length);
        for (const { seq, reason } of answer.quarantined) log.warn({ edge, epoch, seq, reason }, 'a record is set aside');
        return c.json({ ...answer, desk: await deskNow(ground.db, config, ground.now()) }, 200);
      },
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
        const { after, limit } = c.req.valid('query');
        const batch = await envelopesAfter(ground, c.get('edge'), after, limit);
        return c.json({ ...batch, desk: await deskNow(ground.db, config, ground.now()) }, 200);
      },
    );
}

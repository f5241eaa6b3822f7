import { createRoute } from '@hono/zod-openapi';
import { contractVersion, downBatch, linkClaim, linkCode, linked, linkOffer, understands, upAcknowledgment } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import { z } from 'zod';
import { createLinks } from '../people/link.ts';
import { createDesk } from '../queue/desk.ts';
import { createGather } from '../store/gather.ts';
import { envelopesAfter } from '../sync/envelopes.ts';
import { createIntake } from '../sync/intake.ts';
import { incomingBatch } from '../sync/read-record.ts';
import { type Incoming, receive } from '../sync/receive.ts';
import { createRoutes, type Doors, json, jsonBody, problems } from './context.ts';

const downQuery = z.object({
  after: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).default(0),
  limit: z.coerce.number().int().min(1).max(256).default(100),
  mark: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional(),
});

/** The two doors of an edge: what it reports, and what waits for it. */
export function syncRoutes({ config, ground, effects, lastSeen, log, meter }: Doors) {
  const links = createLinks(ground);
  const desk = createDesk(ground, config);
  const intake = createIntake();
  // On a file one change at a time is made anyhow; a database shared by hubs has time for others while one group commits.
  const store = createGather(
    (batches: readonly Incoming[]) =>
      receive(ground, effects, batches, (edge, seq, err) =>
        log.error({ edge, seq, err }, 'a record could not be applied and is set aside'),
      ),
    ground.others ? 3 : 1,
    ({ edge }) => edge,
  );
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
        const { version, epoch, records, ahead } = c.req.valid('json');
        if (!understands(version))
          throw new WaysideError(
            'conflict',
            `This hub speaks version ${contractVersion} and edges two before it to one after it, not ${version}. Update the older of the two; nothing is lost meanwhile.`,
          );
        const { answer, credit } = await intake.take(records.length + ahead.length, () => store({ edge, epoch, records, ahead }));
        lastSeen.saw(edge);
        meter.records.inc(records.length);
        meter.quarantined.inc(answer.quarantined.length);
        for (const { seq, reason } of answer.quarantined) log.warn({ edge, epoch, seq, reason }, 'a record is set aside');
        return c.json({ ...answer, credit, desk: await desk(edge) }, 200);
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
        const { after, limit, mark } = c.req.valid('query');
        const batch = await envelopesAfter(ground, c.get('edge'), after, limit, mark);
        return c.json({ ...batch, desk: await desk(c.get('edge')) }, 200);
      },
    );
}

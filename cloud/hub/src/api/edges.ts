import { createRoute } from '@hono/zod-openapi';
import { certificateRequest, certified, enrolment as enrolmentAsked } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import { ofAll } from '../auth/can.ts';
import { renewalPath } from '../auth/edge-proof.ts';
import { house } from '../auth/enrolment.ts';
import { tenantOf } from '../auth/tenants.ts';
import { addressOf, createRoutes, type Doors, done, json, jsonBody, named, problems, tenantFor } from './context.ts';
import { enrolmentCode, newEnrolmentCode } from './types.ts';

/** Which edges may come in: codes, enrolment, their next certificate, and the end of it. */
export function edgeRoutes({ ground, enrolment, certificates, updates }: Doors) {
  const post = <P extends string, B extends z.ZodType, A extends z.ZodType>(path: P, summary: string, body: B, answer: A) =>
    createRoute({
      method: 'post',
      path,
      summary,
      tags: ['edges'],
      request: { body: jsonBody(body) },
      responses: { 200: json(answer, 'Done'), ...problems },
    });

  return createRoutes()
    .openapi(
      post('/v1/edges/codes', 'Make a code that lets one edge in, once, within 15 minutes (admins)', newEnrolmentCode, enrolmentCode),
      async (c) => {
        const { edge, tenant } = c.req.valid('json');
        const me = c.get('me');
        const mine = ofAll(me) ? house : me.tenant;
        if (edge !== undefined && !ofAll(me) && ((await tenantOf(ground.db, 'edge', edge)) ?? mine) !== mine)
          throw new WaysideError('forbidden', 'An edge of that name is not yours.');
        return c.json(await enrolment.createCode(edge, tenantFor(me, tenant ?? mine)), 200);
      },
    )
    .openapi(
      post('/v1/edges/enrol', 'Enrol an edge with a code and a request for the certificate of its key', enrolmentAsked, certified),
      async (c) => {
        const certificate = await enrolment.enrolWithCode(c.req.valid('json'), addressOf(c));
        return c.json({ certificate, root: await updates.root() }, 200);
      },
    )
    .openapi(post(renewalPath, 'The next certificate of an edge', certificateRequest, certified), async (c) =>
      c.json({ certificate: await certificates.next(c.get('edge'), c.req.valid('json').csr) }, 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/edges/{edge}/lock-out',
        summary: 'Nothing an edge has lets it in any more (admins)',
        tags: ['edges'],
        request: { params: named('edge') },
        responses: done,
      }),
      async (c) => {
        await enrolment.lockOut(c.req.valid('param').edge);
        return c.body(null, 204);
      },
    );
}

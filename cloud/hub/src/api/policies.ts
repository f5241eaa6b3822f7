import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { readPolicies, replayPolicy } from '../insight/policies.ts';
import { createRoutes, type Doors, json, jsonBody, problems } from './context.ts';
import { newReplay, policyList, replayed } from './types.ts';

const tags = ['policies'];

/** When a person takes over, as data, and what another such text would have changed. */
export function policyRoutes({ config }: Doors) {
  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/policies',
        summary: 'The policies of the families, as text',
        tags,
        responses: { 200: json(policyList, 'By family'), ...problems },
      }),
      async (c) => c.json({ policies: await readPolicies(config.packsRoot) }, 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/policies/{family}/replay',
        summary: 'Play another policy over the conversations there were; changes nothing',
        tags,
        request: { params: z.object({ family: z.string().max(64) }), body: jsonBody(newReplay) },
        responses: { 200: json(replayed, 'What would have changed'), ...problems },
      }),
      async (c) =>
        c.json(await replayPolicy(c.get('view'), config.packsRoot, c.req.valid('param').family, c.req.valid('json').policy), 200),
    );
}

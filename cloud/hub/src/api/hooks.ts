import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { addHook, listDeliveries, listHooks, removeHook, tryAgain } from '../hooks/hooks.ts';
import { createRoutes, type Doors, json, jsonBody, problems } from './context.ts';
import { deliveryList, hookList, hookMade, newHook } from './hook-types.ts';

const tags = ['hooks'];
const params = z.object({ hook: z.string().min(1).max(80) });
const done = { 204: { description: 'Done' }, ...problems };

/** Who else is told of what happens to cases and rollouts: other systems by webhook, people by mail. */
export function hookRoutes({ ground, vault }: Doors) {
  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/hooks',
        summary: 'Who is told, and how much of it waits or was given up',
        tags,
        responses: { 200: json(hookList, 'At most 50'), ...problems },
      }),
      async (c) => c.json({ hooks: await listHooks(ground.db) }, 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/hooks',
        summary: 'Tell somebody: a CloudEvent by signed webhook, or a notice by mail',
        description:
          'Types: `dev.wayside.case.{event}.v1` for what happens to a case, its id the subject; `dev.wayside.rollout.stopped.v1` for `rollout-stopped`, the rollout’s id the subject, with what it was, the ring it had come to, how many edges go back, and why. No names and words of people.',
        tags,
        request: { body: jsonBody(newHook) },
        responses: { 201: json(hookMade, 'With its secret, told this once'), ...problems },
      }),
      async (c) => c.json(await addHook(ground, vault, c.req.valid('json'), c.get('me').name), 201),
    )
    .openapi(
      createRoute({ method: 'delete', path: '/v1/hooks/{hook}', summary: 'Tell it no more', tags, request: { params }, responses: done }),
      async (c) => {
        await removeHook(ground, c.req.valid('param').hook);
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/hooks/{hook}/deliveries',
        summary: 'What it was told, and what it did not take; given up ones first',
        tags,
        request: { params },
        responses: { 200: json(deliveryList, 'At most 200'), ...problems },
      }),
      async (c) => c.json({ deliveries: await listDeliveries(ground.db, c.req.valid('param').hook) }, 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/deliveries/{delivery}/again',
        summary: 'Try one again that was given up',
        tags,
        request: { params: z.object({ delivery: z.string().min(1).max(80) }) },
        responses: done,
      }),
      async (c) => {
        await tryAgain(ground, c.req.valid('param').delivery);
        return c.body(null, 204);
      },
    );
}

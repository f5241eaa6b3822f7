import { createRoute } from '@hono/zod-openapi';
import { readCatalog } from '@wayside/models';
import { WaysideError } from '@wayside/protocol';
import { z } from 'zod';
import { beginRollout, stopRollout } from '../rollout/carry.ts';
import { listRolloutEdges, listRollouts } from '../rollout/list.ts';
import { keepPack, listPacks } from '../rollout/packs.ts';
import { change } from '../store/change.ts';
import { createRoutes, type Doors, json, jsonBody, problems } from './context.ts';
import { newPack, newRollout, packList, packRow, rolloutEdges, rolloutEdgesQuery, rolloutList } from './rollout-types.ts';

const tags = ['fleet'];
const generators = () => readCatalog().filter(({ task }) => task === 'generate');

/** Packs and models to many edges, in rings. */
export function rolloutRoutes({ ground, updates }: Doors) {
  const listed = async (view: typeof ground.db) => ({ rollouts: await listRollouts(view, Math.floor(ground.now())) });
  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/packs',
        summary: 'What can be rolled out: packs that were added here, and language models of the catalog',
        tags,
        responses: { 200: json(packList, 'The newest first'), ...problems },
      }),
      async (c) => {
        const signed = new Set((await updates.status()).wanted.flatMap((one) => (one.signed ? [one.path] : [])));
        const packs = (await listPacks(ground.db)).map((row) => ({ ...row, signed: signed.has(`packs/${row.fingerprint}`) }));
        return c.json({ packs, models: generators().map(({ id, bytes }) => ({ id, bytes, signed: signed.has(`models/${id}`) })) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/packs',
        summary: 'Add a pack, as its files in base64; it must pass its check. It reaches no edge before it is rolled out',
        tags,
        request: { body: jsonBody(newPack) },
        responses: { 201: json(packRow, 'It is here'), ...problems },
      }),
      async (c) => c.json(await keepPack({ ground, updates }, c.req.valid('json'), c.get('me').name), 201),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/rollouts',
        summary: 'Rollouts, newest first, with how far each edge is and how those that have it are',
        tags,
        responses: { 200: json(rolloutList, 'At most 50'), ...problems },
      }),
      async (c) => c.json(await listed(c.get('view')), 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/rollouts/{rollout}/edges',
        summary: 'The edges of a rollout by name, of one ring or whose name has `q` in it; the next page after the last of this one',
        tags,
        request: { params: z.object({ rollout: z.string().max(80) }), query: rolloutEdgesQuery },
        responses: { 200: json(rolloutEdges, 'At most 100, and whether there are more'), ...problems },
      }),
      async (c) =>
        c.json(await listRolloutEdges(c.get('view'), c.req.valid('param').rollout, c.req.valid('query'), Math.floor(ground.now())), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/rollouts',
        summary:
          'Roll out a pack or a language model: first to a few edges, then to a share, then to all; taken back by itself when one is not well',
        tags,
        request: { body: jsonBody(newRollout) },
        responses: { 201: json(rolloutList, 'It has begun'), ...problems },
      }),
      async (c) => {
        const wanted = c.req.valid('json');
        const { what } = wanted;
        if (what.of === 'generator' && what.model !== 'none' && !generators().some(({ id }) => id === what.model))
          throw new WaysideError('not-found', `There is no language model ${what.model} in the catalog.`);
        await beginRollout({ ground, updates }, wanted, c.get('me').name);
        return c.json(await listed(c.get('view')), 201);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/rollouts/{rollout}/stop',
        summary: 'Stop it and take it back from every edge that was told',
        tags,
        request: { params: z.object({ rollout: z.string().max(80) }) },
        responses: { 200: json(rolloutList, 'Edges put back what ran before'), ...problems },
      }),
      async (c) => {
        const { rollout } = c.req.valid('param');
        await change(ground, (here) => stopRollout(here, rollout, { reason: 'person', by: c.get('me').name }));
        return c.json(await listed(c.get('view')), 200);
      },
    );
}

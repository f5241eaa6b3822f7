import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { draftPhrases, listPhrases, meaningsOf, publishPhrases, withdrawPhrases } from '../knowledge/phrases.ts';
import { createRoutes, type Doors, json, jsonBody, named, problems } from './context.ts';
import { meaningList, names, newPhrases, phraseList, procedureList } from './phrase-types.ts';

const tags = ['phrases'];
const params = z.object({ set: z.string().max(80) });

/** Sentences that edges are taught. */
export function phraseRoutes({ ground, names: { all, procedures } }: Doors) {
  const listed = async () => ({ phrases: await listPhrases(ground.db) });
  const responses = { 200: json(phraseList, 'The newest first'), ...problems };
  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/phrases',
        summary: 'The sets of sentences that edges were taught, and drafts',
        tags,
        responses,
      }),
      async (c) => c.json(await listed(), 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/phrases/meanings',
        summary: 'What a sentence can be said to mean, by family',
        tags,
        responses: { 200: json(meaningList, 'Signs, signals and actions'), ...problems },
      }),
      async (c) => c.json({ meanings: meaningsOf(all()) }, 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/names',
        summary: 'What people call what the packs name by an id, in both languages',
        tags,
        responses: { 200: json(names, 'By family'), ...problems },
      }),
      async (c) => c.json(all(), 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/procedures/{family}',
        summary: 'The procedures of a family and their steps, for each of which an article may show a picture',
        tags,
        request: { params: named('family') },
        responses: { 200: json(procedureList, 'None where no pack here is about the family'), ...problems },
      }),
      async (c) => c.json({ procedures: procedures(c.req.valid('param').family) }, 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/phrases',
        summary: 'Keep a draft; no edge hears of it',
        tags,
        request: { body: jsonBody(newPhrases) },
        responses: { 201: json(z.object({ id: z.string() }), 'Kept'), ...problems },
      }),
      async (c) => c.json({ id: await draftPhrases(ground, c.req.valid('json'), c.get('me').name) }, 201),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/phrases/{set}/publish',
        summary: 'Teach every edge the set as it is sent',
        tags,
        request: { params, body: jsonBody(newPhrases) },
        responses,
      }),
      async (c) => {
        await publishPhrases(ground, c.req.valid('param').set, c.req.valid('json'), c.get('me').name);
        return c.json(await listed(), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/phrases/{set}/withdraw',
        summary: 'Take it back everywhere',
        tags,
        request: { params },
        responses,
      }),
      async (c) => {
        await withdrawPhrases(ground, c.req.valid('param').set, c.get('me').name);
        return c.json(await listed(), 200);
      },
    );
}

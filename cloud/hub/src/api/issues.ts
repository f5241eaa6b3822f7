import { createRoute } from '@hono/zod-openapi';
import { knownIssue } from '@wayside/contract';
import { id } from '@wayside/protocol';
import { z } from 'zod';
import { listIssues, publishIssue, withdrawIssue } from '../repair/issues.ts';
import { createRoutes, type Doors, json, jsonBody, problems } from './context.ts';
import { bulletin, issueList, newIssue } from './types.ts';

const tags = ['issues'];
const responses = { 200: json(knownIssue, 'The issue as edges are told it'), ...problems };

/** Known issues of whole models and firmware, told to every edge. */
export function issueRoutes({ ground, names }: Doors) {
  // What all packs share is of no machine.
  const isPack = (family: string) => family !== 'core' && Object.hasOwn(names.all(), family);
  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/issues',
        summary: 'Known issues, newest first, with how many things of the fleet each is about',
        tags,
        responses: { 200: json(issueList, 'At most 500'), ...problems },
      }),
      async (c) => c.json({ issues: await listIssues(c.get('view')) }, 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/issues',
        summary:
          'Tell every edge of an issue; the same id again replaces it. Its family must be one of a pack or a machine here, its article published and about that family',
        tags,
        request: { body: jsonBody(newIssue) },
        responses,
      }),
      async (c) => c.json(await publishIssue(ground, isPack, c.req.valid('json'), c.get('me').name), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/issues/{issue}/withdraw',
        summary: 'Take it back everywhere',
        tags,
        request: { params: z.object({ issue: id }) },
        responses,
      }),
      async (c) => c.json(await withdrawIssue(ground, c.req.valid('param').issue, c.get('me').name), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/issues/{issue}/close',
        summary: 'It is over: edges whose machines it was about say what solved it',
        tags,
        request: { params: z.object({ issue: id }), body: jsonBody(bulletin) },
        responses,
      }),
      async (c) => c.json(await withdrawIssue(ground, c.req.valid('param').issue, c.get('me').name, c.req.valid('json').bulletin), 200),
    );
}

import { createRoute } from '@hono/zod-openapi';
import { turn } from '@wayside/contract';
import type { Context } from 'hono';
import { z } from 'zod';
import { correctAnswer } from '../cases/correct.ts';
import { listCases } from '../cases/list.ts';
import { replyTo } from '../cases/reply.ts';
import { resolveCase } from '../cases/resolve.ts';
import { viewCase } from '../cases/view.ts';
import { linesOf } from '../people/earlier.ts';
import { claimCase } from '../queue/claim.ts';
import { viewerOf } from '../queue/viewer.ts';
import { change } from '../store/change.ts';
import { leave } from '../visits/visits.ts';
import { createRoutes, type Doors, type Env, json, jsonBody, problems } from './context.ts';
import {
  attend,
  attendants,
  caseFilter,
  caseList,
  caseTurn,
  caseView,
  corrected,
  correction,
  newReply,
  resolve,
  resolved,
} from './types.ts';

const params = z.object({ case: z.string().min(1).max(64) });
const tags = ['cases'];

/** The queue and the case page. */
export function caseRoutes({ ground, config, isOnline, attendance }: Doors) {
  const eyes = (c: Context<Env>) => viewerOf(ground, c.get('me'), config.deskZone);
  const view = async (c: Context<Env>, id: string) => viewCase(c.get('view'), id, await eyes(c), isOnline);

  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/cases',
        summary: 'The queue, in the order in which you should help. Without a state: all that are awake and not resolved',
        tags,
        request: { query: caseFilter },
        responses: { 200: json(caseList, 'Cases, and how many there are in each state'), ...problems },
      }),
      async (c) => c.json(await listCases(c.get('view'), c.req.valid('query'), await eyes(c)), 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/cases/{case}',
        summary: 'One case with everything on its page',
        tags,
        request: { params },
        responses: { 200: json(caseView, 'The case'), ...problems },
      }),
      async (c) => c.json(await view(c, c.req.valid('param').case), 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/edges/{edge}/sessions/{session}',
        summary: 'A conversation of somebody who shares what they say',
        tags,
        request: { params: z.object({ edge: z.string().min(1).max(64), session: z.string().min(1).max(80) }) },
        responses: { 200: json(z.object({ turns: z.array(turn) }), 'Its lines, oldest first'), ...problems },
      }),
      async (c) => {
        const { edge, session } = c.req.valid('param');
        return c.json({ turns: await linesOf(c.get('view'), edge, session) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/cases/{case}/claim',
        summary: 'Take a case',
        tags,
        request: { params },
        responses: { 200: json(caseView, 'The case, yours'), ...problems },
      }),
      async (c) => {
        const id = c.req.valid('param').case;
        await change(ground, (here) => claimCase(here, id, c.get('me')));
        return c.json(await view(c, id), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/cases/{case}/attend',
        summary:
          'You have it open, write in it or leave it: others who have it open hear `attend` on `/v1/events`. Stored nowhere; say it again every 15 s',
        tags,
        request: { params, body: jsonBody(attend) },
        responses: { 200: json(attendants, 'Who else has it open'), ...problems },
      }),
      async (c) => {
        const { case: id } = c.req.valid('param');
        const me = c.get('me');
        ground.tell({ event: 'attends', data: { case: id, id: me.id, name: me.name, does: c.req.valid('json').does } });
        return c.json({ here: attendance.at(id, me.id) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/cases/{case}/replies',
        summary: 'Answer the person; claims the case when nobody has. Safe to repeat with the same id',
        tags,
        request: { params, body: jsonBody(newReply) },
        responses: { 200: json(caseTurn, 'The reply, stored'), ...problems },
      }),
      async (c) => c.json(await replyTo(ground, c.req.valid('param').case, c.get('me'), c.req.valid('json')), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/cases/{case}/turns/{turn}/correct',
        summary: 'What the agent should have said: becomes a draft article',
        tags,
        request: { params: params.extend({ turn: z.string().min(1).max(80) }), body: jsonBody(correction) },
        responses: { 200: json(corrected, 'The draft'), ...problems },
      }),
      async (c) => {
        const { case: id, turn } = c.req.valid('param');
        return c.json(await correctAnswer(ground, id, turn, c.get('me'), c.req.valid('json').text), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/cases/{case}/resolve',
        summary: 'Close a case with what solved it, and draft an article from it',
        tags,
        request: { params, body: jsonBody(resolve) },
        responses: { 200: json(resolved, 'The case, and the article drafted from it'), ...problems },
      }),
      async (c) => {
        const id = c.req.valid('param').case;
        const article = await resolveCase(ground, id, c.get('me'), c.req.valid('json'));
        await leave(ground, id, 'left');
        return c.json({ case: await view(c, id), ...(article ? { article } : {}) }, 200);
      },
    );
}

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { newCommand } from './asks.ts';
import { answer, body, failed, session, thing } from './describe.ts';
import type { Site } from './site.ts';

const command = session.extend({ command: z.string().max(80) });

/** Commands with their consent, repairs with their proof, advice before anyone asks. */
export function addRepairRoutes(app: OpenAPIHono, site: Site): void {
  app.openapi(
    createRoute({
      method: 'post',
      path: '/sessions/{session}/commands',
      summary: 'Propose a command: what it would do comes back; nothing happens before consent',
      request: { params: session, body: body(newCommand) },
      responses: { 201: answer('commandReport', 'The proposal, or why it is refused'), ...failed },
    }),
    async (c) => c.json(await site.propose(c.req.valid('param').session, c.req.valid('json')), 201),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/sessions/{session}/commands/{command}/consent',
      summary: 'Agree to a proposal, once, within a minute; its outcome comes as an event',
      request: { params: command },
      responses: { 202: answer('commandReport', 'Agreed; it is on its way'), ...failed },
    }),
    async (c) => {
      const { session: id, command: proposal } = c.req.valid('param');
      return c.json(await site.consent(id, proposal), 202);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/sessions/{session}/commands/{command}/cancel',
      summary: 'Say no to a proposal',
      request: { params: command },
      responses: { 200: answer('commandReport', 'Cancelled'), ...failed },
    }),
    async (c) => {
      const { session: id, command: proposal } = c.req.valid('param');
      return c.json(await site.cancel(id, proposal), 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/things/{thing}/repairs',
      summary: 'Where somebody is in a procedure, and whether repairs worked, newest first',
      request: { params: thing },
      responses: { 200: answer('repairsView', 'Repairs'), ...failed },
    }),
    async (c) => c.json(await site.repairs(c.req.valid('param').thing), 200),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/advice',
      summary: 'What the agent says before anyone asks, the gravest first',
      responses: { 200: answer('adviceList', 'Advice that is open and not put aside'), ...failed },
    }),
    (c) => c.json({ advice: site.advice() }, 200),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/advice/{advice}/dismiss',
      summary: 'Put it aside; it comes back only when it has become worse',
      request: { params: z.object({ advice: z.string().max(80) }) },
      responses: { 204: { description: 'Put aside' }, ...failed },
    }),
    async (c) => {
      await site.dismiss(c.req.valid('param').advice);
      return c.body(null, 204);
    },
  );

  app.get('/pictures/:hash', async (c) => {
    const { type, body: picture } = await site.articlePicture(c.req.param('hash'));
    return c.body(picture, 200, { 'content-type': type, 'cache-control': 'private, max-age=31536000, immutable' });
  });

  app.get('/pictures/:family/:file', async (c) => {
    const { type, body: picture } = await site.picture(c.req.param('family'), c.req.param('file'));
    return c.body(picture, 200, { 'content-type': type, 'cache-control': 'max-age=3600' });
  });
}

import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { answer, failed, session } from './describe.ts';
import type { Site } from './site.ts';

/** The record of a conversation: how it stands, its seal, and the file that anyone can check. */
export function addRecordRoutes(app: OpenAPIHono, site: Site): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/sessions/{session}/seal',
      summary: 'How well the conversation is recorded',
      request: { params: session },
      responses: { 200: answer('sessionSeal', 'How it stands'), ...failed },
    }),
    async (c) => {
      const { session: id } = c.req.valid('param');
      await site.transcript(id);
      return c.json(await site.record.sealOf(id), 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/sessions/{session}/seal',
      summary: 'Seal what was said so far, now, as at the end of a conversation',
      request: { params: session },
      responses: { 200: answer('sessionSeal', 'The seal, and the code a person may keep'), ...failed },
    }),
    async (c) => {
      const { session: id } = c.req.valid('param');
      await site.transcript(id);
      return c.json(await site.record.sealNow(id), 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/sessions/{session}/export',
      summary: 'The record of the conversation as a file (docs/record.md); “wayside verify FILE” checks it. That it was made is recorded',
      request: { params: session },
      responses: { 200: { description: 'JSON Lines', content: { 'application/jsonl': { schema: { type: 'string' } } } }, ...failed },
    }),
    async (c) => {
      const { session: id } = c.req.valid('param');
      await site.transcript(id);
      return c.body(await site.record.exportSession(id), 200, {
        'content-type': 'application/jsonl; charset=utf-8',
        'content-disposition': `attachment; filename="wayside-${id.replace(/[^\w-]/g, '')}.jsonl"`,
        'cache-control': 'no-store',
      }) as never;
    },
  );
}

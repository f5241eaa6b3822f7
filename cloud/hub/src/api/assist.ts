import { createRoute } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { viewCase } from '../cases/view.ts';
import { viewerOf } from '../queue/viewer.ts';
import { newTranslation, translation } from './assist-types.ts';
import { createRoutes, type Doors, json, jsonBody, named, problems } from './context.ts';

/** What the assistant lays beside a case, streamed while the technician reads. */
export function assistRoutes({ ground, config, isOnline, assist, log }: Doors) {
  const routes = createRoutes();
  routes.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/cases/{case}/assist',
    summary:
      'Server-sent events `facts` (next steps, what is missing, reminders), `claim` (a sentence of the draft with what it rests on) and `reply` (the whole draft). Nothing is sent to anybody',
    tags: ['assist'],
    responses: { 200: { description: 'A stream', content: { 'text/event-stream': { schema: { type: 'string' } } } }, ...problems },
  });
  routes.get('/v1/cases/:case/assist', async (c) => {
    const view = await viewCase(c.get('view'), c.req.param('case'), await viewerOf(ground, c.get('me'), config.deskZone), isOnline);
    const db = c.get('view');
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async (stream) => {
      const left = new AbortController();
      stream.onAbort(() => left.abort());
      // One after the other, and all of them before the stream ends.
      let told = Promise.resolve();
      const tell = (event: string, data: unknown) => {
        told = told.then(() => stream.writeSSE({ event, data: JSON.stringify(data) }));
      };
      try {
        const hearing = { onFacts: (facts: unknown) => tell('facts', facts), onClaim: (claim: unknown) => tell('claim', claim) };
        tell('reply', await assist.look(db, view, hearing, left.signal));
      } catch (err) {
        log.error({ err, case: view.id }, 'the assistant failed');
        tell('failed', {});
      }
      await told;
    });
  });
  return routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/cases/{case}/translations',
      summary: 'A text of the case in the other language, by a machine: held against the original, and nothing is kept or sent',
      tags: ['assist'],
      request: { params: named('case'), body: jsonBody(newTranslation) },
      responses: { 200: json(translation, 'The text, or why there is none'), ...problems },
    }),
    async (c) => {
      const view = await viewCase(c.get('view'), c.req.valid('param').case, await viewerOf(ground, c.get('me'), config.deskZone), isOnline);
      return c.json(await assist.translate(view, c.req.valid('json'), c.req.raw.signal), 200);
    },
  );
}

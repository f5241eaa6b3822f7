import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { recommendationAnswer } from './asks.ts';
import type { Door } from './auth.ts';
import { answer, body, failed } from './describe.ts';
import type { Site } from './site.ts';

const params = z.object({ thing: z.string().max(64), recommendation: z.string().max(64) });

/** What is worth doing, and what the person makes of it. */
export function addRecommendationRoutes(app: OpenAPIHono, site: Site, door: Door): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/recommendations',
      summary: 'What is worth doing that no fault calls for, in the units of who asks',
      responses: {
        200: answer('recommendationList', 'Those that stand, and those answered a moment ago'),
        ...failed,
      },
    }),
    (c) => {
      const { preferences } = site.people.me(door.who(c));
      return c.json({ recommendations: site.recommendations(preferences.units) }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/recommendations/{thing}/{recommendation}/answer',
      summary: 'Do it (where the machine can, its command is proposed in the conversation), later, not interested, or take the answer back',
      request: { params, body: body(recommendationAnswer) },
      responses: { 204: { description: 'Noted' }, ...failed },
    }),
    async (c) => {
      const { thing, recommendation } = c.req.valid('param');
      const { answer, session } = c.req.valid('json');
      if (session !== undefined) site.people.mustEnterSession(door.who(c), await site.speakerOf(session));
      await site.answerRecommendation(thing, recommendation, answer, session);
      return c.body(null, 204);
    },
  );
}

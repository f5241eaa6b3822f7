import { createRoute } from '@hono/zod-openapi';
import { locale, WaysideError } from '@wayside/protocol';
import { z } from 'zod';
import { ofAll } from '../auth/can.ts';
import { listArticles } from '../knowledge/list.ts';
import { publish, withdraw } from '../knowledge/publish.ts';
import { articleViewOf, readArticle } from '../knowledge/row.ts';
import { createArticle, saveDraft } from '../knowledge/write.ts';
import { createRoutes, type Doors, json, jsonBody, problems } from './context.ts';
import { articleList, articleState, articleView, newArticle, publication, saveArticle } from './types.ts';

const params = z.object({ article: z.string().min(1).max(64), locale });
const query = z.object({
  state: articleState.optional(),
  locale: locale.optional(),
  family: z.string().max(64).optional(),
  q: z.string().max(200).optional(),
});
const tags = ['articles'];
const responses = { 200: json(articleView, 'The article as it is now'), ...problems };

/** The knowledge base: one text for each id and language. */
export function articleRoutes({ ground }: Doors) {
  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/articles',
        summary: 'Articles, newest change first',
        tags,
        request: { query },
        responses: { 200: json(articleList, 'At most 500'), ...problems },
      }),
      async (c) => {
        // A draft may tell of a case of anybody; what is published is for all.
        const query = { ...c.req.valid('query'), ...(ofAll(c.get('me')) ? {} : { state: 'published' as const }) };
        return c.json({ articles: await listArticles(ground.db, query) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/articles',
        summary: 'Write a draft',
        tags,
        request: { body: jsonBody(newArticle) },
        responses,
      }),
      async (c) => c.json(await createArticle(ground, c.req.valid('json'), c.get('me').name), 200),
    )
    .openapi(
      createRoute({ method: 'get', path: '/v1/articles/{article}/{locale}', summary: 'One article', tags, request: { params }, responses }),
      async (c) => {
        const at = c.req.valid('param');
        const found = articleViewOf(await readArticle(ground.db, at.article, at.locale));
        if (found.state !== 'published' && !ofAll(c.get('me'))) throw new WaysideError('not-found', `There is no article ${at.article}.`);
        return c.json(found, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/v1/articles/{article}/{locale}',
        summary: 'Save an edit as a draft; `version` is the one that was read',
        tags,
        request: { params, body: jsonBody(saveArticle) },
        responses,
      }),
      async (c) => {
        const at = c.req.valid('param');
        return c.json(await saveDraft(ground, at.article, at.locale, c.req.valid('json'), c.get('me').name), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/articles/{article}/{locale}/publish',
        summary: 'Publish: every edge gets it',
        tags,
        request: { params, body: { required: false, content: { 'application/json': { schema: publication } } } },
        responses,
      }),
      async (c) => {
        const at = c.req.valid('param');
        const read = c.req.header('content-type') === undefined ? undefined : c.req.valid('json').version;
        return c.json(await publish(ground, at.article, at.locale, c.get('me').name, read), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/articles/{article}/{locale}/withdraw',
        summary: 'Take it back from every edge',
        tags,
        request: { params },
        responses,
      }),
      async (c) => {
        const at = c.req.valid('param');
        return c.json(await withdraw(ground, at.article, at.locale, c.get('me').name), 200);
      },
    );
}

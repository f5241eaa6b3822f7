import { createRoute } from '@hono/zod-openapi';
import { locale, WaysideError } from '@wayside/protocol';
import { z } from 'zod';
import { ofAll } from '../auth/can.ts';
import { listArticles } from '../knowledge/list.ts';
import { mergeArticle } from '../knowledge/merge.ts';
import { publish, withdraw } from '../knowledge/publish.ts';
import { giveBack, rollBack, submit } from '../knowledge/review.ts';
import { viewArticle } from '../knowledge/row.ts';
import { similarTo } from '../knowledge/similar.ts';
import { listVersions } from '../knowledge/versions.ts';
import { createArticle, saveDraft } from '../knowledge/write.ts';
import { createRoutes, type Doors, json, jsonBody, problems } from './context.ts';
import {
  articleList,
  articleMerge,
  articleState,
  articleVersions,
  articleView,
  newArticle,
  publication,
  rollback,
  saveArticle,
  sendBack,
  similarArticles,
} from './types.ts';

const params = z.object({ article: z.string().min(1).max(64), locale });
const query = z.object({
  state: articleState.optional(),
  locale: locale.optional(),
  family: z.string().max(64).optional(),
  q: z.string().max(200).optional(),
});
const tags = ['articles'];
const responses = { 200: json(articleView, 'The article as it is now'), ...problems };
const path = <P extends string>(act: P) => `/v1/articles/{article}/{locale}/${act}` as const;

/** The knowledge base: one text for each id and language. */
export function articleRoutes({ ground }: Doors) {
  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/articles',
        summary: 'Articles, newest change first; those that fit words best first where `q` gives some, the last of which may be half typed',
        tags,
        request: { query },
        responses: { 200: json(articleList, 'At most 500'), ...problems },
      }),
      async (c) => {
        // A draft may tell of a case of anybody; what is published is for all.
        const query = { ...c.req.valid('query'), ...(ofAll(c.get('me')) ? {} : { state: 'published' as const }) };
        return c.json({ articles: await listArticles(ground.db, query, ground.now()) }, 200);
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
        const found = await viewArticle(ground.db, at.article, at.locale, ground.now());
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
    )
    .openapi(
      createRoute({
        method: 'post',
        path: path('submit'),
        summary: 'It is finished: somebody may validate it',
        tags,
        request: { params },
        responses,
      }),
      async (c) => {
        const at = c.req.valid('param');
        return c.json(await submit(ground, at.article, at.locale, c.get('me').name), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: path('return'),
        summary: 'It goes back to its writer, with why',
        tags,
        request: { params, body: jsonBody(sendBack) },
        responses,
      }),
      async (c) => {
        const at = c.req.valid('param');
        return c.json(await giveBack(ground, at.article, at.locale, c.get('me').name, c.req.valid('json').note), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: path('versions'),
        summary: 'Every version, the newest first',
        tags,
        request: { params },
        responses: { 200: json(articleVersions, 'At most 200'), ...problems },
      }),
      async (c) => {
        const at = c.req.valid('param');
        return c.json({ versions: await listVersions(ground.db, at.article, at.locale) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: path('rollback'),
        summary: 'Make an earlier text the newest, as a draft',
        tags,
        request: { params, body: jsonBody(rollback) },
        responses,
      }),
      async (c) => {
        const at = c.req.valid('param');
        return c.json(await rollBack(ground, at.article, at.locale, c.get('me').name, c.req.valid('json')), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: path('similar'),
        summary: 'Articles that may say the same',
        tags,
        request: { params },
        responses: { 200: json(similarArticles, 'The most alike first'), ...problems },
      }),
      async (c) => {
        const at = c.req.valid('param');
        return c.json({ similar: await similarTo(ground.db, at.article, at.locale, ground.now()) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: path('merge'),
        summary: 'Take another article into this one; the other is archived',
        tags,
        request: { params, body: jsonBody(articleMerge) },
        responses,
      }),
      async (c) => {
        const at = c.req.valid('param');
        return c.json(await mergeArticle(ground, at.article, at.locale, c.get('me').name, c.req.valid('json')), 200);
      },
    );
}

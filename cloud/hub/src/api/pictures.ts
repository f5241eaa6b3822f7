import { createRoute } from '@hono/zod-openapi';
import { pictureHash } from '@wayside/contract';
import { z } from 'zod';
import { keepPicture, readPicture } from '../knowledge/pictures/keep-picture.ts';
import { createRoutes, type Doors, json, problems } from './context.ts';
import { keptPicture } from './types.ts';

const picture = { content: Object.fromEntries(['image/png', 'image/jpeg', 'image/webp'].map((type) => [type, { schema: z.any() }])) };
const request = { params: z.object({ picture: pictureHash }) };
const responses = { 200: { description: 'The picture', ...picture }, ...problems };

/** The pictures of articles, by the SHA-256 of their bytes. */
export function pictureRoutes({ ground }: Doors) {
  return createRoutes()
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/pictures',
        summary: 'Add a picture (PNG, JPEG or WebP as it is); what it says of who took it, where and when is left out',
        tags: ['articles'],
        request: { body: picture },
        responses: { 201: json(keptPicture, 'In an article it stands as ![what it shows](sha256:<hash>)'), ...problems },
      }),
      async (c) => c.json(await keepPicture(ground, new Uint8Array(await c.req.arrayBuffer()), c.get('me').name), 201),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/pictures/{picture}',
        summary: 'A picture of an article',
        tags: ['articles'],
        request,
        responses,
      }),
      async (c) => {
        const { type, body } = await readPicture(ground.db, c.req.valid('param').picture);
        return c.body(body, 200, { 'content-type': type });
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/sync/pictures/{picture}',
        summary: 'A picture of an article, for an edge that shows the article',
        tags: ['sync'],
        request,
        responses,
      }),
      async (c) => {
        const { type, body } = await readPicture(ground.db, c.req.valid('param').picture);
        return c.body(body, 200, { 'content-type': type });
      },
    );
}

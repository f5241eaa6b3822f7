import { createRoute } from '@hono/zod-openapi';
import { releaseList } from '@wayside/contract';
import { createRoutes, type Doors, done, json, jsonBody, problems } from './context.ts';
import { signedFiles, updateStatus } from './update-types.ts';

const tags = ['fleet'];
const prefix = '/v1/sync/updates/';

/** The signed repository of updates (TUF, consistent snapshots): edges read it, operators sign it. */
export function updateRoutes({ updates }: Doors) {
  const routes = createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/updates',
        summary: 'How updates are signed, until when, and what waits to be signed',
        tags,
        responses: { 200: json(updateStatus, 'With the newest root and list, to sign the next'), ...problems },
      }),
      async (c) => c.json(await updates.status(), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/updates',
        summary: 'Put in the next root or list of targets, signed by an operator’s key',
        tags,
        request: { body: jsonBody(signedFiles) },
        responses: done,
      }),
      async (c) => {
        await updates.take(c.req.valid('json'));
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/releases',
        summary: 'A release of the agent whose files lie at the hub; it reaches edges once it is signed',
        tags,
        request: { body: jsonBody(releaseList) },
        responses: done,
      }),
      async (c) => {
        await updates.addRelease(c.req.valid('json'));
        return c.body(null, 204);
      },
    );
  routes.get(`${prefix}files/:sha256`, async (c) => {
    const { bytes, stream } = await updates.file(c.req.param('sha256'));
    return c.body(stream, 200, { 'content-type': 'application/octet-stream', 'content-length': String(bytes) });
  });
  routes.get(`${prefix}*`, async (c) =>
    c.body(await updates.read(decodeURIComponent(c.req.path.slice(prefix.length))), 200, { 'content-type': 'application/json' }),
  );
  return routes;
}

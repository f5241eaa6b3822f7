import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { value, WaysideError } from '@wayside/protocol';
import { failed, json, thing } from './describe.ts';
import type { Site } from './site.ts';

const document = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: z.record(z.string(), z.unknown()) } },
});
const tdType = 'application/td+json';
const tmType = 'application/tm+json';

/** What a client of the Web of Things (W3C WoT) asks for: what a thing is, and its values one by one. */
export function addWotRoutes(app: OpenAPIHono, site: Site): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/things/{thing}/td',
      summary: 'A thing as a W3C WoT Thing Description 1.1',
      request: { params: thing },
      responses: { 200: document(tdType, 'The Thing Description'), ...failed },
    }),
    (c) => c.body(JSON.stringify(site.wot.of(c.req.valid('param').thing, new URL(c.req.url))), 200, { 'content-type': tdType }) as never,
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/families/{family}/tm',
      summary: 'A family as a W3C WoT Thing Model 1.1',
      request: { params: z.object({ family: z.string().max(64) }) },
      responses: { 200: document(tmType, 'The Thing Model'), ...failed },
    }),
    (c) => c.body(JSON.stringify(site.wot.ofFamily(c.req.valid('param').family)), 200, { 'content-type': tmType }) as never,
  );

  const valuesOf = (id: string) => {
    const found = site.things().find((one) => one.id === id);
    if (!found) throw new WaysideError('not-found', `No thing ${id} has spoken here.`);
    return Object.fromEntries(Object.entries(found.signals).flatMap(([name, { latest }]) => (latest ? [[name, latest.value]] : [])));
  };

  app.openapi(
    createRoute({
      method: 'get',
      path: '/things/{thing}/properties',
      summary: 'The newest value of every signal',
      request: { params: thing },
      responses: { 200: json(z.record(z.string(), value), 'By signal; those never heard are not there'), ...failed },
    }),
    (c) => c.json(valuesOf(c.req.valid('param').thing), 200),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/things/{thing}/properties/{signal}',
      summary: 'The newest value of one signal',
      request: { params: thing.extend({ signal: z.string().max(128) }) },
      responses: { 200: json(value, 'The bare value'), ...failed },
    }),
    (c) => {
      const { thing: id, signal } = c.req.valid('param');
      const found = valuesOf(id);
      if (!Object.hasOwn(found, signal)) throw new WaysideError('not-found', `The signal ${signal} of ${id} has not been heard.`);
      return c.json(found[signal]!, 200);
    },
  );
}

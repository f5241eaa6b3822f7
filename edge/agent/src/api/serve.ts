import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { OpenAPIHono } from '@hono/zod-openapi';
import { toProblem, WaysideError } from '@wayside/protocol';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { listen } from '../link/broker.ts';
import type { Log } from '../log.ts';
import type { Door } from './auth.ts';
import { loadAnswers } from './describe.ts';
import { createRoutes } from './routes.ts';
import type { Site } from './site.ts';
import { upgradeVoice } from './upgrade.ts';
import { verifyPage } from './verify-page.ts';

/** No request of a person or a script is larger; telemetry comes by MQTT. */
const maxBody = 64 * 1024;

export type HttpDoor = { start(): Promise<{ port: number }>; stop(): Promise<void> };

/** The edge's HTTP server: API, panel, health, metrics. Whatever goes wrong leaves as a problem document. */
export function createHttp(options: {
  host: string;
  port: number;
  version: string;
  panelDir: string;
  site: Site;
  door: Door;
  log: Log;
}): HttpDoor {
  const { site, door, log, panelDir, version } = options;
  const app = new OpenAPIHono();

  // Outside the headers that every answer gets: a pack's SVG is a picture and nothing else, also when it is opened by itself.
  app.use('/v1/pictures/*', async (c, next) => {
    await next();
    c.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  });
  verifyPage(app);
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        frameAncestors: ["'none'"],
      },
      strictTransportSecurity: false,
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
    }),
  );
  for (const path of ['/v1/*', '/wayside-panel.js']) app.use(path, door.pages.cors);
  app.use('/v1/*', limitBody);
  // Who only listens for what comes is let in at once: what stands is known by then.
  app.use('/v1/*', async (c, next) => {
    if (c.req.path !== '/v1/events') await site.whole();
    await next();
  });
  app.get('/healthz', async (c) =>
    (await site.healthy()) ? c.json({ status: 'ok' }) : c.json({ status: 'failing', why: 'the store does not answer' }, 503),
  );
  app.get('/metrics', door.guard, async (c) => {
    const { contentType, body } = await site.metrics();
    return c.body(body, 200, { 'content-type': contentType });
  });
  const routes = createRoutes(site, door);
  app.route('/v1', routes);
  app.get('/openapi.json', async (c) => {
    await loadAnswers();
    return c.json(
      app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Wayside edge', version, license: { name: 'Apache-2.0' } } }),
    );
  });
  app.get('*', serveStatic({ root: panelDir }));
  app.get('/', (c) => c.text('The panel is not built yet. Run “npm run build” and reload.', 503));

  const answer = (problem: ReturnType<typeof toProblem>) =>
    new Response(JSON.stringify(problem), {
      status: problem.status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    });
  app.notFound((c) => answer(toProblem(new WaysideError('not-found', `There is nothing at ${c.req.method} ${c.req.path.slice(0, 200)}.`))));
  app.onError((error, c) => {
    const problem = toProblem(asOurs(error), c.req.path);
    if (problem.status >= 500) log.error({ err: error, path: c.req.path }, 'request failed');
    return answer(problem);
  });

  let server: Server | undefined;
  return {
    async start() {
      server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, getRequestListener(app.fetch));
      upgradeVoice(server, app.fetch, site.voice);
      return { port: await listen(server, options.port, options.host) };
    },
    async stop() {
      await new Promise<void>((resolve) => {
        if (!server) return resolve();
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/**
 * Refuses a body that is too large: by what it says of its length, else by counting, for which it has to be read as a stream. What says neither has
 * no body (RFC 9112 §6.3).
 */
const limitBody: MiddlewareHandler = (c, next) => {
  if (c.req.header('transfer-encoding') !== undefined) return countBody(c, next);
  return Number(c.req.header('content-length') ?? 0) > maxBody ? refuse() : next();
};
const refuse = (): never => {
  throw new WaysideError('too-large', `A request body may have ${maxBody / 1024} KiB at most.`);
};
const countBody = bodyLimit({ maxSize: maxBody, onError: refuse });

/** Hono's own complaints (malformed JSON, above all) in our words. */
function asOurs(error: Error): Error {
  const status = (error as { status?: number }).status;
  if (status === 400) return new WaysideError('invalid', 'The body is not JSON, or not the JSON this route takes.', { cause: error });
  if (status === 415) return new WaysideError('invalid', 'The body must be JSON, sent as application/json.', { cause: error });
  if (status === 413) return new WaysideError('too-large', 'The request is too large.', { cause: error });
  return error;
}

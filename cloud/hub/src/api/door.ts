import { OpenAPIHono } from '@hono/zod-openapi';
import { pictureLimits } from '@wayside/contract';
import { toProblem, WaysideError } from '@wayside/protocol';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import { accountRoutes } from './account.ts';
import { articleRoutes } from './articles.ts';
import { assistRoutes } from './assist.ts';
import { authRoutes } from './auth.ts';
import { bridgeRoutes } from './bridges.ts';
import { caseRoutes } from './cases.ts';
import { companyRoutes } from './company.ts';
import { consoleRoutes, verifyPolicy } from './console.ts';
import type { Doors, Env } from './context.ts';
import { customerRoutes } from './customer.ts';
import { edgeRoutes } from './edges.ts';
import { checkDigest, guard } from './guard.ts';
import { healthRoutes } from './health.ts';
import { hookRoutes } from './hooks.ts';
import { issueRoutes } from './issues.ts';
import { ledgerRoutes } from './ledger.ts';
import { mcpRoutes } from './mcp.ts';
import { miningRoutes } from './mining.ts';
import { overviewRoutes } from './overview.ts';
import { passkeyRoutes } from './passkeys.ts';
import { phraseRoutes } from './phrases.ts';
import { pictureRoutes } from './pictures.ts';
import { policyRoutes } from './policies.ts';
import { pushRoutes } from './push.ts';
import { queueRoutes } from './queue.ts';
import { recordRoutes } from './record.ts';
import { rolloutRoutes } from './rollouts.ts';
import { syncRoutes } from './sync.ts';
import { technicianRoutes } from './technicians.ts';
import { updateRoutes } from './updates.ts';
import { visitRoutes } from './visits.ts';

const mebibyte = 1024 * 1024;

/** The hub's HTTP door: every route, and what holds for all of them. */
export function createDoor(doors: Doors): OpenAPIHono<Env> {
  const { log, meter } = doors;
  const app = new OpenAPIHono<Env>();

  app.use(async (c, next) => {
    const done = meter.requests.startTimer({ method: c.req.method });
    await next();
    done({ route: routePath(c, -1), status: c.res.status });
  });
  app.use('/verify.html', async (c, next) => {
    await next();
    c.res.headers.set('content-security-policy', verifyPolicy);
  });
  const secure = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      // The console's component library sets styles from script; scripts themselves come from here only.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    // Over plain http on a desk machine this header would only be ignored; a TLS proxy in front sets its own.
    strictTransportSecurity: doors.config.publicUrl?.startsWith('https:') ? 'max-age=15552000' : false,
  });
  // An edge is no browser: what keeps one from being misled would be a third of the work of an acknowledgment.
  app.use((c, next) => (isSync(c) ? next() : secure(c, next)));
  // What people and edges say is theirs: no cache on the way keeps it.
  app.use('/v1/*', async (c, next) => {
    await next();
    c.res.headers.set('Cache-Control', 'no-store');
    // By this clock signatures are judged, and an edge whose own is wrong signs by it.
    c.res.headers.set('Date', new Date(doors.ground.now()).toUTCString());
  });
  app.use('/v1/*', guard(doors));
  app.use('/metrics', guard(doors));
  const small = limitBody(mebibyte);
  const others: Record<string, typeof small> = {
    '/v1/packs': limitBody(12 * mebibyte),
    '/v1/updates': limitBody(6 * mebibyte),
    '/v1/releases': limitBody(6 * mebibyte),
    '/v1/pictures': limitBody(pictureLimits.bytes),
  };
  app.use((c, next) => (others[c.req.path] ?? small)(c, next));
  app.use('/v1/sync/*', checkDigest);

  app.route('/', authRoutes(doors));
  app.route('/', technicianRoutes(doors));
  app.route('/', accountRoutes(doors));
  app.route('/', passkeyRoutes(doors));
  app.route('/', companyRoutes(doors));
  app.route('/', edgeRoutes(doors));
  app.route('/', syncRoutes(doors));
  app.route('/', caseRoutes(doors));
  app.route('/', visitRoutes(doors));
  app.route('/', queueRoutes(doors));
  app.route('/', assistRoutes(doors));
  app.route('/', recordRoutes(doors));
  app.route('/', articleRoutes(doors));
  app.route('/', pictureRoutes(doors));
  app.route('/', issueRoutes(doors));
  app.route('/', overviewRoutes(doors));
  app.route('/', miningRoutes(doors));
  app.route('/', ledgerRoutes(doors));
  app.route('/', rolloutRoutes(doors));
  app.route('/', updateRoutes(doors));
  app.route('/', phraseRoutes(doors));
  app.route('/', policyRoutes(doors));
  app.route('/', mcpRoutes(doors));
  app.route('/', customerRoutes(doors));
  app.route('/', hookRoutes(doors));
  app.route('/', pushRoutes(doors));
  app.route('/', bridgeRoutes(doors));
  app.route('/', healthRoutes(doors));
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Wayside hub', version: '0.1.0', description: 'Edges bring their cases here; technicians answer them.' },
  });
  app.route('/', consoleRoutes(doors));

  app.notFound((c) =>
    refuse(c, new WaysideError('not-found', `There is nothing at ${c.req.method} ${c.req.path}. /openapi.json lists what there is.`)),
  );
  app.onError((error, c) => {
    const known = fromHttp(error);
    if (!(known instanceof WaysideError) || known.code === 'internal')
      log.error({ err: error, method: c.req.method, path: c.req.path }, 'a request failed');
    return refuse(c, known);
  });
  return app;
}

const isSync = (c: Context<Env>): boolean => c.req.path.startsWith('/v1/sync/');

/** Refuses a body that is too large: by what it says of its length, which is cheap, else by counting (RFC 9112 §6.3). */
function limitBody(most: number): MiddlewareHandler<Env> {
  const refuse = () => {
    throw new WaysideError(
      'too-large',
      `A body here may have at most ${most < mebibyte ? `${most / 1024} KiB` : `${most / mebibyte} MiB`}. Send less at once.`,
    );
  };
  const counting = bodyLimit({ maxSize: most, onError: refuse });
  return (c, next) => {
    const length = c.req.header('content-length');
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counting(c, next);
    return Number(length) > most ? refuse() : next();
  };
}

/** What the framework refuses (RFC 9110 status) in our words. */
function fromHttp(error: unknown): unknown {
  if (!(error instanceof HTTPException)) return error;
  if (error.status === 413) return new WaysideError('too-large', 'The body is too large. Send less at once.');
  if (error.status < 500)
    return new WaysideError('invalid', 'The body is not what this route takes. Send well-formed JSON with Content-Type: application/json.');
  return error;
}

function refuse(c: Context<Env>, error: unknown): Response {
  const body = toProblem(error, c.req.path);
  return c.body(JSON.stringify(body), body.status as 400, {
    'content-type': 'application/problem+json',
    ...(body.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  });
}

import { WaysideError } from '@wayside/protocol';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { sessionMs } from '../auth/sign-in.ts';
import type { Doors, Env } from './context.ts';

/** Browsers keep cookies by host, not by port: the name keeps hub and edge on one machine apart. */
export const cookieName = 'wayside_hub';

/** The cookie of a signed-in browser. Strict: no other site's link or form brings it along. */
export const cookieOptions = (publicUrl: string | undefined) =>
  ({ httpOnly: true, sameSite: 'Strict', path: '/', maxAge: sessionMs / 1000, secure: publicUrl?.startsWith('https:') ?? false }) as const;

/** Doors that ask for no sign-in: those through which one signs in. */
const open = new Set(['/v1/auth/sign-in', '/v1/auth/once', '/v1/auth/sign-out', '/v1/edges/enrol']);

/**
 * Nobody passes a door below `/v1` without showing who they are: `/v1/sync/` is for edges, the doors in `open` for everybody, all else for
 * technicians. A route added later is closed until it is opened here.
 */
export function guard(doors: Doors): MiddlewareHandler<Env> {
  return async (c, next) => {
    const bearer = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const edge = bearer && /^\/v1\/(sync|record\/log)\//.test(c.req.path) ? await doors.enrolment.whose(bearer) : undefined;
    // The log is for whoever has a right to be here: edges watch it, technicians too.
    if (edge && c.req.path.startsWith('/v1/record/log/')) return next();
    if (c.req.path.startsWith('/v1/sync/')) {
      if (!edge) throw new WaysideError('unauthorized', 'This needs the token of an enrolled edge: Authorization: Bearer <token>.');
      c.set('edge', edge);
      return next();
    }
    if (bearer === undefined) refuseForeign(c, doors.config.publicUrl);
    const secret = bearer ?? getCookie(c, cookieName);
    c.set('secret', secret);
    if (open.has(c.req.path)) return next();

    const me = secret === undefined ? undefined : await doors.welcome(secret);
    if (!me) throw new WaysideError('unauthorized', 'Sign in first: POST /v1/auth/sign-in, or send Authorization: Bearer <token>.');
    c.set('me', me);
    return next();
  };
}

/** @throws WaysideError `forbidden` when the technician is no admin */
export function adminOnly(c: Context<Env>): void {
  if (c.get('me').role !== 'admin') throw new WaysideError('forbidden', 'Only an admin may do this. Ask one of yours.');
}

/**
 * A browser adds its cookie to whatever page's request; it also says which page that is (Fetch Metadata, W3C; Origin, RFC 6454 §7).
 * A change is taken only from our own pages. Scripts use a bearer token, which no browser adds by itself.
 */
function refuseForeign(c: Context<Env>, publicUrl: string | undefined): void {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return;
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  const ours = publicUrl === undefined ? c.req.header('host') : new URL(publicUrl).host;
  const foreign = (site !== undefined && site !== 'same-origin') || (origin !== undefined && hostOf(origin) !== ours);
  const silent = site === undefined && origin === undefined && getCookie(c, cookieName) !== undefined;
  if (foreign || silent)
    throw new WaysideError(
      'forbidden',
      'This change did not come from the console of this hub. Scripts send Authorization: Bearer <token>.',
    );
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);

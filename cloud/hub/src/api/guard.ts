import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { WaysideError } from '@wayside/protocol';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { matchedRoutes } from 'hono/route';
import { can, ofAll } from '../auth/can.ts';
import { isSigned, type Showing } from '../auth/edge-proof.ts';
import type { Site } from '../auth/passkeys.ts';
import { type From, placeMs } from '../auth/places.ts';
import { entryOf } from '../auth/routes.ts';
import { hashOf } from '../auth/secret.ts';
import type { SignedIn, SignIn } from '../auth/sign-in.ts';
import { tenantOf, within } from '../auth/tenants.ts';
import { addressOf, type Doors, type Env } from './context.ts';
import type { Me } from './types.ts';

/** Browsers keep cookies by host, not by port: the name keeps hub and edge on one machine apart. */
export const cookieName = 'wayside_hub';

/** The cookie of a signed-in browser. Strict: no other site's link or form brings it along. */
export const cookieOptions = (publicUrl: string | undefined) =>
  ({ httpOnly: true, sameSite: 'Strict', path: '/', maxAge: placeMs / 1000, secure: publicUrl?.startsWith('https:') ?? false }) as const;

/** The browser is signed in from now on; where it was before, it is not any more. */
export async function welcomeIn(c: Context<Env>, publicUrl: string | undefined, signIn: SignIn, { secret, me }: SignedIn): Promise<Me> {
  const before = getCookie(c, cookieName);
  if (before !== undefined) await signIn.signOut(before);
  setCookie(c, cookieName, secret, cookieOptions(publicUrl));
  return me;
}

/** Who asks, for those who look later where they are signed in. */
export const fromOf = (c: Context<Env>): From => ({ address: addressOf(c), userAgent: c.req.header('user-agent') });

/** What edges are let in to. */
export const forEdges = /^\/v1\/(sync|record\/log)\//;
export const notAnEdge = 'This needs the signature of an enrolled edge (RFC 9421), or its certificate in TLS.';

/** What a request shows of whom it is of. */
export function showingOf({ method = '', url = '', headers, socket }: IncomingMessage): Showing {
  const [path, query] = split(url);
  return { method, path, query, header: (name) => headers[name]?.toString(), peer: peerOf(socket) };
}

const split = (url: string): [string, string] => {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
};

/** The client's certificate of a TLS handshake. That the key is theirs was proved there (RFC 8446 §4.4.3); whose it is, the hub looks up. */
const peerOf = (socket: Socket | undefined): Uint8Array | undefined =>
  socket instanceof TLSSocket ? socket.getPeerCertificate().raw : undefined;

/** What was signed is what came: a body that was changed on the way is refused. Runs after the limit on its size. */
export const checkDigest: MiddlewareHandler<Env> = async (c, next) => {
  const digest = c.get('digest');
  if (digest !== undefined) checkBody(new Uint8Array(await c.req.arrayBuffer()), digest);
  return next();
};

/** @param digest of what was signed, if it was. @throws WaysideError `unauthorized` */
export function checkBody(body: Uint8Array, digest: string | undefined): void {
  if (digest !== undefined && !isSigned(body, digest)) throw new WaysideError('unauthorized', 'The body is not the one that was signed.');
}

/** Where the console is for this browser; `refuseForeign` has seen to it that the request comes from there. */
export function siteOf(c: Context<Env>, publicUrl: string | undefined): Site {
  const { origin, hostname } = new URL(publicUrl ?? c.req.header('origin') ?? c.req.url);
  return { origin, host: hostname };
}

/**
 * Nobody passes a door below `/v1` without showing who they are and being one who may: `auth/routes.ts` says what a route does, `auth/can.ts` who
 * may. A route that is not there is closed.
 */
export function guard(doors: Doors): MiddlewareHandler<Env> {
  return async (c, next) => {
    const entry = entryOf(c.req.method, c.req.path);
    const bearer = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const known = forEdges.test(c.req.path) ? await doors.knowEdge(showingOf(c.env.incoming)) : undefined;
    if (entry && known && can({ role: 'edge' }, entry.action)) {
      c.set('edge', known.edge);
      c.set('digest', known.digest);
      return next();
    }
    if (entry?.action === 'sync') {
      throw new WaysideError('unauthorized', notAnEdge);
    }
    // A monitor has a token of its own, good for nothing else.
    if (entry?.action === 'metrics:read' && isToken(bearer, doors.config.metricsToken)) return next();
    if (bearer === undefined) refuseForeign(c, doors.config.publicUrl);
    const secret = bearer ?? getCookie(c, cookieName);
    c.set('secret', secret);
    if (entry && can({ role: 'nobody' }, entry.action)) return next();

    const visitor = secret === undefined ? undefined : await doors.welcome(secret);
    if (!visitor) throw new WaysideError('unauthorized', 'Sign in first: POST /v1/auth/sign-in, or send Authorization: Bearer <token>.');
    const { me, place } = visitor;
    c.set('me', me);
    c.set('place', place);
    c.set('view', within(doors.ground.db, me.tenant));
    if (place?.restricted && entry?.action !== 'account')
      throw new WaysideError(
        'forbidden',
        'More than a password is required here. Set up a passkey or a second factor on your account page.',
      );
    if (entry) await permit(doors, me, entry);
    // What no route matches is answered as such further on; what one matches and has no entry is closed.
    else if (isRoute(c))
      throw new WaysideError('forbidden', `Nobody may do this yet: ${c.req.method} ${c.req.path} is not in auth/routes.ts.`);
    return next();
  };
}

const isToken = (given: string | undefined, wanted: string | undefined): boolean =>
  given !== undefined && wanted !== undefined && timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(wanted)));

async function permit({ ground }: Doors, me: Me, { action, of, named }: NonNullable<ReturnType<typeof entryOf>>): Promise<void> {
  if (!can(me, action))
    throw new WaysideError(
      'forbidden',
      `This is not for ${me.role === 'auditor' ? 'an auditor' : `a ${me.role}`} of this desk. Ask a lead or an admin of yours.`,
    );
  if (of === undefined || ofAll(me)) return;
  // Whose it is not, to them it is not there.
  const tenant = await tenantOf(ground.db, of, named[of] as string);
  if (tenant === undefined || !can(me, action, { tenant })) throw new WaysideError('not-found', `There is no ${of} ${named[of]}.`);
}

const isRoute = (c: Context<Env>): boolean => matchedRoutes(c).some(({ method, path }) => method === c.req.method && !path.endsWith('*'));

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

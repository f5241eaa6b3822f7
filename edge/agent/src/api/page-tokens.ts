import { createHmac, timingSafeEqual } from 'node:crypto';
import { WaysideError } from '@wayside/protocol';
import type { Context, MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

/** What a page of somebody else may do here with its token: hold a conversation and see what is wrong. */
const open: readonly [method: string, path: RegExp][] = [
  ['POST', /^\/v1\/sessions$/],
  ['POST', /^\/v1\/sessions\/[^/]+\/(turns|handoff)$/],
  ['GET', /^\/v1\/sessions\/[^/]+(\/events)?$/],
  ['GET', /^\/v1\/things\/[^/]+$/],
  ['GET', /^\/v1\/faults$/],
];
const lifeMs = 30 * 86_400_000;

export type PageTokens = {
  /** A token for the page this request comes from. @throws WaysideError `forbidden` when that page is not named in the settings */
  make(c: Context): string;
  /** Whether this request is one a page may make, and carries a token that was made for the page it comes from. */
  opens(c: Context): boolean;
  /** Lets browsers hand answers to the pages named in the settings, and to no other (Fetch Standard, CORS protocol). */
  cors: MiddlewareHandler;
};

/**
 * Keys for pages of another site, such as a maker's own with `<wayside-panel>` in it. Each is good for one site, a month and a few routes; the edge's own token
 * never leaves it. Nothing is kept: a token is its end and a seal over page and end (RFC 2104) with the edge's secret.
 * @param pages origins as a browser tells them, `https://intranet.example`
 */
export function createPageTokens(secret: string, pages: readonly string[], now: () => number): PageTokens {
  const seal = (origin: string, until: number) => createHmac('sha256', secret).update(`page\n${origin}\n${until}`).digest('base64url');
  const originOf = (c: Context): string | undefined => pages.find((page) => page === c.req.header('origin'));

  return {
    make(c) {
      const origin = originOf(c);
      if (origin === undefined)
        throw new WaysideError('forbidden', 'This page is not one this edge knows. Name its address in the setting WAYSIDE_PAGES.');
      const until = Math.floor(now()) + lifeMs;
      return `page.${until}.${seal(origin, until)}`;
    },
    opens(c) {
      const [, until, given] = /^Bearer page\.(\d{1,16})\.([\w-]{43})$/.exec(c.req.header('authorization') ?? '') ?? [];
      const origin = originOf(c);
      if (!until || !given || origin === undefined || Number(until) < now()) return false;
      if (!timingSafeEqual(Buffer.from(given), Buffer.from(seal(origin, Number(until))))) return false;
      return open.some(([method, path]) => method === c.req.method && path.test(c.req.path));
    },
    // It makes every answer anew to say on whom it depends: not where it depends on nobody.
    cors:
      pages.length === 0
        ? (_, next) => next()
        : cors({ origin: [...pages], allowMethods: ['GET', 'POST'], allowHeaders: ['authorization', 'content-type'], maxAge: 600 }),
  };
}

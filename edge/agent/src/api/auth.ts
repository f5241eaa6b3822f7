import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { WaysideError } from '@wayside/protocol';
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Badge } from '../profiles/badges.ts';
import type { Who } from '../profiles/standings.ts';
import type { PageTokens } from './page-tokens.ts';

const cookieName = 'wayside';
const whoCookie = 'wayside-who';
const linkLifeMs = 24 * 3_600_000;

export type Door = {
  /** A link's token that signs one browser in, once, within a day. */
  makeOnce(): string;
  /** Trades a one-time token for the long one. Throws `unauthorized`. */
  redeem(token: string): string;
  guard: MiddlewareHandler;
  pages: PageTokens;
  /** Who makes this request, once it is let in. */
  who(c: Context): Who;
};

/**
 * Who may speak to the edge: a bearer of its token, a browser that came in through a one-time link, somebody's phone by its badge, or a
 * page of another site by its own token.
 * @param badge whose a badge is, if it is good
 */
export function createDoor(
  token: string,
  now: () => number,
  badge: (secret: string | undefined, inUse?: boolean) => Badge | undefined,
  pages: PageTokens,
): Door {
  const once = new Map<string, number>();
  const wanted = digest(token);
  const matches = (given: string | undefined) => given !== undefined && timingSafeEqual(digest(given), wanted);
  const isBearer = (c: Context) => matches(/^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]);

  return {
    pages,
    makeOnce() {
      const made = randomBytes(24).toString('base64url');
      once.set(made, now() + linkLifeMs);
      return made;
    },
    redeem(given) {
      const until = once.get(given);
      once.delete(given);
      if (until === undefined || until < now())
        throw new WaysideError('unauthorized', 'This link was used before or has run out. “wayside link” makes a new one.');
      return token;
    },
    guard: async (c, next) => {
      if (isBearer(c) || pages.opens(c)) return next();
      if (!matches(getCookie(c, cookieName)) && badge(getCookie(c, whoCookie))?.how !== 'phone')
        throw new WaysideError('unauthorized', 'Open the link that Wayside printed at start, or send its token as a bearer.');
      // A cookie travels by itself: another site's page must not be able to use it (Fetch Metadata, W3C).
      const site = c.req.header('sec-fetch-site');
      if (c.req.method !== 'GET' && site !== undefined && site !== 'same-origin' && site !== 'none')
        throw new WaysideError('forbidden', 'Another site may not act here.');
      return next();
    },
    who: (c) => ({ script: isBearer(c), badge: badge(getCookie(c, whoCookie), c.req.method !== 'GET') }),
  };
}

/** Remembers a signed-in browser for a month. Strict, so that it never travels from another site. */
export function rememberBrowser(c: Parameters<typeof setCookie>[0], token: string): void {
  setCookie(c, cookieName, token, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 30 * 86_400 });
}

/** A badge in the browser: it goes when the browser forgets it, or the edge takes it back. */
export function rememberWho(c: Context, secret: string): void {
  setCookie(c, whoCookie, secret, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 90 * 86_400 });
}

export const forgetWho = (c: Context): void => void deleteCookie(c, whoCookie, { path: '/' });

const digest = (text: string) => createHash('sha256').update(text).digest();

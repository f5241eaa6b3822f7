import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { WaysideError } from '@wayside/protocol';
import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

const cookieName = 'wayside';
const linkLifeMs = 24 * 3_600_000;

export type Door = {
  /** A link's token that signs one browser in, once, within a day. */
  makeOnce(): string;
  /** Trades a one-time token for the long one. Throws `unauthorized`. */
  redeem(token: string): string;
  guard: MiddlewareHandler;
};

/** Who may speak to the edge: a bearer of its token, or a browser that came in through a one-time link. */
export function createDoor(token: string, now: () => number): Door {
  const once = new Map<string, number>();
  const wanted = digest(token);
  const matches = (given: string | undefined) => given !== undefined && timingSafeEqual(digest(given), wanted);

  return {
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
      const bearer = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
      if (matches(bearer)) return next();
      if (!matches(getCookie(c, cookieName)))
        throw new WaysideError('unauthorized', 'Open the link that Wayside printed at start, or send its token as a bearer.');
      // A cookie travels by itself: another site's page must not be able to use it (Fetch Metadata, W3C).
      const site = c.req.header('sec-fetch-site');
      if (c.req.method !== 'GET' && site !== undefined && site !== 'same-origin' && site !== 'none')
        throw new WaysideError('forbidden', 'Another site may not act here.');
      return next();
    },
  };
}

/** Remembers a signed-in browser for a month. Strict, so that it never travels from another site. */
export function rememberBrowser(c: Parameters<typeof setCookie>[0], token: string): void {
  setCookie(c, cookieName, token, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 30 * 86_400 });
}

const digest = (text: string) => createHash('sha256').update(text).digest();

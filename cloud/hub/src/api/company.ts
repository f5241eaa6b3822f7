import { createRoute } from '@hono/zod-openapi';
import { toProblem, WaysideError } from '@wayside/protocol';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { UnderWay } from '../auth/company.ts';
import { openPlace } from '../auth/places.ts';
import { createRoutes, type Doors, type Env, json, problems } from './context.ts';
import { cookieOptions, fromOf, siteOf, welcomeIn } from './guard.ts';

const cookie = 'wayside_company';
const path = '/v1/auth/company';
const minutes = 10;
const kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), window: z.boolean().default(false) }).strict();
/** `window`: it is done in a window over the console's page, which keeps what was being written, and closes after. */
const asked = z.object({ window: z.enum(['true']).optional() }).strict();
const tags = ['auth'];

/** Sign-in through somebody's company: there and back. What goes wrong on the way back is said on the sign-in page, since a browser is looking. */
export function companyRoutes({ config, ground, company, signIn, log }: Doors) {
  const backOf = (c: Context<Env>) => `${siteOf(c, config.publicUrl).origin}${path}/back`;
  const wanted = () => {
    if (!company) throw new WaysideError('not-found', 'No company is set at this hub (--oidc-issuer).');
    return company;
  };
  const redirect = { 302: { description: 'Onward' }, ...problems };

  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/auth/ways',
        summary: 'Which ways in there are, besides a password',
        tags,
        responses: { 200: json(z.object({ company: z.boolean() }), 'The ways'), ...problems },
      }),
      (c) => c.json({ company: company !== undefined }, 200),
    )
    .openapi(
      createRoute({ method: 'get', path, summary: 'Sign in through your company', tags, request: { query: asked }, responses: redirect }),
      async (c) => {
        const { url, kept: underWay } = await wanted().begin(backOf(c));
        const window = c.req.valid('query').window !== undefined;
        // Lax: the way back begins at the company's page.
        setCookie(c, cookie, JSON.stringify({ ...underWay, window }), {
          ...cookieOptions(config.publicUrl),
          sameSite: 'Lax',
          path,
          maxAge: minutes * 60,
        });
        return c.redirect(url.href, 302);
      },
    )
    .openapi(
      createRoute({ method: 'get', path: `${path}/back`, summary: 'Back from your company', tags, responses: redirect }),
      async (c) => {
        const there = wanted();
        try {
          const underWay = readKept(getCookie(c, cookie));
          deleteCookie(c, cookie, { path });
          const me = await there.end(new URL(`${backOf(c)}${new URL(c.req.url).search}`), underWay);
          const secret = await openPlace(ground, me.id, 'company', fromOf(c));
          await welcomeIn(c, config.publicUrl, signIn, { secret, me });
          return c.redirect(underWay.window ? '/#signed-in' : '/', 302);
        } catch (error) {
          if (!(error instanceof WaysideError)) throw error;
          log.warn(
            { err: error.message, cause: String((error.cause as Error | undefined)?.message ?? '') },
            'a sign-in through the company did not succeed',
          );
          return c.redirect(`/#company=${toProblem(error).code}`, 302);
        }
      },
    );
}

function readKept(text: string | undefined): UnderWay & { window: boolean } {
  try {
    return kept.parse(JSON.parse(text ?? ''));
  } catch (cause) {
    throw new WaysideError('unauthorized', 'This sign-in was not begun in this browser, or took too long. Begin again.', { cause });
  }
}

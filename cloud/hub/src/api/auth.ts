import { createRoute } from '@hono/zod-openapi';
import { deleteCookie } from 'hono/cookie';
import type { z } from 'zod';
import { actions, can } from '../auth/can.ts';
import { addTechnician } from '../auth/technicians.ts';
import { createRoutes, type Doors, json, jsonBody, problems, tenantFor } from './context.ts';
import { cookieName, fromOf, welcomeIn } from './guard.ts';
import { codeWanted, me, myself, newTechnician, signIn, signInLink, signInOnce } from './types.ts';

/** Which people may come in: sign-in, and technicians. */
export function authRoutes({ config, ground, signIn: signing }: Doors) {
  const post = <P extends string, B extends z.ZodType, A extends z.ZodType>(path: P, summary: string, body: B, answer: A) =>
    createRoute({
      method: 'post',
      path,
      summary,
      tags: ['auth'],
      request: { body: jsonBody(body) },
      responses: { 200: json(answer, 'Done'), ...problems },
    });

  return createRoutes()
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/auth/sign-in',
        summary: 'Sign in with name and password, and a code where one is set; sets the session cookie',
        tags: ['auth'],
        request: { body: jsonBody(signIn) },
        responses: { 200: json(me, 'You'), 202: json(codeWanted, 'The password is right; send it again with a code'), ...problems },
      }),
      async (c) => {
        const signedIn = await signing.byPassword(c.req.valid('json'), fromOf(c));
        if (signedIn === 'code-wanted') return c.json({ wanted: 'code' as const }, 202);
        return c.json(await welcomeIn(c, config.publicUrl, signing, signedIn), 200);
      },
    )
    .openapi(post('/v1/auth/once', 'Sign in with the token of a one-time link; sets the session cookie', signInOnce, me), async (c) =>
      c.json(await welcomeIn(c, config.publicUrl, signing, await signing.byLink(c.req.valid('json').token, fromOf(c))), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/auth/links',
        summary: 'Make a link that signs one browser in as you, once, within 15 minutes',
        tags: ['auth'],
        responses: { 201: json(signInLink, 'The link'), ...problems },
      }),
      async (c) => c.json({ link: await signing.makeLink(c.get('me').id) }, 201),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/auth/sign-out',
        summary: 'End the session',
        tags: ['auth'],
        responses: { 204: { description: 'Signed out' }, ...problems },
      }),
      async (c) => {
        const secret = c.get('secret');
        if (secret !== undefined) await signing.signOut(secret);
        deleteCookie(c, cookieName, { path: '/' });
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/me',
        summary: 'Who is signed in',
        tags: ['auth'],
        responses: { 200: json(myself, 'You, and what you may do'), ...problems },
      }),
      (c) => {
        const restricted = c.get('place')?.restricted ?? false;
        const may = actions.filter((action) => can(c.get('me'), action) && (!restricted || action === 'account'));
        return c.json({ ...c.get('me'), may, restricted }, 200);
      },
    )
    .openapi(post('/v1/technicians', 'Add a technician (admins)', newTechnician, me), async (c) => {
      const fresh = c.req.valid('json');
      return c.json(await addTechnician(ground, fresh, tenantFor(c.get('me'), fresh.tenant ?? c.get('me').tenant)), 200);
    });
}

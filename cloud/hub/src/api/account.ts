import { createRoute } from '@hono/zod-openapi';
import { WaysideError } from '@wayside/protocol';
import type { Context } from 'hono';
import { changePassword, checkMayChange, readAccount } from '../auth/account.ts';
import { resetAccount } from '../auth/let-go.ts';
import { endPlaces, raisePlace } from '../auth/places.ts';
import { removeSecondFactor, requireSecondFactor, setSecondFactor } from '../auth/second-factor.ts';
import { newTimeSecret, timeUri } from '../auth/time-code.ts';
import { account, newPassword, newSecondFactor, placesToEnd, recoveryCodes, signInRules, timeSecret } from './account-types.ts';
import { createRoutes, type Doors, done, type Env, json, jsonBody, named, problems } from './context.ts';
import { signInLink } from './types.ts';

const tags = ['account'];
const act = <M extends 'post' | 'put' | 'delete', P extends string, R extends object>(method: M, path: P, summary: string, request: R) =>
  createRoute({ method, path, summary, tags, request, responses: done });

/** How somebody signs in, changed by themselves: password and second factor, and where they are signed in. */
export function accountRoutes({ ground, signIn, vault }: Doors) {
  const { db } = ground;
  const mayChange = (c: Context<Env>) => checkMayChange(ground, c.get('me'), c.get('place'));

  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/auth/account',
        summary: 'How you sign in, and where you are signed in',
        tags,
        responses: { 200: json(account, 'Yours'), ...problems },
      }),
      async (c) => c.json(await readAccount(ground, c.get('me'), c.get('place')), 200),
    )
    .openapi(
      act('post', '/v1/auth/password', 'Change your password; you are signed out everywhere else', { body: jsonBody(newPassword) }),
      async (c) => {
        await mayChange(c);
        await changePassword(ground, c.get('me'), c.req.valid('json'), c.get('place'));
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/auth/second-factor/secret',
        summary: 'A secret for an authenticator app; nothing is kept until a code of it is shown',
        tags,
        responses: { 200: json(timeSecret, 'The secret'), ...problems },
      }),
      (c) => {
        const secret = newTimeSecret();
        return c.json({ secret, uri: timeUri(secret, c.get('me').name) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/v1/auth/second-factor',
        summary: 'Ask for a code at each sign-in with a password; tells recovery codes once',
        tags,
        request: { body: jsonBody(newSecondFactor) },
        responses: { 200: json(recoveryCodes, 'Each is good once in place of a code'), ...problems },
      }),
      async (c) => {
        await mayChange(c);
        const { secret, code } = c.req.valid('json');
        const codes = await setSecondFactor(ground, vault, c.get('me').id, secret, code);
        const place = c.get('place');
        if (place?.restricted) await raisePlace(db, place.id, 'code');
        return c.json({ recoveryCodes: codes }, 200);
      },
    )
    .openapi(act('delete', '/v1/auth/second-factor', 'Ask for no code any more', {}), async (c) => {
      await mayChange(c);
      await removeSecondFactor(db, c.get('me').id);
      return c.body(null, 204);
    })
    .openapi(act('delete', '/v1/auth/places/{place}', 'Sign out of one place', { params: named('place') }), async (c) => {
      if (!(await endPlaces(ground, c.get('me').id, { only: c.req.valid('param').place })))
        throw new WaysideError('not-found', 'You are not signed in there any more.');
      return c.body(null, 204);
    })
    .openapi(act('post', '/v1/auth/places/end', 'Sign out everywhere, or everywhere else', { body: jsonBody(placesToEnd) }), async (c) => {
      const others = c.req.valid('json').which === 'others';
      await endPlaces(ground, c.get('me').id, { except: others ? c.get('place')?.id : undefined });
      return c.body(null, 204);
    })
    .openapi(
      act('put', '/v1/auth/rules', 'Require more than a password of everybody here (admins)', { body: jsonBody(signInRules) }),
      async (c) => {
        const me = c.get('me');
        await requireSecondFactor(ground, me.tenant, c.req.valid('json').secondFactor, me.id);
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/technicians/{technician}/reset',
        summary: 'They lost what they sign in with: nothing of it is good any more, but this link, once (admins)',
        tags,
        request: { params: named('technician') },
        responses: { 200: json(signInLink, 'The link'), ...problems },
      }),
      async (c) => {
        const { technician } = c.req.valid('param');
        await resetAccount(ground, technician);
        return c.json({ link: await signIn.makeLink(technician) }, 200);
      },
    );
}

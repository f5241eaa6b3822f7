import { createRoute } from '@hono/zod-openapi';
import { WaysideError } from '@wayside/protocol';
import { checkMayChange } from '../auth/account.ts';
import { raisePlace } from '../auth/places.ts';
import { newPasskey, webAuthn, webAuthnAnswer } from './account-types.ts';
import { createRoutes, type Doors, done, json, jsonBody, named, problems } from './context.ts';
import { fromOf, siteOf, welcomeIn } from './guard.ts';
import { me } from './types.ts';

const tags = ['account'];

/** Passkeys: shown to come in, made and removed by whose they are. */
export function passkeyRoutes({ config, ground, passkeys, signIn }: Doors) {
  const { db } = ground;
  const options = <P extends string>(path: P, summary: string) =>
    createRoute({ method: 'post', path, summary, tags, responses: { 200: json(webAuthn, 'Its options, as JSON'), ...problems } });

  return createRoutes()
    .openapi(options('/v1/auth/passkey/options', 'What a browser needs to show a passkey'), async (c) =>
      c.json({ ...(await passkeys.toShow(siteOf(c, config.publicUrl))) }, 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/auth/passkey',
        summary: 'Sign in with a passkey; sets the session cookie',
        tags,
        request: { body: jsonBody(webAuthnAnswer) },
        responses: { 200: json(me, 'You'), ...problems },
      }),
      async (c) => {
        const signedIn = await signIn.byPasskey(c.req.valid('json'), siteOf(c, config.publicUrl), fromOf(c));
        return c.json(await welcomeIn(c, config.publicUrl, signIn, signedIn), 200);
      },
    )
    .openapi(options('/v1/auth/passkeys/options', 'What your browser needs to make a passkey'), async (c) => {
      await checkMayChange(ground, c.get('me'), c.get('place'));
      return c.json({ ...(await passkeys.toMake(c.get('me'), siteOf(c, config.publicUrl))) }, 200);
    })
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/auth/passkeys',
        summary: 'Keep the passkey your browser made',
        tags,
        request: { body: jsonBody(newPasskey) },
        responses: done,
      }),
      async (c) => {
        const [who, place] = [c.get('me'), c.get('place')];
        await checkMayChange(ground, who, place);
        const { name, response } = c.req.valid('json');
        await passkeys.add(who, name, response, siteOf(c, config.publicUrl));
        if (place?.restricted) await raisePlace(db, place.id, 'passkey');
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/auth/passkeys/{passkey}',
        summary: 'It lets you in no more',
        tags,
        request: { params: named('passkey') },
        responses: done,
      }),
      async (c) => {
        await checkMayChange(ground, c.get('me'), c.get('place'));
        const gone = await db
          .deleteFrom('passkey')
          .where('id', '=', c.req.valid('param').passkey)
          .where('technician', '=', c.get('me').id)
          .executeTakeFirst();
        if (gone.numDeletedRows === 0n) throw new WaysideError('not-found', 'You have no such passkey.');
        return c.body(null, 204);
      },
    );
}

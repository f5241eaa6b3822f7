import { createRoute } from '@hono/zod-openapi';
import { subscribe, subscriptionsOf, unsubscribe } from '../hooks/push/subscriptions.ts';
import { readPushKey } from '../hooks/push/vapid.ts';
import { createRoutes, type Doors, done, json, jsonBody, problems } from './context.ts';
import { endedSubscription, newSubscription, pushSettings } from './push-types.ts';

const tags = ['account'];

/** Which of my browsers are told of urgent cases, also while no page of the console is open. */
export function pushRoutes({ ground, config, vault }: Doors) {
  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/me/push',
        summary: 'Which of your browsers are told of urgent cases (Web Push), and the key they subscribe with',
        tags,
        responses: { 200: json(pushSettings, 'Yours'), ...problems },
      }),
      async (c) => {
        const [{ publicKey: key }, endpoints] = await Promise.all([readPushKey(ground, vault), subscriptionsOf(ground, c.get('me').id)]);
        return c.json({ key, endpoints }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/v1/me/push',
        summary: 'Tell this browser of urgent cases',
        tags,
        request: { body: jsonBody(newSubscription) },
        responses: done,
      }),
      async (c) => {
        await subscribe(ground, vault, { technician: c.get('me').id, place: c.get('place')?.id }, c.req.valid('json'), config.pushServices);
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/me/push/end',
        summary: 'Tell this browser nothing more',
        tags,
        request: { body: jsonBody(endedSubscription) },
        responses: done,
      }),
      async (c) => {
        await unsubscribe(ground, c.get('me').id, c.req.valid('json').endpoint);
        return c.body(null, 204);
      },
    );
}

import { createRoute } from '@hono/zod-openapi';
import { WaysideError } from '@wayside/protocol';
import { z } from 'zod';
import { Attempts } from '../auth/attempts.ts';
import { hashOf } from '../auth/secret.ts';
import { answerBack } from '../hooks/answer-back.ts';
import { chatwootEvent, isChatwoots, newsIn } from '../hooks/chatwoot-event.ts';
import { addressOf, createRoutes, type Doors, json, jsonBody, problems } from './context.ts';
import { taken } from './hook-types.ts';

const minuteMs = 60_000;

/** Where other desks bring what their people answer. Each knows a key of its own, and signs where it can. */
export function bridgeRoutes({ ground, vault, log }: Doors) {
  const strangers = new Attempts(20, minuteMs, ground.now);
  const routes = createRoutes();
  // What is signed are the bytes as they came.
  routes.use('/v1/bridges/*', async (c, next) => {
    await c.req.text();
    await next();
  });
  return routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/bridges/chatwoot/{hook}',
      summary: 'The webhook of a Chatwoot inbox: what an agent answers becomes a reply in the case, once',
      tags: ['hooks'],
      request: {
        params: z.object({ hook: z.string().min(1).max(80) }),
        query: z.object({ key: z.string().min(1).max(200) }),
        body: jsonBody(chatwootEvent),
      },
      responses: { 200: json(taken, 'Stored, or nothing to us; anything else marks the message as failed there'), ...problems },
    }),
    async (c) => {
      strangers.check(addressOf(c));
      const { hook: id } = c.req.valid('param');
      const hook = await ground.db.selectFrom('hook').selectAll().where('id', '=', id).where('kind', '=', 'chatwoot').executeTakeFirst();
      const signed = {
        timestamp: c.req.header('x-chatwoot-timestamp') ?? '',
        signature: c.req.header('x-chatwoot-signature') ?? '',
        body: await c.req.text(),
      };
      /** One that cannot be opened any more is no reason to take what is not signed. */
      const isTheirs = (closed: string | null) => {
        const opened = closed === null ? undefined : vault.open(closed, id);
        return closed === null || (opened !== undefined && isChatwoots(opened, signed, ground.now()));
      };
      const secret = hook && vault.open(hook.secret, id);
      const known = secret !== undefined && hashOf(secret) === hashOf(c.req.valid('query').key);
      if (!hook || !known || !isTheirs(hook.theirSecret)) {
        strangers.count(addressOf(c));
        throw new WaysideError('unauthorized', 'The key or the signature is not the one of this inbox. Add the inbox again for a new key.');
      }
      const news = newsIn(c.req.valid('json'));
      const came = news ? await answerBack(ground, hook, news) : ({ taken: 'nothing' } as const);
      if ('taken' in came) return c.json(came, 200);
      log.info({ hook: id, err: came.refused }, 'an answer of another desk was not passed on');
      throw new WaysideError('conflict', came.refused);
    },
  );
}

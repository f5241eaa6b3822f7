import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { explain, locale, localeOf, WaysideError } from '@wayside/protocol';
import type { MiddlewareHandler } from 'hono';
import { newConsents, newRating, newSession, newTurn, siteEventName } from './asks.ts';
import { type Door, rememberBrowser } from './auth.ts';
import { addChatRoutes } from './chat-routes.ts';
import { answer, body, failed, json, session, thing } from './describe.ts';
import { addDeviceRoutes, addPairDeviceRoute } from './device-routes.ts';
import { addPairRoute, addPeopleRoutes } from './people-routes.ts';
import { addRecommendationRoutes } from './recommendation-routes.ts';
import { addRecordRoutes } from './record-routes.ts';
import { addReleaseRoutes } from './release-routes.ts';
import { addRepairRoutes } from './repair-routes.ts';
import type { Site } from './site.ts';
import { eventStream } from './stream.ts';
import type { SiteEventName } from './types.ts';
import { addVisitRoutes } from './visit-routes.ts';
import { addVoiceRoute } from './voice-route.ts';
import { addWotRoutes } from './wot-routes.ts';

/** Names of events, as in `only=faults,advice`. */
const siteEvents = z
  .string()
  .max(200)
  .transform((names) => names.split(','))
  .pipe(z.array(siteEventName).transform((names): ReadonlySet<SiteEventName> => new Set(names)))
  .openapi({ type: 'string', example: 'faults,advice', description: `Only these events: ${siteEventName.options.join(', ')}` });

/** Every route below `/v1`, each with its schema; the OpenAPI document is made from these. */
export function createRoutes(site: Site, door: Door): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw new WaysideError('invalid', explain(result.error));
    },
  });

  app.openapi(
    createRoute({
      method: 'post',
      path: '/auth/once',
      summary: 'Trade a one-time link for a signed-in browser',
      request: { body: body(z.object({ token: z.string().max(200) }).strict()) },
      responses: { 204: { description: 'Signed in' }, ...failed },
    }),
    (c) => {
      rememberBrowser(c, door.redeem(c.req.valid('json').token));
      return c.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/auth/page',
      summary:
        'Trade a one-time link for a token of a page of another site, named in the settings: it may converse and see faults, no more',
      request: { body: body(z.object({ token: z.string().max(200) }).strict()) },
      responses: { 201: json(z.object({ token: z.string() }), 'The token of that page, good for a month'), ...failed },
    }),
    (c) => {
      // The page first: one that is not known must not use a link up.
      const token = door.pages.make(c);
      door.redeem(c.req.valid('json').token);
      return c.json({ token }, 201);
    },
  );

  addPairRoute(app, site);
  addPairDeviceRoute(app, site);

  app.use('*', door.guard);
  // Somebody's conversation is theirs: nobody else reads it, or agrees to anything in it.
  app.use('/sessions/:session/*', mine(site, door));
  app.use('/sessions/:session', mine(site, door));

  app.openapi(
    createRoute({
      method: 'post',
      path: '/auth/links',
      summary: 'Make a link that signs one browser in, once, within a day',
      responses: { 201: json(z.object({ link: z.string() }), 'The link'), ...failed },
    }),
    (c) => {
      // Such a link lets somebody in without a name: not for a child or a guest to give away.
      if (!site.people.me(door.who(c)).manages)
        throw new WaysideError('forbidden', 'Only the owner can let others in. Ask them to choose their name here.');
      return c.json({ link: `/#token=${door.makeOnce()}` }, 201);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/sessions',
      summary: 'Begin a conversation',
      request: { body: body(newSession) },
      responses: { 201: answer('sessionMade', 'The session'), ...failed },
    }),
    async (c) => {
      const { locale: wanted, person: named, ...ask } = c.req.valid('json');
      const person = site.people.speaker(door.who(c), named);
      const locale = wanted ?? site.people.preferences(person).locale ?? localeOf(c.req.header('accept-language'));
      return c.json({ session: await site.openSession({ ...ask, ...(person ? { person } : {}), locale }) }, 201);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/sessions/{session}/turns',
      summary: 'Say something; the answer comes back, or streams as server-sent events when they are accepted',
      request: { params: session, body: body(newTurn) },
      responses: { 200: answer('turnAnswered', 'The answer'), ...failed },
    }),
    async (c) => {
      const { session: id } = c.req.valid('param');
      const turn = c.req.valid('json');
      if (!c.req.header('accept')?.includes('text/event-stream')) return c.json(await site.takeTurn(id, turn), 200);
      await site.transcript(id);
      return eventStream(c, (tell) => {
        const leave = site.events.onSession(id, (event) => event.event === 'token' && tell(event));
        site.takeTurn(id, turn).then(
          (answered) => tell({ event: 'answer', data: answered }),
          (error: Error) => tell({ event: 'problem', data: { detail: error.message } }),
        );
        return leave;
      }) as never;
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/sessions/{session}/handoff',
      summary: 'Talk to a person, now',
      request: { params: session },
      responses: { 202: answer('handoffStatus', 'Kept; where it stands'), ...failed },
    }),
    async (c) => c.json(await site.handOff(c.req.valid('param').session), 202),
  );

  app.openapi(
    createRoute({
      method: 'put',
      path: '/sessions/{session}/consents',
      summary: 'Agree, or no longer, to have the mood told and ways to be reached sent on',
      request: { params: session, body: body(newConsents) },
      responses: { 200: answer('consents', 'What is agreed to now'), ...failed },
    }),
    async (c) => c.json(await site.agree(c.req.valid('param').session, c.req.valid('json')), 200),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/sessions/{session}',
      summary: 'The conversation',
      request: { params: session },
      responses: { 200: answer('transcript', 'The transcript'), ...failed },
    }),
    async (c) => c.json(await site.transcript(c.req.valid('param').session), 200),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/sessions/{session}/rating',
      summary: 'How it was, by one tap once a technician has resolved it',
      request: { params: session, body: body(newRating) },
      responses: { 200: answer('handoffStatus', 'Noted, and told the hub when they said it'), ...failed },
    }),
    async (c) => c.json(await site.rate(c.req.valid('param').session, c.req.valid('json').rating), 200),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/sessions/{session}/seen/{reply}',
      summary: 'A technician’s reply is on the screen',
      request: { params: session.extend({ reply: z.string().max(80) }) },
      responses: { 204: { description: 'Noted' }, ...failed },
    }),
    async (c) => {
      const { session: id, reply } = c.req.valid('param');
      await site.seen(id, reply);
      return c.body(null, 204);
    },
  );

  addPeopleRoutes(app, site, door);
  addDeviceRoutes(app, site, door);
  addRecordRoutes(app, site);
  addReleaseRoutes(app, site, door);
  addRecommendationRoutes(app, site, door);
  addVisitRoutes(app, site);
  addRepairRoutes(app, site);
  addVoiceRoute(app, site);
  addWotRoutes(app, site);
  addChatRoutes(app, site, door);

  app.get('/sessions/:session/events', async (c) => {
    const id = c.req.param('session');
    await site.transcript(id);
    return eventStream(c, (tell) => site.events.onSession(id, tell));
  });
  app.openapi(
    createRoute({
      method: 'get',
      path: '/events',
      summary: 'What happens at the site, as server-sent events; readings a few times a second at most',
      request: { query: z.object({ only: siteEvents.optional() }) },
      responses: {
        200: { description: 'Events until the reader leaves', content: { 'text/event-stream': { schema: z.string() } } },
        ...failed,
      },
    }),
    (c) => {
      const { only } = c.req.valid('query');
      return eventStream(c, (tell) => site.events.onSite(tell, only)) as never;
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/things',
      summary: 'Every thing known here',
      responses: { 200: answer('things', 'Things'), ...failed },
    }),
    (c) => c.json({ things: site.things() }, 200),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/things/{thing}',
      summary: 'One thing with its newest readings',
      request: { params: thing },
      responses: { 200: answer('thingView', 'The thing'), ...failed },
    }),
    (c) => {
      const { thing: id } = c.req.valid('param');
      const found = site.things().find((t) => t.id === id);
      if (!found) throw new WaysideError('not-found', `No thing ${id} has spoken here.`);
      return c.json(found, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/things/{thing}/samples',
      summary: 'What one signal did between two moments (epoch ms)',
      request: {
        params: thing,
        query: z.object({ signal: z.string().max(128), from: z.coerce.number().optional(), to: z.coerce.number().optional() }),
      },
      responses: { 200: answer('samples', 'Points, oldest first'), ...failed },
    }),
    async (c) => {
      const { thing: id } = c.req.valid('param');
      const { signal, from, to } = c.req.valid('query');
      const end = to ?? Date.now();
      const start = from ?? end - 600_000;
      if (start > end) throw new WaysideError('invalid', 'from is after to.');
      return c.json({ thing: id, signal, from: start, to: end, ...(await site.samples(id, signal, start, end)) }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/faults',
      summary: 'Active faults, worst first',
      responses: { 200: answer('faults', 'Faults'), ...failed },
    }),
    (c) => c.json({ faults: site.faults() }, 200),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/articles/{article}',
      summary: 'The text behind a citation',
      request: {
        params: z.object({ article: z.string().max(64) }),
        query: z.object({ locale: locale.optional(), thing: z.string().max(64).optional() }),
      },
      responses: {
        200: json(z.object({ id: z.string(), locale, title: z.string(), body: z.string(), sources: z.array(z.string()) }), 'The article'),
        ...failed,
      },
    }),
    async (c) => {
      const { locale: wanted = 'en', thing } = c.req.valid('query');
      return c.json(await site.article(c.req.valid('param').article, wanted, thing), 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/status',
      summary: 'How the edge itself is',
      responses: { 200: answer('status', 'Status'), ...failed },
    }),
    async (c) => c.json(await site.status(), 200),
  );

  return app;
}

function mine(site: Site, door: Door): MiddlewareHandler {
  return async (c, next) => {
    site.people.mustEnterSession(door.who(c), await site.speakerOf(c.req.param('session') ?? ''));
    return next();
  };
}

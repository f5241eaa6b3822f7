import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { oneTimeCode } from '@wayside/contract';
import type { Context } from 'hono';
import type { Who } from '../profiles/standings.ts';
import { newPerson, personChange, pinDigits } from './asks.ts';
import { type Door, forgetWho, rememberWho } from './auth.ts';
import { answer, body, failed } from './describe.ts';
import type { Site } from './site.ts';

const person = z.object({ person: z.string().max(40) });

/** What kind of browser it is, for the list of one's devices: as the browser says it, cut short. */
const deviceOf = (c: Context) => {
  const agent = c.req.header('user-agent') ?? '';
  const kind = /iPhone|iPad|Android|Windows|Macintosh|Linux/.exec(agent)?.[0] ?? '';
  const browser = /Edg|Firefox|Chrome|Safari/.exec(agent)?.[0] ?? '';
  return [kind, browser].filter(Boolean).join(' · ') || 'browser';
};

/** The one door for who is not let in yet: a phone with a one-time code. It goes before the guard. */
export function addPairRoute(app: OpenAPIHono, site: Site): void {
  app.openapi(
    createRoute({
      method: 'post',
      path: '/auth/pair',
      summary: 'Come in on a phone with a one-time code, as the person who asked for it',
      request: { body: body(z.object({ code: oneTimeCode }).strict()) },
      responses: { 200: answer('entered', 'How it went'), ...failed },
    }),
    async (c) => {
      const result = await site.people.pair(c.req.valid('json').code, deviceOf(c));
      if (result.outcome !== 'entered') return c.json(result, 200);
      rememberWho(c, result.secret);
      return c.json({ outcome: 'entered' as const, person: result.person }, 200);
    },
  );
}

/** Who is speaking: the picker, the PIN, one's phone, what one likes, and what is kept of one. */
export function addPeopleRoutes(app: OpenAPIHono, site: Site, door: Door): void {
  const { people } = site;

  /** Who was at this browser leaves, who was let in stays; the secret goes into the cookie and never into the answer. */
  async function takeOver(c: Context, before: Who, result: Awaited<ReturnType<typeof people.enter | typeof people.claimLink>>) {
    if (result.outcome !== 'entered') return result;
    await people.leave(before);
    rememberWho(c, result.secret);
    return { outcome: 'entered' as const, person: result.person };
  }

  app.openapi(
    createRoute({
      method: 'get',
      path: '/people',
      summary: 'Who is known here',
      responses: { 200: answer('peopleView', 'Everybody, and who this browser speaks for'), ...failed },
    }),
    (c) => c.json({ people: people.list(), me: people.me(door.who(c)) }, 200),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/people',
      summary: 'Add somebody; the first one is the owner, and at once the one at this browser',
      request: { body: body(newPerson) },
      responses: { 201: answer('personView', 'Who was added'), ...failed },
    }),
    async (c) => {
      const { person: made, secret } = await people.add(door.who(c), c.req.valid('json'), deviceOf(c));
      if (secret !== undefined) rememberWho(c, secret);
      return c.json(made, 201);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/people/guest',
      summary: 'Speak as a guest: nothing is kept after the visit, and nothing goes to the hub unless a person is asked for',
      responses: { 200: answer('me', 'The visit'), ...failed },
    }),
    async (c) => {
      await people.leave(door.who(c));
      const secret = await people.visit(deviceOf(c));
      rememberWho(c, secret);
      return c.json(people.me({ script: false, badge: people.badge(secret) }), 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/people/leave',
      summary: 'Nobody in particular is at this browser any more; a guest is erased',
      responses: { 204: { description: 'Left' }, ...failed },
    }),
    async (c) => {
      await people.leave(door.who(c));
      forgetWho(c);
      return c.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/people/{person}/enter',
      summary: 'Say who one is, with the PIN where there is one',
      request: { params: person, body: body(z.object({ pin: pinDigits.optional() }).strict()) },
      responses: { 200: answer('entered', 'How it went'), ...failed },
    }),
    async (c) => {
      const before = door.who(c);
      const result = await people.enter(c.req.valid('param').person, c.req.valid('json').pin, deviceOf(c));
      return c.json(await takeOver(c, before, result), 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'patch',
      path: '/people/{person}',
      summary: 'Change a name, a role, a PIN, what one likes, or whether one’s conversations are shared',
      request: { params: person, body: body(personChange) },
      responses: { 200: answer('personView', 'As it is now'), ...failed },
    }),
    async (c) => c.json(await people.change(door.who(c), c.req.valid('param').person, c.req.valid('json')), 200),
  );

  app.openapi(
    createRoute({
      method: 'delete',
      path: '/people/{person}',
      summary: 'Erase somebody: the profile, every word of their conversations, and what the hub had of them from here',
      request: { params: person },
      responses: { 204: { description: 'Erased' }, ...failed },
    }),
    async (c) => {
      const who = door.who(c);
      const id = c.req.valid('param').person;
      await people.remove(who, id);
      if (id === 'me' || id === who.badge?.person) forgetWho(c);
      return c.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/people/{person}/phone',
      summary: 'A one-time code with which one’s phone comes in, for five minutes',
      request: { params: person },
      responses: { 201: answer('phoneCode', 'The code, and where the phone finds this panel'), ...failed },
    }),
    (c) => {
      const code = people.offerPhone(door.who(c), c.req.valid('param').person);
      return c.json({ ...code, addresses: site.addresses() }, 201);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/people/{person}/link',
      summary: 'A one-time code with which one is the same person at another edge of the same hub; for who shares their conversations',
      request: { params: person },
      responses: { 201: answer('linkCode', 'The code, for ten minutes'), ...failed },
    }),
    async (c) => c.json(await people.offerLink(door.who(c), c.req.valid('param').person), 201),
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/people/link',
      summary: 'Be the person one is at another edge, by its one-time code; from then on conversations are shared between the two',
      request: { body: body(z.object({ code: oneTimeCode, share: z.literal(true) }).strict()) },
      responses: { 200: answer('entered', 'How it went'), ...failed },
    }),
    async (c) => {
      const before = door.who(c);
      const result = await people.claimLink(before, c.req.valid('json').code, deviceOf(c));
      return c.json(await takeOver(c, before, result), 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'delete',
      path: '/people/{person}/devices/{device}',
      summary: 'Sign one of one’s devices out',
      request: { params: person.extend({ device: z.string().max(64) }) },
      responses: { 204: { description: 'Signed out' }, ...failed },
    }),
    async (c) => {
      const { person: id, device } = c.req.valid('param');
      await people.dropDevice(door.who(c), id, device);
      return c.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/people/{person}/sessions',
      summary: 'One’s conversations, here and as far as they came from one’s other edges, newest first',
      request: { params: person, query: z.object({ thing: z.string().max(64).optional() }) },
      responses: { 200: answer('pastSessions', 'Conversations'), ...failed },
    }),
    async (c) => c.json({ sessions: await people.past(door.who(c), c.req.valid('param').person, c.req.valid('query').thing) }, 200),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/people/{person}/sessions/{session}',
      summary: 'A conversation of theirs at another edge',
      request: { params: person.extend({ session: z.string().max(80) }) },
      responses: { 200: answer('historyPiece', 'As far as it came'), ...failed },
    }),
    async (c) => {
      const { person: id, session } = c.req.valid('param');
      return c.json(await people.pastElsewhere(door.who(c), id, session), 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/people/{person}/export',
      summary: 'Everything kept of oneself, as a file',
      request: { params: person },
      responses: {
        200: { description: 'A JSON document', content: { 'application/json': { schema: z.looseObject({ format: z.string() }) } } },
        ...failed,
      },
    }),
    async (c) => {
      const data = await people.export(door.who(c), c.req.valid('param').person);
      return c.body(JSON.stringify(data, null, 2), 200, {
        'content-type': 'application/json',
        'content-disposition': `attachment; filename="wayside-${data.profile.person}.json"`,
        'cache-control': 'no-store',
      }) as never;
    },
  );
}

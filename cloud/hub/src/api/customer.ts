import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { Attempts } from '../auth/attempts.ts';
import { agree, rate, sayOnPhone, viewForCustomer } from '../customers/customers.ts';
import { caseOf, enter, makeLink, phoneMs } from '../customers/links.ts';
import { addressOf, createRoutes, type Doors, done, type Env, json, jsonBody, problems } from './context.ts';
import { customerConsents, customerLink, customerView, newMessage, newSatisfaction, openLink } from './customer-types.ts';
import { cookieOptions } from './guard.ts';

const cookie = 'wayside_customer';
const tags = ['customer'];
const minuteMs = 60_000;

/** A person's own case on their phone: let in by a link that is good once, then known by a cookie. */
export function customerRoutes({ ground, config }: Doors) {
  const mine = (c: Context<Env>) => caseOf(ground, getCookie(c, cookie));
  const messages = new Attempts(20, minuteMs, ground.now);
  const openings = new Attempts(20, minuteMs, ground.now);
  const routes = createRoutes();
  // Before what was sent is read: a stranger learns nothing from how it is refused.
  routes.use('/v1/customer/*', async (c, next) => {
    if (c.req.path !== '/v1/customer/open') await mine(c);
    await next();
  });
  return routes
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/cases/{case}/customer-link',
        summary: 'A link with which the person sees this case on one phone; good once, for a day',
        tags,
        request: { params: z.object({ case: z.string().min(1).max(64) }) },
        responses: { 201: json(customerLink, 'The path; give it to nobody else'), ...problems },
      }),
      async (c) => c.json(await makeLink(ground, c.req.valid('param').case, c.get('me')), 201),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/customer/open',
        summary: 'Spend a link; sets the cookie of this phone',
        tags,
        request: { body: jsonBody(openLink) },
        responses: done,
      }),
      async (c) => {
        openings.check(addressOf(c));
        openings.count(addressOf(c));
        const secret = await enter(ground, c.req.valid('json').link);
        setCookie(c, cookie, secret, { ...cookieOptions(config.publicUrl), path: '/v1/customer', maxAge: phoneMs / 1000 });
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/customer',
        summary: 'The case of this phone',
        tags,
        responses: { 200: json(customerView, 'The case'), ...problems },
      }),
      async (c) => c.json(await viewForCustomer(ground.db, await mine(c)), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/customer/messages',
        summary: 'Write to the technician; it is said in the conversation at the machine, too',
        tags,
        request: { body: jsonBody(newMessage) },
        responses: done,
      }),
      async (c) => {
        const id = await mine(c);
        messages.check(id);
        messages.count(id);
        await sayOnPhone(ground, id, c.req.valid('json'));
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/customer/consents',
        summary: 'What may be kept and passed on, from now on',
        tags,
        request: { body: jsonBody(customerConsents) },
        responses: done,
      }),
      async (c) => {
        await agree(ground, await mine(c), c.req.valid('json'));
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/customer/satisfaction',
        summary: 'How it was, when it is over',
        tags,
        request: { body: jsonBody(newSatisfaction) },
        responses: done,
      }),
      async (c) => {
        await rate(ground, await mine(c), c.req.valid('json').satisfaction);
        return c.body(null, 204);
      },
    );
}

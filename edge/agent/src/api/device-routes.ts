import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { thingId, WaysideError } from '@wayside/protocol';
import type { Context } from 'hono';
import { newDevice } from '../link/device-keys.ts';
import type { Door } from './auth.ts';
import { body, failed, json } from './describe.ts';
import type { Site } from './site.ts';

const login = z.object({ username: z.string(), password: z.string(), port: z.int() });
const tags = ['devices'];

/** The one door a device without a secret may knock at, while somebody holds it open. */
export function addPairDeviceRoute(app: OpenAPIHono, { devices }: Site): void {
  app.openapi(
    createRoute({
      method: 'post',
      path: '/devices/pair',
      summary: 'A device asks for its own secret, with the code of the window that a person has opened',
      tags,
      request: { body: body(z.object({ code: z.string().max(20), device: thingId }).strict()) },
      responses: { 201: json(login, 'Its secret, told this once'), ...failed },
    }),
    async (c) => {
      const { code, device } = c.req.valid('json');
      devices.pairing.check(code);
      return c.json({ ...(await devices.add({ device })), port: devices.port() }, 201);
    },
  );
}

/** Whom somebody lets in, and out again. */
export function addDeviceRoutes(app: OpenAPIHono, site: Site, door: Door): void {
  const { devices } = site;
  const ownerOnly = (c: Context) => {
    if (!site.people.me(door.who(c)).manages)
      throw new WaysideError('forbidden', 'Only the owner lets devices in. Ask them to choose their name here.');
  };

  app.openapi(
    createRoute({
      method: 'get',
      path: '/devices',
      summary: 'The devices with a secret of their own, and the window if one is open',
      tags,
      responses: {
        200: json(
          z.object({
            devices: z.array(
              z.object({ device: z.string(), things: z.array(z.string()), trees: z.array(z.string()), pairedAt: z.number() }),
            ),
            window: z.object({ until: z.number() }).optional(),
          }),
          'Without any secret',
        ),
        ...failed,
      },
    }),
    (c) => {
      const window = devices.pairing.state();
      return c.json({ devices: devices.all(), ...(window ? { window } : {}) }, 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/devices',
      summary: 'Give a device its own secret; `anew` replaces the one it has',
      tags,
      request: { body: body(newDevice) },
      responses: { 201: json(login, 'Its secret, told this once'), ...failed },
    }),
    async (c) => {
      ownerOnly(c);
      return c.json({ ...(await devices.add(c.req.valid('json'))), port: devices.port() }, 201);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/devices/window',
      summary: 'Open a window in which devices may ask for a secret; another one replaces it',
      tags,
      request: { body: body(z.object({ minutes: z.number().min(0.1).max(15).default(5) }).strict()) },
      responses: { 201: json(z.object({ code: z.string(), until: z.number() }), 'The code to give to the device'), ...failed },
    }),
    (c) => {
      ownerOnly(c);
      return c.json(devices.pairing.open(c.req.valid('json').minutes * 60_000), 201);
    },
  );
  app.openapi(
    createRoute({
      method: 'delete',
      path: '/devices/{device}',
      summary: 'Let a device in no more; it is cut off at once',
      tags,
      request: { params: z.object({ device: thingId }) },
      responses: { 204: { description: 'Gone' }, ...failed },
    }),
    async (c) => {
      ownerOnly(c);
      const { device } = c.req.valid('param');
      if (!(await devices.remove(device))) throw new WaysideError('not-found', `There is no device ${device} with a secret.`);
      return c.body(null, 204);
    },
  );
}

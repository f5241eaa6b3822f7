import { createRoute } from '@hono/zod-openapi';
import { endSessions, leave } from '../auth/let-go.ts';
import { changeTechnician, letInAgain, listRoster } from '../auth/roster.ts';
import { addTechnician } from '../auth/technicians.ts';
import { releaseAllOf } from '../queue/release.ts';
import { createRoutes, type Doors, done, json, jsonBody, named, problems, tenantFor } from './context.ts';
import { invitation, invited, technicianChange, technicianList } from './technician-types.ts';

const tags = ['technicians'];
/** An invitation is read when its reader next looks at their mail. */
const invitationMs = 3 * 86_400_000;

/** Who works at the desk: asked in, what they may and take on, and let in no more. */
export function technicianRoutes({ ground, config, signIn }: Doors) {
  const ask = <P extends string>(path: P, summary: string) =>
    createRoute({
      method: 'post',
      path,
      summary,
      tags,
      request: { params: named('technician') },
      responses: { 200: json(invited, 'The link'), ...problems },
    });
  const act = <P extends string>(path: P, summary: string) =>
    createRoute({ method: 'post', path, summary, tags, request: { params: named('technician') }, responses: done });
  const invite = async (technician: string) => ({
    technician,
    link: await signIn.makeLink(technician, invitationMs),
    expiresAt: Math.floor(ground.now()) + invitationMs,
  });

  return createRoutes()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/technicians',
        summary: 'All technicians, with what they take on; those let in no more, too',
        tags,
        responses: { 200: json(technicianList, 'By name'), ...problems },
      }),
      async (c) => c.json({ technicians: await listRoster(ground, c.get('me').tenant, config.deskZone) }, 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/technicians/invite',
        summary: 'Ask somebody in by a link that is good once, for three days (admins)',
        tags,
        request: { body: jsonBody(invitation) },
        responses: { 200: json(invited, 'The link; give it to nobody else'), ...problems },
      }),
      async (c) => {
        const { tenant, ...fresh } = c.req.valid('json');
        const { id } = await addTechnician(ground, fresh, tenantFor(c.get('me'), tenant ?? c.get('me').tenant));
        return c.json(await invite(id), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/v1/technicians/{technician}',
        summary: 'Another role, other skills, languages and shifts (admins)',
        tags,
        request: { params: named('technician'), body: jsonBody(technicianChange) },
        responses: done,
      }),
      async (c) => {
        await changeTechnician(ground, c.req.valid('param').technician, c.get('me'), c.req.valid('json'));
        return c.body(null, 204);
      },
    )
    .openapi(act('/v1/technicians/{technician}/sign-out', 'End all sessions of a technician, at once (admins)'), async (c) => {
      await endSessions(ground, c.req.valid('param').technician);
      return c.body(null, 204);
    })
    .openapi(
      act('/v1/technicians/{technician}/leave', 'Let them in no more: nothing lets them in, and their cases go back to the queue (admins)'),
      async (c) => {
        const { technician } = c.req.valid('param');
        await leave(ground, technician);
        await releaseAllOf(ground, technician, config.deskZone);
        return c.body(null, 204);
      },
    )
    .openapi(ask('/v1/technicians/{technician}/return', 'Let them in again, as what they were, by a link (admins)'), async (c) => {
      const { technician } = c.req.valid('param');
      await letInAgain(ground, technician);
      return c.json(await invite(technician), 200);
    });
}

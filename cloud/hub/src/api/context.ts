import type { HttpBindings } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import { explain, problem, WaysideError } from '@wayside/protocol';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Assist } from '../assist/assist.ts';
import { ofAll } from '../auth/can.ts';
import type { Certificates } from '../auth/certificates.ts';
import type { Company } from '../auth/company.ts';
import type { EdgeAuthority } from '../auth/edge-authority.ts';
import type { EdgeProof } from '../auth/edge-proof.ts';
import type { Enrolment } from '../auth/enrolment.ts';
import type { Passkeys } from '../auth/passkeys.ts';
import type { Place, Visitor } from '../auth/places.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Vault } from '../auth/vault.ts';
import type { HubConfig } from '../config.ts';
import type { HereSpans } from '../fleet/here-spans.ts';
import type { LastSeen } from '../fleet/last-seen.ts';
import type { Sender } from '../hooks/sender.ts';
import type { PackNames } from '../knowledge/names.ts';
import type { Log } from '../log.ts';
import type { Attendance } from '../queue/attendance.ts';
import type { LogKey } from '../record/log-key.ts';
import type { Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import type { Effects } from '../sync/apply.ts';
import type { Wake } from '../sync/wake.ts';
import type { Updates } from '../updates/updates.ts';
import type { Live } from '../visits/live.ts';
import type { Audience } from './audience.ts';
import type { Meter } from './meter.ts';
import type { Me } from './types.ts';

/** What every door of the hub is handed. */
export type Doors = {
  config: HubConfig;
  ground: Ground;
  log: Log;
  signIn: SignIn;
  vault: Vault;
  passkeys: Passkeys;
  company: Company | undefined;
  enrolment: Enrolment;
  authority: EdgeAuthority;
  certificates: Certificates;
  updates: Updates;
  /** Which edge a request is of, by what it shows. */
  knowEdge: EdgeProof['know'];
  forgetEdge: EdgeProof['forget'];
  effects: Effects;
  logKey: LogKey;
  assist: Assist;
  names: PackNames;
  wake: Wake;
  lastSeen: LastSeen;
  hereSpans: HereSpans;
  /** Does the edge hold a socket, at this hub or at another on the same store? */
  isOnline(edge: string): boolean;
  audience: Audience;
  live: Live;
  attendance: Attendance;
  sender: Sender;
  meter: Meter;
  /** Whom a secret, of a session or of scripts, lets in now. */
  welcome(secret: string): Promise<Visitor | undefined>;
};

/** Set by `guard` before a route runs: a person, where they are signed in, with the store as they may see it; or an edge. */
export type Env = {
  Bindings: HttpBindings;
  Variables: { me: Me; place: Place | undefined; edge: string; digest: string | undefined; secret: string | undefined; view: Db };
};

/** A group of routes whose input is refused in our own words. */
export const createRoutes = (): OpenAPIHono<Env> =>
  new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw new WaysideError('invalid', explain(result.error as z.ZodError));
    },
  });

/** A JSON request body that must be there and must say it is JSON. */
export const jsonBody = <S extends z.ZodType>(schema: S) => ({ required: true as const, content: { 'application/json': { schema } } });

/** An answer as JSON. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({ description, content: { 'application/json': { schema } } });

/** What every route may answer besides. */
export const problems = {
  default: {
    description: 'A problem (RFC 9457); `code` is of a closed list',
    content: { 'application/problem+json': { schema: problem } },
  },
} as const;

/** Done, and there is nothing to say. */
export const done = { 204: { description: 'Done' }, ...problems } as const;

/** Who belongs to one tenant lets nobody into another. @throws WaysideError `forbidden` */
export function tenantFor(me: Me, wanted: string): string {
  if (!ofAll(me) && wanted !== me.tenant) throw new WaysideError('forbidden', 'You may let people and edges into your own company only.');
  return wanted;
}

/** The one thing a path names. */
export const named = <N extends string>(name: N) => z.object({ [name]: z.string().min(1).max(1_400) } as Record<N, z.ZodString>);

/** The peer's address, for counting attempts. Behind a proxy it is the proxy's: then the limits are shared, never evaded. */
export const addressOf = (c: Context<Env>): string => c.env?.incoming?.socket.remoteAddress ?? 'unknown';

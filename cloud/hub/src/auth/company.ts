import { newId, WaysideError } from '@wayside/protocol';
import type { Configuration } from 'openid-client';
import type { Me } from '../api/types.ts';
import type { HubConfig } from '../config.ts';
import { change, type Ground } from '../store/change.ts';
import type { Role } from './can.ts';
import { gone, meOf } from './technicians.ts';

/** What is kept of a sign-in that is under way, in the browser that began it. */
export type UnderWay = { state: string; nonce: string; verifier: string };

/** Sign-in as somebody's company says who they are (OpenID Connect Core 1.0, authorization code with PKCE). The library is loaded when it is first used. */
export type Company = {
  /** Where the browser is sent. @param back where it is to come back to @throws WaysideError `unavailable` when the company's server does not answer */
  begin(back: string): Promise<{ url: URL; kept: UnderWay }>;
  /** Who came back. @param url with what their company says @throws WaysideError `unauthorized`, or `forbidden` when it says nothing of a role here */
  end(url: URL, kept: UnderWay): Promise<Me>;
};

const load = () => import('openid-client');

/** Undefined when no company is set. */
export function createCompany(ground: Ground, config: HubConfig): Company | undefined {
  const { oidcIssuer: issuer, oidcClient: client, oidcSecret: secret } = config;
  if (issuer === undefined || client === undefined) return undefined;
  let known: Promise<Configuration> | undefined;

  /** What the company's server says of itself, asked once; again when it did not answer. */
  const discover = async () => {
    const oidc = await load();
    // Over plain http only where the settings say so: a server on the same machine.
    const how = issuer.startsWith('http:') ? { execute: [oidc.allowInsecureRequests] } : {};
    known ??= oidc.discovery(new URL(issuer), client, secret, undefined, how);
    return known.catch((cause: unknown) => {
      known = undefined;
      throw new WaysideError('unavailable', 'Your company’s sign-in does not answer. Try again, or sign in another way.', { cause });
    });
  };

  return {
    async begin(back) {
      const [oidc, server] = [await load(), await discover()];
      const kept = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
      const url = oidc.buildAuthorizationUrl(server, {
        redirect_uri: back,
        scope: config.oidcScope,
        state: kept.state,
        nonce: kept.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(kept.verifier),
        code_challenge_method: 'S256',
      });
      return { url, kept };
    },

    async end(url, kept) {
      const [oidc, server] = [await load(), await discover()];
      const checks = { expectedState: kept.state, expectedNonce: kept.nonce, pkceCodeVerifier: kept.verifier, idTokenExpected: true };
      const told = await oidc.authorizationCodeGrant(server, url, checks).catch((cause: unknown) => {
        throw new WaysideError('unauthorized', 'Your company did not let you in, or it took too long. Try again.', { cause });
      });
      const own = told.claims() as NonNullable<ReturnType<typeof told.claims>>;
      // Groups are often told there only.
      const more = server.serverMetadata().userinfo_endpoint
        ? await oidc.fetchUserInfo(server, told.access_token, own.sub).catch(() => ({}))
        : {};
      const claims: Record<string, unknown> = { ...more, ...own };
      const role = roleOf(claims[config.oidcClaim], readRoles(config.oidcRoles) ?? []);
      if (role === undefined)
        throw new WaysideError('forbidden', 'Your company knows you, but has given you no role at this desk. Ask whoever runs it there.');
      const name = [claims.name, claims.preferred_username, claims.email, own.sub].find(
        (one) => typeof one === 'string' && one.trim() !== '',
      );
      return keepMember(ground, {
        company: `${own.iss} ${own.sub}`,
        name: String(name).trim().slice(0, 120),
        role,
        tenant: config.oidcTenant,
      });
    },
  };
}

/** `admin=ops, technician=support`: the first that a claim holds is the role. Undefined when it is not written so. */
export function readRoles(text: string): { role: Role; value: string }[] | undefined {
  const parts = text.split(',').map((part) => /^\s*(technician|lead|admin|auditor)\s*=\s*(\S.*?)\s*$/.exec(part));
  return parts.every((part) => part !== null)
    ? parts.map(([, role, value]) => ({ role: role as Role, value: value as string }))
    : undefined;
}

/** @param claim a word, or a list of them */
function roleOf(claim: unknown, roles: readonly { role: Role; value: string }[]): Role | undefined {
  const held = new Set(Array.isArray(claim) ? claim : [claim]);
  return roles.find(({ value }) => held.has(value))?.role;
}

/** Whoever comes the first time is added; role and name are as their company says now. Who has left here stays out. */
const keepMember = (ground: Ground, member: { company: string; name: string; role: Role; tenant: string }): Promise<Me> =>
  change(ground, async ({ tx, now }) => {
    const before = await tx.selectFrom('technician').selectAll().where('company', '=', member.company).executeTakeFirst();
    if (before?.role === gone) throw new WaysideError('forbidden', 'You do not work at this desk any more. Ask an admin.');
    const id = before?.id ?? newId('t', now);
    const taken = await tx.selectFrom('technician').select('id').where('name', '=', member.name).where('id', '!=', id).executeTakeFirst();
    const row = {
      ...member,
      id,
      // Of two people of one name, the second is told apart.
      name: taken ? `${member.name} (${id.slice(-5)})` : member.name,
      languagesJson: before?.languagesJson ?? '["en","zh"]',
      password: before?.password ?? '',
      createdAt: before?.createdAt ?? now,
    };
    await tx
      .insertInto('technician')
      .values(row)
      .onConflict((c) => c.column('id').doUpdateSet({ name: row.name, role: row.role, tenant: row.tenant }))
      .execute();
    return meOf(row);
  });

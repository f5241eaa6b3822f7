import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

const client = { client_id: 'wayside', client_secret: 'a secret between the two' };

/**
 * A company's sign-in for tests: a real OpenID Connect server that believes everybody, and signs what it says.
 * @param groups of whom, by what they sign in with
 */
export async function startCompany(groups: Record<string, string[]>) {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    /** How a hub is told of it. */
    settings: {
      oidcIssuer: issuer,
      oidcClient: client.client_id,
      oidcSecret: client.client_secret,
      oidcRoles: 'admin=ops, technician=support',
      oidcTenant: 'alpha',
    },
    /** From here on it answers, for the hub at this address. */
    serve(hub: string) {
      const provider = new Provider(issuer, {
        clients: [{ ...client, redirect_uris: [`${hub}/v1/auth/company/back`] }],
        claims: { openid: ['sub'], profile: ['name'], groups: ['groups'] },
        scopes: ['openid', 'profile', 'groups'],
        pkce: { required: () => true },
        findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `${id} of the company`, groups: groups[id] }) }),
        cookies: { keys: ['only for this test'] },
      });
      server.on('request', provider.callback());
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

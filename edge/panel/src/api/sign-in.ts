import type { Edge } from './edge.ts';

const inHash = (hash: string, name: string) => new URLSearchParams(hash.replace(/^#/, '')).get(name) ?? undefined;

/** The one-time token of a link such as `/#token=…`, if the address carries one. */
export const tokenIn = (hash: string): string | undefined => inHash(hash, 'token');

/**
 * Changes the one-time token of the address for a cookie, and takes it out of the address and the history.
 * A used or wrong token is no error here: whoever is not signed in is told so by the first call.
 */
export async function signIn(edge: Edge, page: Pick<Window, 'location' | 'history'>): Promise<void> {
  const token = tokenIn(page.location.hash);
  // The code that a phone read off the machine's screen.
  const code = inHash(page.location.hash, 'pair');
  if (!token && !code) return;
  const reply = code ? await edge.post('v1/auth/pair', { code }) : await edge.post('v1/auth/once', { token });
  if (reply.kind !== 'unreachable' && reply.kind !== 'full')
    page.history.replaceState(null, '', page.location.pathname + page.location.search);
}

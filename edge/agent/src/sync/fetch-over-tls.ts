import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Keyed } from './credential.ts';

/** How `fetch` and sockets show a certificate in a TLS handshake. */
export const tlsOf = ({ key, certificate }: Keyed) => ({ key: key.export({ format: 'pem', type: 'pkcs8' }), cert: certificate.toString() });

/**
 * `fetch` as far as an edge needs it, with a certificate: the one of the platform has no way to show one without a library. Whom the edge trusts is
 * what Node trusts (`NODE_EXTRA_CA_CERTS`). It follows no redirects.
 */
export async function fetchOverTls(
  one: Keyed,
): Promise<(target: URL, init: RequestInit & { body?: string; headers: Record<string, string> }) => Promise<Response>> {
  const { Agent, request } = await import('node:https');
  const agent = new Agent({ ...tlsOf(one), keepAlive: true, maxSockets: 4 });
  return (target, { method = 'GET', headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const asked = request(target, { agent, method, headers, ...(signal ? { signal } : {}) }, (answer: IncomingMessage) => {
        const told = new Headers();
        for (const [name, value] of Object.entries(answer.headersDistinct)) for (const each of value ?? []) told.append(name, each);
        const status = answer.statusCode as number;
        const isEmpty = status === 204 || status === 304;
        if (isEmpty) answer.resume();
        resolve(new Response(isEmpty ? null : (Readable.toWeb(answer) as ReadableStream), { status, headers: told }));
      });
      asked.on('error', reject);
      asked.end(body);
    });
}

import { Agent, type ClientRequest, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { Readable } from 'node:stream';
import type { Credential } from './credential.ts';

/** How requests and sockets show a certificate in a TLS handshake. */
export const tlsOf = ({ key, certificate }: Credential) => ({
  key: key.export({ format: 'pem', type: 'pkcs8' }),
  cert: certificate.toString(),
});

type Asked = { method: string; headers: Record<string, string>; body?: string | undefined; signal: AbortSignal };
/** Brings a request to the hub. Rejects when no answer comes, or none that HTTP knows. */
export type HubLine = (target: URL, asked: Asked) => Promise<Response>;

const connections = { keepAlive: true, maxSockets: 4 };

/**
 * A line to the hub over Node's own client: the platform's `fetch` costs an edge five megabytes, and has no way to show a certificate without a library.
 * Whom the edge trusts is what Node trusts (`NODE_EXTRA_CA_CERTS`). It follows no redirects, since a signature is good for one path.
 * @param shown where the hub's own end of TLS may be, its certificate is shown there too
 */
export function createHubLine(url: string, shown?: Credential): HubLine {
  const begin = new URL(url).protocol === 'https:' ? overTls(shown) : overTcp();
  return (target, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const asked = begin(target, { method, headers, signal });
      asked.on('response', (answer) => {
        try {
          resolve(responseOf(answer));
        } catch (error) {
          answer.destroy();
          reject(error as Error);
        }
      });
      asked.on('error', reject);
      asked.end(body);
    });
}

type Begin = (target: URL, options: RequestOptions) => ClientRequest;

function overTcp(): Begin {
  const agent = new Agent(connections);
  return (target, options) => request(target, { ...options, agent });
}

/** TLS is loaded only by an edge whose hub speaks it; not by `import`, with which Node loads more than is asked for. */
function overTls(shown: Credential | undefined): Begin {
  const https = process.getBuiltinModule('node:https');
  const agent = new https.Agent({ ...connections, ...(shown ? tlsOf(shown) : {}) });
  return (target, options) => https.request(target, { ...options, agent });
}

/** @throws RangeError when it has a status that HTTP does not know */
function responseOf(answer: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headersDistinct)) for (const each of value ?? []) headers.append(name, each);
  const status = answer.statusCode as number;
  const isEmpty = status === 204 || status === 205 || status === 304;
  if (isEmpty) answer.resume();
  return new Response(isEmpty ? null : (Readable.toWeb(answer) as ReadableStream), { status, headers });
}

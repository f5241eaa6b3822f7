import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { VoiceSockets } from '../voice/sockets.ts';

/** What a route answers to a request that it would let in as a WebSocket. */
export const wantsUpgrade = 426;

const path = /^\/v1\/sessions\/([^/?]{1,80})\/voice(?:\?|$)/;

/**
 * Upgrades a conversation's voice socket. Its request goes through the same doors as every other first, so that nobody has two sets of rules:
 * the route answers 426 to whom it lets in.
 */
export function upgradeVoice(
  server: Server,
  ask: (request: Request) => Response | Promise<Response>,
  voice: Pick<VoiceSockets, 'accept'>,
): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    admit(request, socket, head).catch(() => socket.destroy());
  });

  async function admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value);
    const response = await ask(new Request(new URL(request.url ?? '/', 'http://edge'), { headers }));
    const session = path.exec(request.url ?? '')?.[1];
    if (session !== undefined && response.status === wantsUpgrade) return voice.accept(request, socket, head, decodeURIComponent(session));
    await refuse(socket, response);
  }
}

/** Before the upgrade the socket still speaks HTTP/1.1 (RFC 6455 §4.2.2). What is no socket is no success here, whatever it is elsewhere. */
async function refuse(socket: Duplex, response: Response): Promise<void> {
  const status = response.ok ? 404 : response.status;
  const body = response.ok ? '' : await response.text();
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { toProblem, WaysideError } from '@wayside/protocol';
import type { Doors } from './context.ts';
import { notAnEdge, showingOf } from './guard.ts';

/** The one WebSocket of the hub: `/v1/sync/wake`, for edges that show who they are. */
export function upgrades(server: Server, { knowEdge, wake, log }: Doors): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', destroyed);
    admit(request, socket, head).catch((error: unknown) => {
      if (!(error instanceof WaysideError)) log.error({ err: error }, 'a wake socket could not be opened');
      refuse(socket, error);
    });
  });

  async function admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const showing = showingOf(request);
    if (showing.path !== '/v1/sync/wake') throw new WaysideError('not-found', 'There is no WebSocket here.');
    const known = await knowEdge(showing);
    if (!known) throw new WaysideError('unauthorized', notAnEdge);
    wake.accept(request, socket, head, known.edge);
  }
}

/** Stands apart: one made for each socket would keep its request for as long as the socket is open. */
function destroyed(this: Duplex): void {
  this.destroy();
}

/** Before the upgrade the socket still speaks HTTP/1.1 (RFC 6455 §4.2.2). */
function refuse(socket: Duplex, error: unknown): void {
  const problem = toProblem(error);
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${problem.title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

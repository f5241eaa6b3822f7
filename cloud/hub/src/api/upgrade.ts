import { randomInt } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { toProblem, WaysideError } from '@wayside/protocol';
import type { Doors } from './context.ts';
import { notAnEdge, showingOf } from './guard.ts';
import { createTurns } from './in-turns.ts';

/** So many wait to be let in, which is a matter of two seconds: an edge waits for five. Who comes then is asked to come again, not all at once. */
const mostWaiting = 4_096;
const comeAgainSeconds = { least: 5, most: 30 };

/** The one WebSocket of the hub: `/v1/sync/wake`, for edges that show who they are. */
export function upgrades(server: Server, { knowEdge, wake, log }: Doors): void {
  const turns = createTurns(async ({ request, socket, head }: { request: IncomingMessage; socket: Duplex; head: Buffer }) => {
    if (socket.destroyed) return;
    await admit(request, socket, head).catch((error: unknown) => {
      if (!(error instanceof WaysideError)) log.error({ err: error }, 'a wake socket could not be opened');
      refuse(socket, error);
    });
  });

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', destroyed);
    if (turns.waiting() < mostWaiting) turns.add({ request, socket, head });
    else refuse(socket, new WaysideError('unavailable', 'Too many edges come at once. Come again a little later.'), comeAgain());
  });

  async function admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const showing = showingOf(request);
    if (showing.path !== '/v1/sync/wake') throw new WaysideError('not-found', 'There is no WebSocket here.');
    const known = await knowEdge(showing);
    if (!known) throw new WaysideError('unauthorized', notAnEdge);
    wake.accept(request, socket, head, known.edge);
  }
}

/** RFC 9110 §10.2.3, scattered: those who are refused together must not come together again. */
const comeAgain = (): string => `Retry-After: ${randomInt(comeAgainSeconds.least, comeAgainSeconds.most + 1)}\r\n`;

/** Stands apart: one made for each socket would keep its request for as long as the socket is open. */
function destroyed(this: Duplex): void {
  this.destroy();
}

/** Before the upgrade the socket still speaks HTTP/1.1 (RFC 6455 §4.2.2). */
function refuse(socket: Duplex, error: unknown, more = ''): void {
  const problem = toProblem(error);
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${problem.title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n${more}\r\n${body}`,
  );
}

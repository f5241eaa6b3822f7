import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** Proxies commonly cut what is silent for a minute; a dead edge is noticed within two beats. */
const beatMs = 20_000;
const mostPerEdge = 4;

export type Wake = {
  /** Makes the upgrade of an edge that has shown its token. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, edge: string): void;
  /** Tells an edge, if it listens, that something waits. */
  wake(edge: string): void;
  isOnline(edge: string): boolean;
  /** Ends the sockets of an edge: it was locked out. */
  cut(edge: string): void;
  count(): number;
  edges(): string[];
  start(): void;
  stop(): void;
};

/**
 * The sockets that tell edges when to come and fetch. They carry no data; an edge is online while it holds one open.
 * @param onPresence hears when an edge comes or goes
 * @param onOpen hears of every new socket, so that one who comes late is told what waits already
 */
export function createWake(onPresence: (edge: string) => void, onOpen: (edge: string) => void): Wake {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false, clientTracking: false });
  const sockets = new Map<string, Set<WebSocket>>();
  const answered = new WeakSet<WebSocket>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function add(edge: string, socket: WebSocket): void {
    const mine = sockets.get(edge) ?? new Set();
    mine.add(socket);
    answered.add(socket);
    sockets.set(edge, mine);
    // An edge that reconnects over and over must not pile up sockets here.
    if (mine.size > mostPerEdge) mine.values().next().value?.terminate();
    socket.on('pong', () => answered.add(socket));
    socket.on('message', () => socket.close(1003, 'this socket takes no messages'));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      mine.delete(socket);
      if (mine.size > 0 || sockets.get(edge) !== mine) return;
      sockets.delete(edge);
      onPresence(edge);
    });
    if (mine.size === 1) onPresence(edge);
    onOpen(edge);
  }

  function beat(): void {
    for (const mine of sockets.values())
      for (const socket of mine) {
        if (!answered.delete(socket)) socket.terminate();
        else socket.ping();
      }
  }

  return {
    accept: (request, socket, head, edge) => {
      // Its token was being looked up while the hub stopped: a socket opened now would keep the server from ever closing.
      if (stopped) socket.destroy();
      else server.handleUpgrade(request, socket, head, (opened) => add(edge, opened));
    },
    wake: (edge) => {
      for (const socket of sockets.get(edge) ?? []) socket.send('{"wake":true}');
    },
    cut: (edge) => {
      for (const socket of sockets.get(edge) ?? []) socket.terminate();
    },
    isOnline: (edge) => sockets.has(edge),
    count: () => sockets.size,
    edges: () => [...sockets.keys()],
    start: () => {
      stopped = false;
      timer = setInterval(beat, beatMs);
      timer.unref();
    },
    stop: () => {
      stopped = true;
      clearInterval(timer);
      for (const mine of sockets.values()) for (const socket of mine) socket.terminate();
    },
  };
}

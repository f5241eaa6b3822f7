import { WebSocket } from 'ws';
import type { HubDoor } from './hub.ts';

/** A hub pings each twenty seconds. Who has heard none for this long talks to nobody: the other end is gone, and a network said nothing of it. */
const silentMs = 50_000;

/**
 * Holds a socket to the hub that carries no data: it only says when to pull.
 * @param on `wake`: something waits; `close`: the socket has ended, or has been silent for so long that it counts as ended
 * @returns ends it
 */
export function openWakeSocket(door: HubDoor, on: { wake(): void; close(): void }, mostSilentMs = silentMs): () => void {
  const url = new URL('/v1/sync/wake', door.url);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url, { ...door.proof('/v1/sync/wake'), handshakeTimeout: 5_000, maxPayload: 4_096 });
  const silence = setTimeout(() => socket.terminate(), mostSilentMs);
  silence.unref();
  socket.on('ping', () => silence.refresh());
  socket.on('message', () => {
    silence.refresh();
    on.wake();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    clearTimeout(silence);
    on.close();
  });
  return () => socket.terminate();
}

import { createServer, type Server, type Socket } from 'node:net';
import { createEventReader, encodeEvent, soundEvents, type WyomingEvent } from '@wayside/models';
import { type Locale, WaysideError } from '@wayside/protocol';
import { listen } from '../link/broker.ts';
import { infoOf } from './wyoming-info.ts';
import { createListener } from './wyoming-listener.ts';
import { localeOf, type WyomingParts } from './wyoming-parts.ts';

/** Satellites of one house; more is somebody who forgets to hang up. */
const mostConnections = 32;
const idleMs = 10 * 60_000;

/**
 * A Wyoming server, so that Home Assistant and its satellites can hear, speak, wake and be answered by this edge. The protocol knows no passwords: it
 * belongs on loopback, or in a network where everybody may talk to the machine.
 */
export function createWyoming(parts: WyomingParts): { start(): Promise<{ port: number }>; stop(): Promise<void> } {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  return {
    async start() {
      server = createServer((socket) => {
        if (sockets.size >= mostConnections) {
          socket.destroy();
          return;
        }
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
        serve(socket, parts);
      });
      return { port: await listen(server, parts.port, parts.host) };
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => (server ? server.close(() => done()) : done()));
    },
  };
}

/** One connection: events in order, each answered before the next is looked at, so that the sender waits where we do. */
export function serve(socket: Socket, parts: WyomingParts): void {
  const read = createEventReader();
  const send = (event: WyomingEvent) => {
    if (socket.writable) socket.write(encodeEvent(event));
  };
  const listener = createListener(parts, send);
  let work = Promise.resolve();
  socket.setTimeout(idleMs, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('close', () => listener.close());
  socket.on('data', (bytes) => {
    let events: WyomingEvent[];
    try {
      events = read(bytes);
    } catch (error) {
      send({ type: 'error', data: { text: (error as Error).message, code: 'invalid' } });
      socket.end();
      return;
    }
    socket.pause();
    work = work
      .then(async () => {
        for (const event of events) await answer(event);
      })
      .catch((error: unknown) => {
        const known = error instanceof WaysideError;
        if (!known) parts.log.error({ err: error }, 'a Wyoming request failed');
        send({ type: 'error', data: { text: known ? error.message : 'Something broke here.', code: known ? error.code : 'internal' } });
      })
      .finally(() => socket.resume());
  });

  async function answer(event: WyomingEvent): Promise<void> {
    const { type, data } = event;
    if (type === 'describe') send({ type: 'info', data: infoOf(parts) });
    else if (type === 'ping') send({ type: 'pong', data });
    else if (type === 'synthesize')
      await speak(String(data.text ?? ''), localeOf((data.voice as { language?: unknown } | undefined)?.language));
    else if (type === 'transcript') await handle(String(data.text ?? ''), data);
    else await listener.hear(event);
  }
  async function speak(text: string, locale: Locale): Promise<void> {
    const { synthesizer } = parts;
    if (!synthesizer?.speaks(locale)) throw new WaysideError('model-missing', `No voice for ${locale} is here.`);
    let open = false;
    for await (const { sound, rate } of synthesizer.speak({ text: text.slice(0, 2_000), locale })) {
      const { start, chunks } = soundEvents(sound, rate);
      if (!open) send(start);
      open = true;
      for (const chunk of chunks) send(chunk);
      if (socket.writableNeedDrain) await new Promise((done) => socket.once('drain', done).once('close', done));
      if (!socket.writable) return;
    }
    if (!open) throw new WaysideError('unavailable', 'The voice gave out.');
    send({ type: 'audio-stop', data: {} });
  }
  async function handle(text: string, data: WyomingEvent['data']): Promise<void> {
    const context = data.context as { conversation_id?: unknown } | undefined;
    const before = typeof context?.conversation_id === 'string' ? context.conversation_id : undefined;
    const said = await parts.handle(text, localeOf(data.language), before);
    send({ type: said.understood ? 'handled' : 'not-handled', data: { text: said.text, context: { conversation_id: said.id } } });
  }
}

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket, WebSocketServer } from 'ws';
import { Intake, samplesOf } from './intake.ts';
import { type VoiceAsk, type VoiceEvent, voiceAsk } from './messages.ts';
import type { Room } from './room.ts';

/** A second of sound is 32,000 bytes; nobody needs to send more in one frame. */
const mostFrame = 64 * 1024;
/** So much sound may wait for a slow listener, about 20 s of it; then the answer is only on the screen. */
const mostWaiting = 1024 * 1024;
/** Text frames a second, over a while; a person taps slower. */
const mostAsks = 20;
/** Sound in frames of a fifth of a second or so: an interruption finds little on the way. */
const pieceSamples = 8_192;
const beatMs = 20_000;
/** After so much sound that had to be dropped, bytes, whoever sends it is no microphone. */
const mostDropped = 8 * 1024 * 1024;

export type VoiceSockets = {
  /** Makes the upgrade of somebody who was let in. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, session: string): Promise<void>;
  stop(): void;
};

/**
 * The voice sockets of this edge, one for each conversation: the newest is where it goes on. What comes in is bounded in size and rate, what
 * goes out in what may wait.
 * @param open makes the room of a conversation around a socket
 */
export function createVoiceSockets(
  now: () => number,
  open: (session: string, out: { send(event: VoiceEvent): void; play(sound: Int16Array): boolean }) => Promise<Room>,
): VoiceSockets {
  let server: WebSocketServer | undefined;
  const sockets = new Map<string, WebSocket>();
  let stopped = false;

  function add(session: string, socket: WebSocket): void {
    const send = (event: VoiceEvent) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(event));
    };
    const before = sockets.get(session);
    sockets.set(session, socket);
    if (before) {
      before.send(JSON.stringify({ event: 'failed', why: 'elsewhere' } satisfies VoiceEvent));
      before.close(4001, 'this conversation goes on by voice elsewhere');
    }
    // What comes while the room is being made is part of it; a microphone's first words above all.
    const early: [Buffer, boolean][] = [];
    let take = (data: Buffer, binary: boolean): void => void (early.length < 100 && early.push([data, binary]));
    let leave = () => {};
    let alive = true;
    const beat = setInterval(() => {
      if (!alive) return socket.terminate();
      alive = false;
      socket.ping();
    }, beatMs);
    socket.on('pong', () => {
      alive = true;
    });
    socket.on('message', (data: RawData, binary) => take(data as Buffer, binary));
    // A frame too large ends the socket with 1009 by itself (RFC 6455 §7.4.1).
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(beat);
      if (sockets.get(session) === socket) sockets.delete(session);
      leave();
    });

    open(session, {
      send,
      play(sound) {
        if (socket.bufferedAmount > mostWaiting) return false;
        const bytes = Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength);
        for (let at = 0; at < bytes.length; at += pieceSamples * 2) socket.send(bytes.subarray(at, at + pieceSamples * 2));
        return true;
      },
    }).then(
      (room) => {
        leave = room.close;
        if (socket.readyState !== socket.OPEN) return room.close();
        take = listenTo(socket, room, send, now);
        for (const [data, binary] of early.splice(0)) take(data, binary);
      },
      () => socket.close(1011, 'the voice could not be opened'),
    );
  }

  return {
    async accept(request, socket, head, session) {
      // Loaded by the first who talks: all of TLS comes with it, some megabytes.
      const ws = await import('ws');
      server ??= new ws.WebSocketServer({ noServer: true, maxPayload: mostFrame, perMessageDeflate: false, clientTracking: false });
      // It was being let in while the edge stopped: a socket opened now would keep the server from ever closing.
      if (stopped) socket.destroy();
      else server.handleUpgrade(request, socket, head, (opened) => add(session, opened));
    },
    stop() {
      stopped = true;
      for (const socket of sockets.values()) socket.terminate();
    },
  };
}

/** What to do with a frame: sound goes to the room, and so do asks; too much of either is dropped and said once. */
function listenTo(socket: WebSocket, room: Room, send: (event: VoiceEvent) => void, now: () => number) {
  const intake = new Intake(now());
  let dropped = 0;
  let told = false;
  let asks = mostAsks;
  let asksAt = now();

  function flooded(bytes: number): void {
    dropped += bytes;
    if (!told) send({ event: 'failed', why: 'flood' });
    told = true;
    if (dropped > mostDropped) socket.close(1008, 'this is more sound than a microphone makes');
  }
  function readAsk(data: Buffer): VoiceAsk | undefined {
    try {
      const parsed = voiceAsk.safeParse(JSON.parse(data.toString('utf8')));
      return parsed.data;
    } catch {
      return undefined;
    }
  }
  function takeSound(data: Buffer, at: number): void {
    if (!intake.takes(data.length, at)) {
      flooded(data.length);
      return;
    }
    told = false;
    const sound = samplesOf(data);
    if (sound) room.hear(sound);
    else send({ event: 'failed', why: 'invalid', detail: 'Sound is 16-bit samples: frames have an even number of bytes.' });
  }
  function takeAsk(data: Buffer, at: number): void {
    asks = Math.min(mostAsks, asks + ((at - asksAt) / 1000) * mostAsks);
    asksAt = at;
    if (asks < 1) {
      flooded(data.length);
      return;
    }
    asks--;
    const ask = readAsk(data);
    if (ask) room.ask(ask);
    else send({ event: 'failed', why: 'invalid', detail: 'A text frame is one JSON object such as {"ask":"listen","mode":"open"}.' });
  }
  return (data: Buffer, binary: boolean): void => (binary ? takeSound : takeAsk)(data, now());
}

import WebSocket from 'ws';
import { until } from './site.ts';

type Event = { event: string; [key: string]: any };

/** Somebody at a conversation's voice socket: what they were sent, and when. */
export type Talker = {
  socket: WebSocket;
  events: Event[];
  /** Every sample of sound that came, and the rate it came at. */
  sound(): { samples: Int16Array; rate: number };
  /** When the first sound and the newest came, ms of `performance.now()`. */
  at: { first?: number; last?: number };
  closed: Promise<{ code: number; reason: string }>;
  ask(ask: object): void;
  /** Sends samples at the pace of a microphone, in frames of 40 ms; resolves when the last was sent. */
  speak(samples: Int16Array, speed?: number): Promise<void>;
  came(event: string, ms?: number): Promise<Event>;
  close(): void;
};

export async function openTalker(base: string, session: string, headers: Record<string, string>): Promise<Talker> {
  const socket = new WebSocket(new URL(`/v1/sessions/${session}/voice`, base.replace('http', 'ws')), { headers });
  const events: Event[] = [];
  const frames: Buffer[] = [];
  const at: Talker['at'] = {};
  socket.on('message', (data, binary) => {
    if (!binary) {
      events.push(JSON.parse(String(data)));
      return;
    }
    frames.push(data as Buffer);
    at.last = performance.now();
    at.first ??= at.last;
  });
  const closed = new Promise<{ code: number; reason: string }>((done) =>
    socket.once('close', (code, reason) => done({ code, reason: String(reason) })),
  );
  await new Promise<void>((done, reject) => {
    socket.once('open', () => done());
    socket.once('unexpected-response', (_, response) => reject(new Error(`refused: ${response.statusCode}`)));
    socket.once('error', reject);
  });
  return {
    socket,
    events,
    at,
    closed,
    sound() {
      const bytes = Buffer.concat(frames);
      const samples = new Int16Array(bytes.length / 2);
      for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(i * 2);
      return { samples, rate: events.findLast(({ event }) => event === 'speaking')?.rate ?? 0 };
    },
    ask: (ask) => socket.send(JSON.stringify(ask)),
    async speak(samples, speed = 1) {
      const frame = 640;
      const began = performance.now();
      for (let from = 0; from < samples.length; from += frame) {
        const part = samples.subarray(from, from + frame);
        socket.send(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
        const due = began + (from + frame) / 16 / speed;
        await new Promise((next) => setTimeout(next, Math.max(0, due - performance.now())));
      }
    },
    came: (name, ms = 10_000) => until(`the event ${name}`, () => events.find(({ event }) => event === name), ms),
    close: () => socket.close(),
  };
}

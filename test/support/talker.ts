import type { Ears } from '@wayside/models';
import WebSocket from 'ws';
import { until } from './site.ts';

/** 20 ms, as the panel's microphone sends them. */
const frame = 320;
/** The ears keep some seconds that they have not heard yet; nobody gives them more than this. */
const mostBehindMs = 2_000;

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
  /** Sends samples at the pace of a microphone, in frames of 20 ms, each when it is over, or so many times faster; resolves when the last was sent. */
  speak(samples: Int16Array, speed?: number): Promise<void>;
  /** Sends samples as fast as the ears deal with them, however slow the machine is: where nothing depends on the time they take. */
  give(samples: Int16Array, ears: Pick<Ears, 'state'>): Promise<void>;
  came(event: string, ms?: number): Promise<Event>;
  close(): void;
};

export async function openTalker(base: string, session: string, headers: Record<string, string>): Promise<Talker> {
  const socket = new WebSocket(new URL(`/v1/sessions/${session}/voice`, base.replace('http', 'ws')), { headers });
  const events: Event[] = [];
  const frames: Buffer[] = [];
  const at: Talker['at'] = {};
  /** What the door lets in: some seconds at once, and beyond that what a microphone makes. */
  const [mostEarlyMs, opened] = [4_500, performance.now()];
  let givenMs = 0;
  function sendFrame(part: Int16Array): void {
    socket.send(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
  }
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
      const began = performance.now();
      for (let from = 0; from < samples.length; from += frame) {
        const due = began + (from + frame) / 16 / speed;
        await new Promise((next) => setTimeout(next, Math.max(0, due - performance.now())));
        sendFrame(samples.subarray(from, from + frame));
      }
    },
    async give(samples, ears) {
      for (let from = 0; from < samples.length; from += frame) {
        const part = samples.subarray(from, from + frame);
        givenMs = Math.max(givenMs, performance.now() - opened) + part.length / 16;
        const earlyMs = givenMs - mostEarlyMs - (performance.now() - opened);
        await new Promise((next) => setTimeout(next, Math.max(0, earlyMs)));
        await until('the ears to catch up', () => (ears.state().behindMs ?? 0) < mostBehindMs, 120_000);
        sendFrame(part);
      }
    },
    came: (name, ms = 10_000) => until(`the event ${name}`, () => events.find(({ event }) => event === name), ms),
    close: () => socket.close(),
  };
}

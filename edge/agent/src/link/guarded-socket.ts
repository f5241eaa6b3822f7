import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createCutter, isPuback, type PacketLimits, type Publish, readPublish, writePubacks } from './packets.ts';

/** The straight way of telemetry from the socket to the store, past the broker, while nobody else listens to it. */
export type Lane = {
  open(): boolean;
  /** Resolves when the message is stored; it is acknowledged then. Rejects when it could not be: the connection ends and the device keeps it. */
  take(message: Publish): Promise<void>;
};

const isTelemetry = (topic: string) => topic.startsWith('wayside/v1/things/') && topic.endsWith('/telemetry');
/** A device may have so many messages on the way; then its socket waits. */
const maxUnanswered = 1_000;
/** So often (ms) a message goes the long way, by which the broker knows that the device lives (MQTT 3.1.1 §3.1.2.10). */
const signOfLife = 1_000;

/**
 * A socket whose bytes pass a check before anyone parses them; a bad stream is cut. What comes out of it, in either direction, are whole
 * packets. Messages keep their order, and so do their acknowledgments (MQTT 3.1.1 §4.6): while one way still owes an answer, what must
 * go the other way waits.
 */
export class GuardedSocket extends Duplex {
  private readonly socket: Socket;
  private readonly cutOut = createCutter();
  private lane: Lane | undefined;
  private way: 'broker' | 'lane' = 'broker';
  private unanswered = 0;
  private longWayAt = 0;
  private readonly coming: Buffer[] = [];
  private readonly answers: { id: number; done: boolean }[] = [];
  private answering = false;

  constructor(socket: Socket, limits: PacketLimits, onRefused: (why: string) => void) {
    super();
    this.socket = socket;
    const cut = createCutter(limits);
    socket.on('data', (chunk: Buffer) => {
      const why = cut(chunk, this.coming);
      if (why === undefined) return this.route();
      onRefused(why);
      this.destroy();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  /** From now on, once the broker knows who this is. */
  openLane(lane: Lane): void {
    this.lane = lane;
  }

  private route(): void {
    const at = performance.now();
    let next = 0;
    for (; next < this.coming.length; next++) {
      const packet = this.coming[next]!;
      const message = this.lane && at - this.longWayAt < signOfLife && this.lane.open() ? readPublish(packet, isTelemetry) : undefined;
      const way = message ? 'lane' : 'broker';
      if ((way !== this.way && this.unanswered > 0) || this.unanswered >= maxUnanswered) break;
      this.way = way;
      if (message) this.store(message);
      else this.pass(packet, at);
    }
    this.coming.splice(0, next);
    if (this.coming.length > 0) this.socket.pause();
    else if (this.readableLength < this.readableHighWaterMark) this.socket.resume();
  }

  private pass(packet: Buffer, at: number): void {
    this.longWayAt = at;
    // PUBLISH with QoS 1: the broker owes a PUBACK.
    if (packet[0]! >> 4 === 3 && (packet[0]! & 0x06) === 0x02) this.unanswered++;
    if (!this.push(packet)) this.socket.pause();
  }

  private store(message: Publish): void {
    this.unanswered++;
    const answer = { id: message.id, done: false };
    this.answers.push(answer);
    this.lane!.take(message).then(
      () => {
        answer.done = true;
        if (this.answering) return;
        this.answering = true;
        // What one commit stored is answered in one write.
        setImmediate(() => this.answer());
      },
      (error: Error) => this.destroy(error),
    );
  }

  private answer(): void {
    this.answering = false;
    let done = 0;
    while (this.answers[done]?.done) done++;
    const ids = this.answers.splice(0, done).flatMap(({ id }) => (id === 0 ? [] : [id]));
    if (ids.length > 0 && !this.destroyed) this.socket.write(writePubacks(ids));
    this.settle(done);
  }

  private settle(count: number): void {
    this.unanswered -= count;
    if (this.coming.length > 0) this.route();
  }

  override _read(): void {
    if (this.coming.length === 0) this.socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const packets: Buffer[] = [];
    this.cutOut(chunk, packets);
    const acknowledged = packets.filter(isPuback).length;
    if (packets.length === 0) done();
    else this.socket.write(packets.length === 1 ? packets[0]! : Buffer.concat(packets), done);
    if (acknowledged > 0) this.settle(acknowledged);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.socket.destroy();
    done(error);
  }
}

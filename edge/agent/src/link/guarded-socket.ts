import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Pace } from './pace.ts';
import { createCutter, isPuback, type PacketLimits, type Publish, readKeepAlive, readPublish, writePubacks } from './packets.ts';

/** The straight way of telemetry from the socket to the store, past the broker, while nobody else listens to it. */
export type Lane = {
  open(): boolean;
  /**
   * Resolves when the message is stored; it is acknowledged then. Rejects when it could not be: the connection ends and the device keeps it.
   * Messages that are stored together may share one promise.
   */
  take(message: Publish): Promise<void>;
};

const isTelemetry = (topic: string) => topic.startsWith('wayside/v1/things/') && topic.endsWith('/telemetry');
/** A device may have so many messages on the way; then its socket waits. */
export const maxUnanswered = 1_000;
/**
 * What brings so many bytes, or so many packets, in one go asks whether others are to have their turn. Ten or so small messages: with forty, a hundred
 * devices that each stayed below it made turns of up to 40 ms together.
 */
const floodBytes = 1_024;
const packetsInOneGo = 16;
/**
 * After this share of its keep-alive time a message of a device goes the long way, by which the broker knows that it lives: the broker waits one and a
 * half times as long (MQTT 3.1.1 §3.1.2.10), and the next message may come a whole one later.
 */
const signOfLife = 1 / 3;

/** What is owed to a device for messages that are stored together. */
type Answer = { stored: Promise<void>; ids: number[]; messages: number; done: boolean };

/**
 * A socket whose bytes pass a check before anyone parses them; a bad stream is cut. What comes out of it, in either direction, are whole
 * packets. Messages keep their order, and so do their acknowledgments (MQTT 3.1.1 §4.6): while one way still owes an answer, what must
 * go the other way waits.
 */
export class GuardedSocket extends Duplex {
  private readonly socket: Socket;
  private readonly pace: Pace;
  private readonly cut: ReturnType<typeof createCutter>;
  private readonly cutOut = createCutter();
  private readonly onRefused: (why: string) => void;
  private lane: Lane | undefined;
  private way: 'broker' | 'lane' = 'broker';
  private unanswered = 0;
  private longWayAt = 0;
  private longWayEvery = Number.POSITIVE_INFINITY;
  private readonly coming: Buffer[] = [];
  private waitsForTurn = false;
  private readonly answers: Answer[] = [];

  /** Thousands may be connected: what is made for each is little. */
  constructor(socket: Socket, limits: PacketLimits, pace: Pace, onRefused: (why: string) => void) {
    super();
    this.socket = socket;
    this.pace = pace;
    this.cut = createCutter(limits);
    this.onRefused = onRefused;
    socket.on('data', (chunk: Buffer) => {
      if (chunk.length < floodBytes || !this.pace.over()) return this.hear(chunk);
      // What comes after it must not be heard before it, so nothing wakes the socket meanwhile.
      this.waitsForTurn = true;
      this.socket.pause();
      this.pace.later(() => {
        this.waitsForTurn = false;
        this.hear(chunk);
      });
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  /** The address of the other side. */
  get from(): string | undefined {
    return this.socket.remoteAddress;
  }

  /** From now on, once the broker knows who this is. */
  openLane(lane: Lane): void {
    this.lane = lane;
  }

  private hear(chunk: Buffer): void {
    if (this.destroyed) return;
    const why = this.cut(chunk, this.coming);
    if (why === undefined) {
      this.route();
      return;
    }
    this.onRefused(why);
    this.destroy();
  }

  private route(): void {
    if (this.waitsForTurn) return;
    const at = performance.now();
    let next = 0;
    let over = false;
    for (; next < this.coming.length; next++) {
      if (next % packetsInOneGo === packetsInOneGo - 1 && this.pace.over()) {
        over = true;
        break;
      }
      const packet = this.coming[next]!;
      const message =
        this.lane && at - this.longWayAt < this.longWayEvery && this.lane.open() ? readPublish(packet, isTelemetry) : undefined;
      const way = message ? 'lane' : 'broker';
      if ((way !== this.way && this.unanswered > 0) || this.unanswered >= maxUnanswered) break;
      this.way = way;
      if (message) this.store(message);
      else this.pass(packet, at);
    }
    this.coming.splice(0, next);
    if (over) this.goOnLater();
    if (this.coming.length > 0) this.socket.pause();
    else if (this.readableLength < this.readableHighWaterMark) this.socket.resume();
  }

  private goOnLater(): void {
    this.waitsForTurn = true;
    this.pace.later(() => {
      this.waitsForTurn = false;
      if (!this.destroyed) this.route();
    });
  }

  private pass(packet: Buffer, at: number): void {
    this.longWayAt = at;
    const keepAlive = readKeepAlive(packet);
    if (keepAlive) this.longWayEvery = 1_000 * keepAlive * signOfLife;
    // PUBLISH with QoS 1: the broker owes a PUBACK.
    if (packet[0]! >> 4 === 3 && (packet[0]! & 0x06) === 0x02) this.unanswered++;
    if (!this.push(packet)) this.socket.pause();
  }

  private store(message: Publish): void {
    this.unanswered++;
    const { id } = message;
    const stored = this.lane!.take(message);
    let answer = this.answers.at(-1);
    if (answer?.stored !== stored) {
      answer = { stored, ids: [], messages: 0, done: false };
      this.answers.push(answer);
      this.answerAfter(answer);
    }
    answer.messages++;
    if (id !== 0) answer.ids.push(id);
  }

  /** What was stored together is answered in one write. */
  private answerAfter(answer: Answer): void {
    answer.stored.then(
      () => {
        answer.done = true;
        this.answer();
      },
      (error: Error) => this.destroy(error),
    );
  }

  private answer(): void {
    let done = 0;
    while (this.answers[done]?.done) done++;
    if (done === 0) return;
    const answers = this.answers.splice(0, done);
    const ids = answers.length === 1 ? answers[0]!.ids : answers.flatMap((one) => one.ids);
    if (ids.length > 0 && !this.destroyed) this.socket.write(writePubacks(ids));
    this.settle(answers.reduce((sum, { messages }) => sum + messages, 0));
  }

  private settle(count: number): void {
    this.unanswered -= count;
    if (this.coming.length === 0 || this.waitsForTurn) return;
    // One commit answers all who flood, in one turn: what they have sent since is not all for this turn.
    if (this.pace.over()) this.goOnLater();
    else this.route();
  }

  override _read(): void {
    if (this.coming.length === 0 && !this.waitsForTurn) this.socket.resume();
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

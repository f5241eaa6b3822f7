import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Client } from 'aedes';
import type { Entered } from './door-keeper.ts';
import type { Pace } from './pace.ts';
import { Cutter, isPuback, type PacketLimits, type Publish, readKeepAlive, readPublish, writePubacks } from './packets.ts';

/** The straight way of telemetry from the socket to the store, past the broker, while nobody else listens to it. */
export type Lane = {
  isOpen(): boolean;
  /**
   * Resolves when the message is stored; it is acknowledged then. Rejects when it could not be: the connection ends and the device keeps it.
   * Messages that are stored together may share one promise.
   */
  take(message: Publish, from: Client): Promise<void>;
};

/** What all sockets of a broker share: thousands may be connected, so what is made for each is little. */
export type House = {
  limits: PacketLimits;
  pace: Pace;
  lane: Lane;
  /** The stream of this one was no MQTT, or too much of it. */
  onRefused(guarded: GuardedSocket, why: string): void;
  /** Whatever ended it. */
  onGone(guarded: GuardedSocket): void;
};

const isTelemetry = (topic: string) => topic.startsWith('wayside/v1/things/') && topic.endsWith('/telemetry');
/** A device may have so many messages on the way; then its socket waits. */
export const maxUnanswered = 1_000;
/**
 * A socket that waits for its turn is still read while it brings less than so many bytes in one go, and fewer than so many packets wait: to stop it and to
 * begin it again costs more than to take in ten small messages.
 */
const much = 1_024;
const mostWaiting = 64;
/** After so many packets of one go it is asked whether others are to have their turn. */
const packetsInOneGo = 16;
/**
 * After this share of its keep-alive time a message of a device goes the long way, by which the broker knows that it lives: the broker waits one and a
 * half times as long (MQTT 3.1.1 §3.1.2.10), and the next message may come a whole one later.
 */
const signOfLife = 1 / 3;

/** What is owed to a device for messages that are stored together. */
type Answer = { stored: Promise<void>; ids: number[]; messages: number; done: boolean };

const guard = Symbol('guard');
/** A socket that knows its guard, so that these are one for all: a closure each for every socket would be a quarter kilobyte. */
type Wire = Socket & { [guard]: GuardedSocket };

function onData(this: Wire, chunk: Buffer): void {
  this[guard].hear(chunk);
}
function onEnd(this: Wire): void {
  this[guard].push(null);
}
function onError(this: Wire, error: Error): void {
  this[guard].destroy(error);
}
function onClose(this: Wire): void {
  this[guard].destroy();
}

/**
 * A socket whose bytes pass a check before anyone parses them; a bad stream is cut. What comes out of it, in either direction, are whole
 * packets. Messages keep their order, and so do their acknowledgments (MQTT 3.1.1 §4.6): while one way still owes an answer, what must
 * go the other way waits.
 */
export class GuardedSocket extends Duplex {
  /** Put here by the broker, once it has made it. */
  readonly client: Client | undefined;
  /** As whom it was let in. */
  entered: Entered | undefined;
  private readonly socket: Socket;
  private readonly house: House;
  private readonly inward: Cutter;
  private readonly outward = new Cutter();
  private hasLane = false;
  private way: 'broker' | 'lane' = 'broker';
  private unanswered = 0;
  private longWayAt = 0;
  private longWayEvery = Number.POSITIVE_INFINITY;
  private readonly coming: Buffer[] = [];
  private waitsForTurn = false;
  /** Came while it waited, and was too much to be looked at. */
  private held: Buffer | undefined;
  private readonly answers: Answer[] = [];

  constructor(socket: Socket, house: House) {
    super();
    this.socket = socket;
    this.house = house;
    this.inward = new Cutter(house.limits);
    const wire: Wire = Object.assign(socket, { [guard]: this });
    wire.on('data', onData);
    wire.on('end', onEnd);
    wire.on('error', onError);
    wire.on('close', onClose);
  }

  /** The address of the other side. */
  get from(): string | undefined {
    return this.socket.remoteAddress;
  }

  /** From now on, once the broker knows who this is. */
  openLane(): void {
    this.hasLane = true;
  }

  /** What came over the wire. */
  hear(chunk: Buffer): void {
    if (!this.waitsForTurn && !this.house.pace.hears(chunk.length)) {
      if (this.cut(chunk)) this.route();
    } else if (chunk.length < much && this.coming.length < mostWaiting) {
      if (this.cut(chunk)) this.goOnLater();
    } else {
      // What comes after it must not be heard before it, so nothing wakes the socket meanwhile.
      this.held = chunk;
      this.socket.pause();
      this.goOnLater();
    }
  }

  /** @returns false when the stream has ended with it */
  private cut(chunk: Buffer): boolean {
    if (this.destroyed) return false;
    const why = this.inward.cut(chunk, this.coming);
    if (why === undefined) return true;
    this.house.onRefused(this, why);
    this.destroy();
    return false;
  }

  private route(): void {
    if (this.waitsForTurn) return;
    const at = performance.now();
    let next = 0;
    let over = false;
    for (; next < this.coming.length; next++) {
      if (next % packetsInOneGo === packetsInOneGo - 1 && this.house.pace.over()) {
        over = true;
        break;
      }
      const packet = this.coming[next]!;
      const message =
        this.hasLane && at - this.longWayAt < this.longWayEvery && this.house.lane.isOpen() ? readPublish(packet, isTelemetry) : undefined;
      const way = message ? 'lane' : 'broker';
      if ((way !== this.way && this.unanswered > 0) || this.unanswered >= maxUnanswered) break;
      this.way = way;
      if (message) this.store(message);
      else this.pass(packet, at);
    }
    this.coming.splice(0, next);
    if (over) this.goOnLater();
    if (this.coming.length > (this.waitsForTurn ? mostWaiting : 0)) this.socket.pause();
    else if (this.readableLength < this.readableHighWaterMark) this.socket.resume();
  }

  private goOnLater(): void {
    if (this.waitsForTurn) return;
    this.waitsForTurn = true;
    this.house.pace.later(() => {
      this.waitsForTurn = false;
      const { held } = this;
      this.held = undefined;
      if (held ? this.cut(held) : !this.destroyed) this.route();
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
    const stored = this.house.lane.take(message, this.client!);
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
    if (this.house.pace.over()) this.goOnLater();
    else this.route();
  }

  override _read(): void {
    if (this.coming.length === 0 && !this.waitsForTurn) this.socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const packets: Buffer[] = [];
    this.outward.cut(chunk, packets);
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
    this.house.onGone(this);
    done(error);
  }
}

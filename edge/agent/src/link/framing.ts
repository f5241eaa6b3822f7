import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type Bytes, kibibytes } from '@wayside/protocol';

export type FrameLimits = { beforeConnect: Bytes; afterConnect: Bytes };
export const frameLimits: FrameLimits = { beforeConnect: kibibytes(16), afterConnect: kibibytes(256) };

/**
 * Follows MQTT control packets through a byte stream without copying them, and says when one must not be let in.
 * MQTT 3.1.1 §2.2.3: the remaining length is 1 to 4 bytes, 7 bits each. §3.1: the first packet is a CONNECT.
 * @returns a function that takes the next bytes and answers why the stream must end, or undefined
 */
export function createFraming(limits: FrameLimits): (chunk: Uint8Array) => string | undefined {
  let connected = false;
  let skip = 0;
  let type = -1;
  let length = 0;
  let shift = 0;
  return (chunk) => {
    for (let i = 0; i < chunk.length; ) {
      if (skip > 0) {
        const step = Math.min(skip, chunk.length - i);
        skip -= step;
        i += step;
        continue;
      }
      const byte = chunk[i++] as number;
      if (type < 0) {
        type = byte >> 4;
        if (!connected && type !== 1) return 'the first packet is not CONNECT';
        continue;
      }
      length += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if ((byte & 0x80) !== 0) {
        if (shift > 21) return 'a packet length of more than four bytes';
        continue;
      }
      const limit = connected ? limits.afterConnect : limits.beforeConnect;
      if (length > limit) return `a packet of ${length} bytes, the limit is ${limit}`;
      connected = true;
      skip = length;
      type = -1;
      length = shift = 0;
    }
    return undefined;
  };
}

/** A socket whose bytes pass the framing check before anyone parses them; a bad stream is cut. */
export class GuardedSocket extends Duplex {
  private readonly socket: Socket;

  constructor(socket: Socket, limits: FrameLimits, onRefused: (why: string) => void) {
    super();
    this.socket = socket;
    const check = createFraming(limits);
    socket.on('data', (chunk: Buffer) => {
      const why = check(chunk);
      if (why !== undefined) {
        onRefused(why);
        this.destroy();
      } else if (!this.push(chunk)) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  override _read(): void {
    this.socket.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.socket.write(chunk, encoding, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.socket.destroy();
    done(error);
  }
}

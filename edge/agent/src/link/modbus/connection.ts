import { connect, type Socket } from 'node:net';

/** What a controller says instead of an answer (MODBUS Application Protocol 1.1b3, clause 7). */
const exceptions: Record<number, string> = {
  1: 'it does not know this kind of request',
  2: 'it has no such register',
  3: 'it does not take this value',
  4: 'it failed',
  5: 'it needs longer for this',
  6: 'it is busy',
  8: 'its memory is damaged',
  10: 'the gateway cannot reach it',
  11: 'the gateway reaches it, and it does not answer',
};

/** The controller answered, with a no: the connection is sound. */
export class Refused extends Error {}

export type Connection = {
  /**
   * Sends one request, function and data, and gives the data of its answer. Requests wait for one another: many controllers take one at a time.
   * @throws Refused what the controller says; an Error when it cannot be reached, does not answer in time or speaks something else
   */
  ask(unit: number, fn: number, data: Buffer): Promise<Buffer>;
  close(): void;
};

const answerMs = 3_000;
/** MODBUS Messaging on TCP/IP 1.0b, clause 3.1: a header of 7 bytes, in it the length of what follows it and the unit. */
const header = 7;
const longest = 260;

/** A connection to one address; it is made when something is asked, and made anew after an error. */
export function createConnection(host: string, port: number): Connection {
  let socket: Socket | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let next = 0;
  let closed = false;

  function exchange(unit: number, fn: number, data: Buffer): Promise<Buffer> {
    const id = next++ & 0xffff;
    // The other side may have ended it meanwhile.
    const to = socket?.writable ? socket : connect(port, host).setNoDelay(true);
    socket = to;
    return new Promise<Buffer>((resolve, reject) => {
      let heard = Buffer.alloc(0);
      const end = (error: Error | undefined, answer?: Buffer) => {
        clearTimeout(timer);
        to.removeAllListeners('data').removeAllListeners('error').removeAllListeners('close');
        // One that was cut off may still fail; nobody waits for it.
        to.on('error', () => {});
        if (error && !(error instanceof Refused)) {
          to.destroy();
          socket = undefined;
        }
        if (error) reject(error);
        else resolve(answer!);
      };
      const timer = setTimeout(() => end(new Error(`it does not answer within ${answerMs / 1_000} s`)), answerMs);
      to.on('error', (error: NodeJS.ErrnoException) => end(new Error(`it cannot be reached (${error.code ?? error.message})`)));
      to.on('close', () => end(new Error('it ended the connection')));
      to.on('data', (bytes) => {
        heard = Buffer.concat([heard, bytes]);
        if (heard.length < header + 2) return;
        const length = heard.readUInt16BE(4);
        const isOurs = heard.readUInt16BE(0) === id && heard.readUInt16BE(2) === 0 && heard[6] === unit && length >= 3;
        if (!isOurs || heard.length > longest) return end(new Error('what answers there does not speak Modbus/TCP'));
        if (heard.length < 6 + length) return;
        const [answered, rest] = [heard[7]!, heard.subarray(8, 6 + length)];
        if (answered === fn + 0x80) return end(new Refused(exceptions[rest[0]!] ?? `it refuses with ${rest[0]}`));
        end(answered === fn ? undefined : new Error('it answered something that was not asked'), rest);
      });
      const request = Buffer.alloc(header + 1 + data.length);
      request.writeUInt16BE(id, 0);
      request.writeUInt16BE(2 + data.length, 4);
      request[6] = unit;
      request[7] = fn;
      data.copy(request, header + 1);
      to.write(request);
    });
  }

  return {
    ask(unit, fn, data) {
      const asked = turn.then(() => (closed ? Promise.reject(new Error('it is not asked any more')) : exchange(unit, fn, data)));
      turn = asked.catch(() => {});
      return asked;
    },
    close() {
      closed = true;
      socket?.destroy();
    },
  };
}

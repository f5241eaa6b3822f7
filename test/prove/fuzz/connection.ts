import { Duplex } from 'node:stream';

/** A connection from outside, with the newest that it was answered. */
export type Caller = Duplex & { answered?: Buffer };

/** A connection that says these bytes in two pieces and ends. */
export function says(bytes: Buffer): Caller {
  const middle = bytes.length >> 1;
  const socket: Caller = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      socket.answered = chunk;
      done();
    },
  });
  // What a server asks of a socket of a network.
  Object.assign(socket, { setTimeout: () => socket, setNoDelay: () => socket });
  setImmediate(() => {
    for (const piece of [bytes.subarray(0, middle), bytes.subarray(middle)]) if (piece.length > 0 && !socket.destroyed) socket.push(piece);
    if (!socket.destroyed) socket.push(null);
  });
  return socket;
}

/** Resolves when the socket has ended; what is thrown on the way, in whatever turn of the loop, is thrown here. */
export async function ended(socket: Duplex): Promise<void> {
  let thrown: unknown;
  const note = (error: unknown) => {
    thrown ??= error;
  };
  process.on('uncaughtException', note);
  try {
    // Whoever closes in good order waits for the other side; here nobody answers.
    for (let turns = 0; turns < 8 && !socket.closed; turns++) await new Promise((turn) => setImmediate(turn));
    socket.destroy();
    if (!socket.closed) await new Promise((gone) => socket.once('close', gone));
  } finally {
    process.off('uncaughtException', note);
  }
  if (thrown !== undefined) throw thrown;
}
